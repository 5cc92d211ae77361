from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from objectforge import Org, QueryError

THINGS = """
objects:
  Thing:
    fields: {Kind: text, On: checkbox, Amount: {type: number, scale: 0}, Parent: lookup(Thing)}
"""


@pytest.mark.parametrize(
    ("expected", "where"),
    [
        pytest.param("a", "Kind IN ('x', null)", id="in a list"),
        pytest.param("bc", "Kind NOT IN ('x', null)", id="in a negated list"),
        pytest.param("", "Kind IN (null)", id="alone"),
        pytest.param("abc", "Kind NOT IN (null)", id="alone, negated"),
        pytest.param("", "Kind IN ('')", id="an empty text"),
        pytest.param("a", "Kind IN :given", id="in a list that is given"),
        pytest.param("bc", "Kind NOT IN :given", id="in a negated list that is given"),
        pytest.param("ac", "Kind = null OR Kind IN ('x')", id="asked for"),
        pytest.param("b", "Kind != null AND Kind NOT IN ('x')", id="asked to be away"),
        pytest.param("b", "Amount IN (2, null)", id="of numbers"),
        pytest.param("ac", "Amount NOT IN (2, null)", id="of numbers, negated"),
        pytest.param("", "On = null", id="of a checkbox"),
        pytest.param("abc", "On != null", id="of a checkbox, negated"),
        pytest.param("", "Parent.On = null", id="of a checkbox of a missing parent"),
        pytest.param("abc", "Parent.On = false", id="a checkbox of a missing parent"),
    ],
)
def test_null_in_a_list_is_passed_over(expected: str, where: str, deploy: Callable[..., Org]) -> None:
    org = deploy(THINGS)
    rows = [{"Name": "a", "Kind": "X"}, {"Name": "b", "Kind": "y", "Amount": 2, "On": True}, {"Name": "c"}]
    org["Thing"].create_many(rows)
    given: dict[str, Any] = {"given": ["x", None]} if ":given" in where else {}
    assert list(expected) == [row.Name for row in org.query(f"SELECT Name FROM Thing WHERE {where}", **given)]


def test_days_of_the_orgs_zone_go_into_queries_inside_each_other(deploy: Callable[..., Org]) -> None:
    org = deploy("settings: {org: {timezone: America/New_York}}" + THINGS)
    org["Thing"].create(Name="a")
    where = "CALENDAR_YEAR(convertTimezone(CreatedDate)) IN (0, 1)"
    for _ in range(2):
        where = f"Name = 'b' OR (Name = 'a' AND Id NOT IN (SELECT Id FROM Thing WHERE {where}))"
    assert [] == list(org.query(f"SELECT Name FROM Thing WHERE {where}"))


def test_ids_are_compared_in_the_order_they_sort_by(deploy: Callable[..., Org]) -> None:
    org = deploy(THINGS)
    ids = [made.id for made in org["Thing"].create_many([{"Name": name} for name in "abc"])]
    asked = "SELECT Name FROM Thing WHERE Id > :last ORDER BY Id LIMIT 2"
    assert ["b", "c"] == [row.Name for row in org.query(asked, last=ids[0])]
    assert ["c"] == [row.Name for row in org.query(asked.replace(":last", f"'{ids[1][:15]}'"))]
    assert [] == list(org.query(asked, last=None))


PEOPLE = """
objects:
  Person: {name_field: {type: person_name}, fields: {Place: geolocation, Boss: lookup(Person)}}
  Firm: {fields: {Type: text, Head: lookup(Person)}}
  Note: {fields: {About: lookup(Firm)}}
"""


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(["User"], "SELECT Owner.Type FROM Firm", id="of a user"),
        pytest.param(["Person"], "SELECT Head.Type FROM Firm WHERE Head.Type = 'person'", id="of a person"),
        pytest.param([None], "SELECT Head.Boss.Type FROM Firm", id="of nobody"),
        pytest.param(["Maker"], "SELECT About.Type FROM Note", id="a field of that name"),
        pytest.param([("Person", 1)], "SELECT Head.Type, COUNT(Id) FROM Firm GROUP BY Head.Type", id="as a group"),
    ],
)
def test_the_type_of_a_parent_is_its_object(expected: list[Any], text: str, deploy: Callable[..., Org]) -> None:
    org = deploy(PEOPLE)
    head = org["Person"].create(LastName="Ames")
    firm = org["Firm"].create(Name="Acme", Type="Maker", Head=head.Id)
    org["Note"].create(Name="n", About=firm.Id)
    found = [tuple(row.values()) for row in org.query(text)]
    assert [each if isinstance(each, tuple) else (each,) for each in expected] == found


def test_what_is_made_of_parts_is_there_where_a_part_is(deploy: Callable[..., Org]) -> None:
    org = deploy(PEOPLE)
    org["Person"].create(LastName="Ames", PlaceLatitude=1, PlaceLongitude=2)
    org["Person"].create(LastName="Bell")
    assert ["Bell"] == [row.Name for row in org.query("SELECT Name FROM Person WHERE Place = null")]
    assert ["Ames"] == [row.Name for row in org.query("SELECT Name FROM Person WHERE Place != null")]
    assert [{"expr0": 1, "n": 2}] == [dict(row) for row in org.query("SELECT COUNT(Place), COUNT(Name) n FROM Person")]


@pytest.mark.parametrize(
    ("expected", "where"),
    [
        pytest.param("a", "Id IN (SELECT Kind FROM Thing)", id="an id among texts"),
        pytest.param("bc", "Id NOT IN (SELECT Kind FROM Thing)", id="an id not among texts"),
        pytest.param("bc", "Kind IN (SELECT Id FROM Thing)", id="a text among ids"),
    ],
)
def test_a_text_may_hold_an_id(expected: str, where: str, deploy: Callable[..., Org]) -> None:
    org = deploy(THINGS)
    first = org["Thing"].create(Name="a", Kind="none").Id
    org["Thing"].create_many([{"Name": "b", "Kind": first}, {"Name": "c", "Kind": first[:15]}])
    assert list(expected) == [row.Name for row in org.query(f"SELECT Name FROM Thing WHERE {where}")]


def test_a_name_is_no_id(deploy: Callable[..., Org]) -> None:
    org = deploy(THINGS)
    with pytest.raises(QueryError, match="OF323 a record's id is never one of these values: 'Name' is a text"):
        org.query("SELECT Id FROM Thing WHERE Id IN (SELECT Name FROM Thing)")


def test_a_strict_query_has_twenty_child_queries(deploy: Callable[..., Org]) -> None:
    lookups = "".join(f", Up{n}: {{type: lookup, to: Thing, children: Downs{n}}}" for n in range(21))
    org = deploy(f"objects: {{Thing: {{fields: {{Kind: text{lookups}}}}}}}")
    children = [f"(SELECT Id FROM Downs{n})" for n in range(21)]
    assert [] == list(org.query(f"SELECT Id, {', '.join(children)} FROM Thing"))
    assert [] == list(org.query(f"SELECT Id, {', '.join(children[:20])} FROM Thing", strict=True))
    with pytest.raises(QueryError, match="OF939 a strict query has at most 20 child queries"):
        org.query(f"SELECT Id, {', '.join(children)} FROM Thing", strict=True)
