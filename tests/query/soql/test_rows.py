from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from objectforge import Metadata, Org
from objectforge.storage.engines import open_engine

DEALS = Metadata.parse("""
objects:
  Company: {fields: {City: text}}
  Deal: {fields: {Company: {type: lookup, to: Company, children: Deals}, Amount: {type: number, scale: 0}}}
""")


@dataclass
class Shared:
    """An org, and another connection to its database."""

    org: Org
    other: sa.Engine

    def free(self, table: str) -> str:
        """The names of the records that nobody has locked."""
        named = sa.Table(table, sa.MetaData(), sa.Column("name", sa.Text()), sa.Column("id", sa.Integer()))
        with self.other.begin() as connection:
            select = sa.select(named.c.name).order_by(named.c.id).with_for_update(skip_locked=True)
            return "".join(connection.scalars(select))


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Shared]:
    name = f"t_{uuid4().hex}"
    engine = open_engine(postgres_url, name=name)
    with Org.open(postgres_url, name=name) as org:
        org.deploy(DEALS)
        company = org["Company"].create(Name="X")
        org["Deal"].create_many({"Name": name, "Amount": n, "Company": company.Id} for n, name in enumerate("abcd"))
        yield Shared(org, engine)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("left", "text"),
    [
        pytest.param("d", "SELECT Name FROM Deal WHERE Amount < 3 FOR UPDATE", id="those of the condition"),
        pytest.param("cd", "SELECT Name FROM Deal ORDER BY Name LIMIT 2 FOR UPDATE", id="those that are given"),
        pytest.param("", "SELECT Name, Company.Name FROM Deal FOR UPDATE", id="with their parents' fields"),
        pytest.param("abd", "SELECT Name FROM Deal WHERE Company.Name = 'x' AND Amount = 2 FOR UPDATE", id="by parent"),
        pytest.param("abcd", "SELECT Name FROM Deal", id="without FOR UPDATE none"),
        pytest.param("abcd", "SELECT Name FROM Deal FOR VIEW", id="for a view none"),
        pytest.param("abcd", "SELECT COUNT() FROM Deal FOR UPDATE", id="counted none"),
        pytest.param("abcd", "SELECT Amount FROM Deal GROUP BY Amount FOR UPDATE", id="grouped none"),
        pytest.param("abcd", "SELECT Name, (SELECT Name FROM Deals) FROM Company FOR UPDATE", id="of children none"),
    ],
)
def test_for_update_locks_the_records_of_a_transaction(left: str, text: str, shared: Shared) -> None:
    with shared.org.transaction():
        assert list(shared.org.query(text))
        assert left == shared.free("deal")
        assert ("" if "FROM Company" in text else "X") == shared.free("company")
    assert "abcd" == shared.free("deal")


@pytest.mark.postgres
def test_for_update_locks_nothing_outside_a_transaction(shared: Shared) -> None:
    assert list(shared.org.query("SELECT Name FROM Deal FOR UPDATE"))
    assert "abcd" == shared.free("deal")


@pytest.mark.postgres
def test_who_waited_for_a_lock_sees_what_was_written(shared: Shared) -> None:
    with shared.other.begin() as connection:
        connection.exec_driver_sql("SET lock_timeout = 50")
        deals = sa.Table("deal", sa.MetaData(), sa.Column("name", sa.Text()))
        with shared.org.transaction():
            (deal,) = shared.org.query("SELECT Id, Amount FROM Deal WHERE Name = 'a' FOR UPDATE")
            with pytest.raises(sa.exc.OperationalError, match="lock timeout"), connection.begin_nested():
                connection.execute(sa.update(deals).where(deals.c.name == "a").values(name="z"))
            shared.org["Deal"].update(deal.Id, Amount=deal.Amount + 5)
        connection.execute(sa.update(deals).where(deals.c.name == "a").values(name="z"))
    assert [("z", 5)] == [(row.Name, row.Amount) for row in shared.org.query("SELECT Name, Amount FROM Deal LIMIT 1")]


def test_on_sqlite_a_transaction_is_the_only_writer(tmp_path: Path) -> None:
    file = tmp_path / "org.db"
    with Org.open(f"sqlite:///{file}") as org, closing(sqlite3.connect(file, timeout=0)) as other:
        org.deploy(DEALS)
        org["Company"].create(Name="x")
        with org.transaction():
            assert ["x"] == [row.Name for row in org.query("SELECT Name FROM Company FOR UPDATE")]
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
