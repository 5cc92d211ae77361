from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from objectforge import Metadata, Org, QueryError
from objectforge.testing import temp_org

THINGS = """
objects:
  Thing:
    fields: {Amount: {type: number, scale: 0}}
    list_views: {all: {columns: [Name], sort: [Name]}}
"""


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse(THINGS)) as made:
        made["Thing"].create_many([{"Name": name, "Amount": number} for number, name in enumerate("abc")])
        yield made


@pytest.mark.parametrize(
    ("expected", "condition", "given"),
    [
        pytest.param("b", "Name = :thing.Name", {"thing": {"Name": "B"}}, id="an attribute of a dict"),
        pytest.param("b", "Name = :Thing.name", {"thing": {"NAME": "b"}}, id="in any case"),
        pytest.param("c", "Name = :at.deep.Name", {"at": SimpleNamespace(deep={"Name": "c"})}, id="of an object"),
        pytest.param("b", "Name = :names[1]", {"names": ("a", "b")}, id="a place in a tuple"),
        pytest.param("a", "Name = : names[ 0 ].x", {"names": [{"x": "a"}]}, id="an attribute of a place"),
        pytest.param("bc", "Name IN :lists[1]", {"lists": [[], ["b", "c"]]}, id="a list in a list"),
        pytest.param("c", "Name = :by.x[1][0]", {"by": {"x": ["a", ["c"]]}}, id="a place of a place"),
        pytest.param("ab", "Amount < :n.most", {"n": {"most": 2}}, id="a number"),
        pytest.param("b", "Name = :x.y", {"x.y": "b"}, id="given by the whole of its name"),
    ],
)
def test_binds_look_into_what_is_given(expected: str, condition: str, given: dict[str, Any], org: Org) -> None:
    found = org.query(f"SELECT Name FROM Thing WHERE {condition} ORDER BY Name", **given)
    assert list(expected) == [row.Name for row in found]
    assert list(expected) == [row.Name for row in org["Thing"].find(condition, sort="Name", **given)]
    assert org["Thing"].count(condition, **given) == len(expected)
    assert list(expected) == [row["Name"] for row in org.list_view("Thing.all").page(where=condition, **given).rows]


def test_records_are_looked_into_as_well(org: Org) -> None:
    things = list(org["Thing"].find(sort="Name"))
    text = "SELECT Name FROM Thing WHERE Id = :things[1].id LIMIT :most[0]"
    assert ["b"] == [row.Name for row in org.query(text, things=things, most=[5])]


@pytest.mark.parametrize(
    ("found", "hint", "condition", "given"),
    [
        pytest.param("':x' has no 'Nme'", "did you mean 'Name'?", "Name = :x.Nme", {"x": {"Name": "a"}}, id="no key"),
        pytest.param("':x' is null, without 'Id'", "give a record", "Id = :x.Id", {"x": None}, id="of nothing"),
        pytest.param("Python type int, without 'y'", "give a record", "Id = :x.y", {"x": 1}, id="no attribute"),
        pytest.param("without '__class__'", "a dict", "Id = :x.__class__", {"x": object()}, id="what is hidden"),
        pytest.param("has 1 item, and none at [1]", "from 0", "Id = :x[1]", {"x": ["a"]}, id="behind the end"),
        pytest.param("the Python type str, no list", "give a list", "Id = :x[0]", {"x": "abc"}, id="an item of a text"),
    ],
)
def test_what_is_not_found_there_is_told(
    found: str, hint: str, condition: str, given: dict[str, Any], org: Org
) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(f"SELECT Name FROM Thing WHERE {condition}", **given)
    issue = caught.value.issue
    assert issue.code == "OF804"
    assert found in issue.message
    assert hint in (issue.hint or "")


def test_what_is_not_given_is_asked_for_by_its_first_name(org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query("SELECT Name FROM Thing WHERE Id = :user.Id")
    assert (caught.value.issue.code, caught.value.issue.hint) == ("OF245", "pass user=...")
