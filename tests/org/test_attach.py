from __future__ import annotations

import sqlite3
from pathlib import Path

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
