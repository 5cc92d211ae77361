from __future__ import annotations

import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from objectforge.errors.exceptions import Conflict, OrgLocked
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org

SITES = Metadata.parse("objects: {Site: {}}")


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'org.db'}"
    with Org.open(url) as org:
        org.deploy(SITES)
    return url


@pytest.mark.parametrize("first", [True, False], ids=["begun by the caller", "begun by the org"])
def test_an_attached_org_leaves_the_commit_to_its_caller(url: str, first: bool) -> None:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        if first:
            connection.begin()
        org = Org.attach(connection)
        org["Site"].create(Name="Berlin")
        assert org["Site"].count() == 1
        connection.rollback()
        assert org["Site"].count() == 0

        org["Site"].create(Name="Bonn")
        connection.commit()
    engine.dispose()

    with Org.open(url) as org:
        assert [site.Name for site in org["Site"].find()] == ["Bonn"]


def test_a_write_that_waited_in_vain_says_that_the_org_is_locked(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'org.db'}", connect_args={"timeout": 0})
    with Org.open(engine=engine) as org:
        org.deploy(SITES)
        other = sqlite3.connect(tmp_path / "org.db")
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(OrgLocked):
                org["Site"].create(Name="Berlin")
        finally:
            other.close()


def test_a_joined_write_that_waited_in_vain_says_so_too(tmp_path: Path, url: str) -> None:
    engine = sa.create_engine(url, connect_args={"timeout": 0})
    other = sqlite3.connect(tmp_path / "org.db")
    with engine.connect() as connection:
        org = Org.attach(connection)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OrgLocked):
            org["Site"].create(Name="Berlin")
        other.close()
        connection.rollback()
        org["Site"].create(Name="Berlin")
        assert org["Site"].count() == 1
    engine.dispose()


def test_who_read_before_somebody_wrote_is_told_when_it_writes(tmp_path: Path, url: str) -> None:
    with Org.open(url) as others, others.engine.connect() as connection:
        org = Org.attach(connection)
        assert org["Site"].count() == 0
        others["Site"].create(Name="Bonn")
        with pytest.raises(Conflict, match="make it again"):
            org["Site"].create(Name="Berlin")
        connection.rollback()
        org["Site"].create(Name="Berlin")
        assert org["Site"].count() == 2


def test_what_waits_for_the_commit_waits_for_the_callers(url: str) -> None:
    engine = sa.create_engine(url)
    seen: list[str] = []
    with engine.connect() as connection:
        org = Org.attach(connection)
        org.after_commit("Site", "create")(lambda row: seen.append(row["Name"]))
        org["Site"].create(Name="Berlin")
        assert seen == []
        connection.rollback()
        assert seen == []
        org["Site"].create(Name="Bonn")
        connection.commit()
        assert seen == ["Bonn"]
        connection.execute(sa.select(1))
        connection.commit()
        assert seen == ["Bonn"]
    engine.dispose()


def test_a_commit_that_waits_for_readers_says_so(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'org.db'}", connect_args={"timeout": 0})
    with Org.open(engine=engine) as org:
        org.deploy(SITES)
        org["Site"].create_many([{"Name": f"n{number}"} for number in range(1200)])
        reading = iter(org.query("SELECT Name FROM Site"))
        next(reading)
        with pytest.raises(OrgLocked, match="a query of your own that was begun and not read to its end"):
            org["Site"].create(Name="Berlin")
        assert len(list(reading)) == 1199
        org["Site"].create(Name="Berlin")
    engine.dispose()


@pytest.mark.parametrize("backend", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_queries_of_an_attached_org_see_the_transaction_of_its_caller(
    backend: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if backend == "sqlite":
        engine, name = sa.create_engine(f"sqlite:///{tmp_path / 'org.db'}"), None
    else:
        engine, name = sa.create_engine(request.getfixturevalue("postgres_url")), f"t_{uuid4().hex}"
    sites = "objects: {Firm: {}, Site: {fields: {Firm: {type: lookup, to: Firm, children: Sites}}}}"
    with Org.open(engine=engine, name=name) as org:
        org.deploy(Metadata.parse(sites))
        firm = org["Firm"].create(Name="F")
        org["Site"].create_many([{"Name": f"n{number}", "Firm": firm.Id} for number in range(1200)])
    text = "SELECT Name, (SELECT Name FROM Sites WHERE Name LIKE 'B%') FROM Firm WHERE Id IN (SELECT Firm FROM Site)"
    with engine.connect() as connection:
        org = Org.attach(connection, name=name)
        org["Site"].create(Name="Berlin", Firm=firm.Id)
        (row,) = org.query(f"{text} FOR UPDATE")
        assert [site.Name for site in row.Sites] == ["Berlin"]
        assert org.query("SELECT COUNT() FROM Site").total == 1201
        reading = iter(org.query("SELECT Name FROM Site"))
        next(reading)
        org["Site"].create(Name="Bonn", Firm=firm.Id)
        assert len(list(reading)) == 1200
        assert "reads every record of Firm" in org.explain("SELECT Name FROM Firm")
        connection.rollback()
        (row,) = org.query(text)
        assert row.Sites == []
    with engine.begin() as connection:
        if name is not None:
            connection.execute(sa.schema.DropSchema(name, cascade=True))
    engine.dispose()
