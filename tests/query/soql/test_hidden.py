"""What a query cannot reach: held fields and objects, the tables and columns behind the names, the engine's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from objectforge import Metadata, Org, QueryError
from objectforge.testing import temp_org

BEFORE = """
objects:
  Firm: {fields: {Hidden: text, Open: text, Boss: {type: lookup, to: Man, children: Firms}, Kind: [a, b]}}
  Man: {fields: {At: {type: lookup, to: Firm, children: Men}}}
  Gone: {fields: {At: {type: lookup, to: Firm, children: Gones}}}
"""
AFTER = """
objects:
  Firm: {fields: {Open: text}}
  Man: {fields: {At: {type: lookup, to: Firm, children: Men}}}
"""


@pytest.fixture(scope="module")
def held() -> Iterator[Org]:
    with temp_org(Metadata.parse(BEFORE)) as org:
        boss = org["Man"].create(Name="m")
        firm = org["Firm"].create(Name="f", Hidden="s", Open="o", Boss=boss.Id, Kind="a")
        org["Gone"].create(Name="g", At=firm.Id)
        org.deploy(Metadata.parse(AFTER), allow=["*"])
        yield org


@pytest.mark.parametrize(
    "text",
    [
        "SELECT Hidden FROM Firm",
        "SELECT f.Hidden FROM Firm f",
        "SELECT Id FROM Firm WHERE Hidden = 's'",
        "SELECT COUNT() FROM Firm WHERE Hidden != null ALL ROWS",
        "SELECT Id FROM Firm ORDER BY Hidden",
        "SELECT COUNT(Id) FROM Firm GROUP BY Hidden",
        "SELECT MAX(Hidden) FROM Firm",
        "SELECT At.Hidden FROM Man",
        "SELECT TYPEOF At WHEN Firm THEN Hidden END FROM Man",
        "SELECT Boss.Name FROM Firm",
        "SELECT Boss FROM Firm",
        "SELECT b.Name FROM Firm f, f.Boss b",
        "SELECT toLabel(Kind) FROM Firm",
        "SELECT Id FROM Firm WITH DATA CATEGORY Kind AT a",
        "SELECT Id, (SELECT Id FROM Firms) FROM Man",
        "SELECT Id, (SELECT Id FROM Gones) FROM Firm",
        "SELECT Id FROM Firm WHERE Id IN (SELECT At FROM Gone)",
        "SELECT Id FROM Man WHERE At IN (SELECT Id FROM Firm WHERE Hidden = 's')",
        "SELECT Id FROM Gone",
    ],
)
def test_what_is_held_is_out_of_reach(text: str, held: Org) -> None:
    with pytest.raises(QueryError):
        held.query(text)


def test_all_fields_are_those_that_are_declared(held: Org) -> None:
    (row,) = held.query("SELECT FIELDS(ALL) FROM Firm")
    assert "Open" in row
    assert {"Hidden", "Boss", "Kind"}.isdisjoint(row)


def test_tables_and_columns_have_no_names_here(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'org.db'}"
    with Org.open(url) as org:
        org.deploy(Metadata.parse(BEFORE))
        engine = sa.create_engine(url)
        tables = {name: sa.inspect(engine).get_columns(name) for name in sa.inspect(engine).get_table_names()}
        engine.dispose()
        objects = {"firm", "man", "gone"}
        own = [name for name in ("sqlite_master", *tables) if name not in objects]
        assert len(own) > 5
        for name in own:
            with pytest.raises(QueryError, match="OF241"):
                org.query(f"SELECT Id FROM {name}")
        columns = [column["name"] for column in tables["firm"] if "_" in column["name"]]
        assert len(columns) > 5
        for name in ("rowid", "ctid", "t1.name", "c0", *columns):
            with pytest.raises(QueryError, match="OF240"):
                org.query(f"SELECT {name} FROM Firm")


@pytest.mark.parametrize(
    "text",
    [
        r"SELECT Name FROM Firm WHERE Name = 'x\' OR 1=1 --'",
        r"SELECT Name FROM Firm WHERE Name LIKE 'x\') OR 1=1 /*'",
        r"SELECT Name FROM Firm WHERE Name IN ('x\'); DROP TABLE firm; --')",
        "SELECT Name FROM Firm WHERE Name = '%(a)s %s :a ? $1 {0}'",
    ],
)
def test_a_text_stays_a_text(text: str, deploy: Callable[..., Org]) -> None:
    org = deploy(BEFORE)
    org["Firm"].create(Name="f")
    assert [] == list(org.query(text))
    assert ["f"] == [row.Name for row in org.query("SELECT Name FROM Firm")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("select", "table", id="words of SQL"),
        pytest.param("c1", "c0", id="names that columns have"),
        pytest.param(f"{'x' * 70}1", f"{'x' * 70}2", id="alike as far as PostgreSQL reads"),
        pytest.param("日本", "é", id="other scripts"),
        pytest.param("Open", "Name", id="each the name of the other"),
    ],
)
def test_an_alias_is_any_name(one: str, other: str, deploy: Callable[..., Org]) -> None:
    org = deploy(BEFORE)
    org["Firm"].create(Name="f", Open="o")
    shown = org.query(f"SELECT Name {one}, Open {other} FROM Firm")
    assert [{one: "f", other: "o"}] == [dict(row) for row in shown]
    counted = org.query(f"SELECT COUNT(Id) {one}, MAX(Open) {other} FROM Firm")
    assert [{one: 1, other: "o"}] == [dict(row) for row in counted]
