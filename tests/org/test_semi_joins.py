"""IN (SELECT ...) wherever records are chosen: conditions in Python, list views, reports, related lists, SOQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from objectforge import Metadata, Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm:
    fields: {City: text, Parent: {type: lookup, to: Firm, children: Subs}, Rank: {type: number, scale: 0}}
    list_views:
      busy:
        columns: [Name]
        params: {least: {type: number, scale: 0, default: 5}}
        where: "Id IN (SELECT Firm FROM Deal WHERE Amount >= :least)"
      kin: {columns: [Name], where: "Id IN (SELECT Parent FROM Firm WHERE City = 'x') OR
                                     Parent IN (SELECT Id FROM Firm WHERE Rank > 1)"}
      unnoted: {columns: [Name], where: "Id NOT IN (SELECT About FROM Note)"}
    layouts:
      main: {related: [{list: Deals, columns: [Name], where: "Id NOT IN (SELECT About FROM Note)"}]}
  Deal:
    fields:
      Firm: {type: lookup, to: Firm, children: Deals}
      Second: {type: lookup, to: Firm, children: Seconds}
      Amount: {type: number, scale: 0}
  Note:
    fields: {About: {type: lookup, to: [Firm, Deal], children: Notes}, Body: text}
reports:
  by_city:
    from: Firm
    joins: {Deals: {type: outer, where: "Id NOT IN (SELECT About FROM Note WHERE Body = 'bad')"}}
    params: {least: {type: number, scale: 0, default: 1}}
    where: "Id IN (SELECT Firm FROM Deal WHERE Amount >= :least) OR City = 'z'"
    rows: [City]
    measures:
      firms: count(Firm)
      all: sum(Deals.Amount)
      noted: {value: sum(Deals.Amount), where: "Deals.Id IN (SELECT About FROM Note)"}
"""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        ids: dict[str | None, str | None] = {None: None}
        firms = [
            ("A", "x", None, 1),
            ("B", "x", "A", 2),
            ("C", "y", "B", 3),
            ("D", "z", None, None),
            ("E", None, "A", 0),
        ]
        for name, city, parent, rank in firms:
            ids[name] = made["Firm"].create(Name=name, City=city, Parent=ids[parent], Rank=rank).Id
        deals = [
            ("1", "A", 5, "B"),
            ("2", "A", 3, None),
            ("3", "B", 9, "A"),
            ("4", None, 7, "C"),
            ("5", "C", None, None),
        ]
        for name, firm, amount, second in deals:
            ids[name] = made["Deal"].create(Name=name, Firm=ids[firm], Amount=amount, Second=ids[second]).Id
        notes = [("a", "A", "abc"), ("b", "1", "axe"), ("c", None, "a"), ("d", "3", "bad"), ("e", "D", None)]
        for name, about, body in notes:
            made["Note"].create(Name=name, About=ids[about], Body=body)
        gone = made["Deal"].create(Name="6", Firm=ids["D"], Amount=9, Second=ids["D"])
        made["Deal"].delete(gone)
        yield made


def names(rows: Any) -> str:
    return "".join(sorted(row["Name"] for row in rows))


@pytest.mark.parametrize(
    ("expected", "name", "where"),
    [
        pytest.param("AB", "Firm", "Id IN (SELECT Firm FROM Deal WHERE Amount >= :n)", id="with a bind"),
        pytest.param("A", "Firm", "Id IN (SELECT About FROM Note WHERE Body LIKE 'a%')", id="through any parent"),
        pytest.param("BCE", "Firm", "Id NOT IN (SELECT About FROM Note)", id="away, with nulls among the values"),
        pytest.param("4", "Deal", "Firm NOT IN (SELECT Second FROM Deal)", id="away, itself null"),
        pytest.param("4", "Deal", "NOT (Firm IN (SELECT Second FROM Deal))", id="the opposite"),
        pytest.param("34", "Deal", "Firm NOT IN (SELECT Second FROM Deal) OR Amount = 9", id="beside OR"),
        pytest.param("35", "Deal", "Firm IN (SELECT Id FROM Firm WHERE Parent IN (SELECT Id FROM Firm WHERE City='x'))",
                     id="inside another of the same object"),
        pytest.param("bd", "Note", "About IN (SELECT Id FROM Deal)", id="of one kind of parent"),
        pytest.param("bcd", "Note", "About NOT IN (SELECT Id FROM Firm)", id="not of one kind of parent"),
        pytest.param("AB", "Firm", "City IN (SELECT City FROM Firm WHERE Name = 'b')", id="of texts, its own object"),
        pytest.param("CDE", "Firm", "City NOT IN (SELECT City FROM Firm WHERE Name = 'b')", id="not of texts"),
        pytest.param("BCE", "Firm", "Rank IN (SELECT Rank FROM Firm f WHERE f.Parent.City = 'x')", id="with an alias"),
        pytest.param("AB", "Firm", "Id IN (SELECT Firm.Parent FROM Deal)", id="a parent's field"),
        pytest.param("ABC", "Firm", "Id IN (SELECT Firm FROM Deal)", id="deleted records have no values"),
    ],
)  # fmt: skip
def test_records_are_chosen_by_others(expected: str, name: str, where: str, org: Org) -> None:
    given = {"n": 5} if ":n" in where else {}
    assert expected == names(org[name].find(where, **given))
    assert expected == names(org.query(f"SELECT Name FROM {name} WHERE {where}", **given))
    assert org.query(f"SELECT COUNT() FROM {name} WHERE {where}", **given).total == len(expected)
    assert "IN (SELECT" in org.explain(f"SELECT Name FROM {name} WHERE {where}", **given)


def test_list_views_choose_by_others(org: Org) -> None:
    assert names(org.list_view("Firm.busy").page().rows) == "AB"
    assert names(org.list_view("Firm.busy").page(least=6).rows) == "B"
    assert names(org.list_view("Firm.kin").page().rows) == "AC"
    assert names(org.list_view("Firm.unnoted").page().rows) == "BCE"


def test_reports_their_joins_and_measures_choose_by_others(org: Org) -> None:
    def groups(**given: int) -> list[tuple[Any, ...]]:
        return [tuple(record.values()) for record in org.report("by_city").run(**given)]

    assert groups() == [("x", 2, 8, 5), ("z", 1, None, None)]
    assert groups(least=6) == [("x", 1, None, None), ("z", 1, None, None)]


def test_related_lists_choose_by_others(org: Org) -> None:
    firm = org["Firm"].first("Name = 'A'")
    assert firm is not None
    (deals,) = org.page("Firm", firm).related
    assert names(deals.rows) == "2"


def test_child_queries_choose_by_others(org: Org) -> None:
    text = "SELECT Name, (SELECT Name FROM Deals WHERE Id NOT IN (SELECT About FROM Note)) FROM Firm ORDER BY Name"
    assert [(row.Name, names(row.Deals)) for row in org.query(text)] == [
        ("A", "2"), ("B", ""), ("C", "5"), ("D", ""), ("E", ""),
    ]  # fmt: skip
