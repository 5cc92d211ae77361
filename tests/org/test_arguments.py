from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from objectforge.errors.exceptions import QueryError, RecordInvalid
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.org.records import Records

YAML = """
objects:
  Site:
    fields:
      Code: {type: text, length: 20, unique: true}
      Size: integer
      Opened: date
      Seen: datetime
      Place: geolocation
      Owner_Site: {type: lookup, to: Site, children: Sites}
"""


@pytest.fixture
def org() -> Iterator[Org]:
    with Org.open("sqlite://") as org:
        org.deploy(Metadata.parse(YAML))
        yield org


@pytest.fixture
def sites(org: Org) -> Records:
    org["Site"].create(Name="Berlin", Code="b", Size=1)
    return org["Site"]


@pytest.mark.parametrize(
    ("code", "where", "binds"),
    [
        pytest.param("OF804", "Size = :x", {"x": Decimal("NaN")}, id="not a number"),
        pytest.param("OF804", "Size = :x", {"x": Decimal("sNaN")}, id="a signalling one"),
        pytest.param("OF804", "Size = :x", {"x": float("inf")}, id="infinity"),
        pytest.param("OF804", "Name = :x", {"x": "\ud800"}, id="half of a surrogate pair"),
        pytest.param("OF804", "Name = :x", {"x": "a\0"}, id="NUL"),
        pytest.param("OF804", "Seen > :x", {"x": datetime(2026, 4, 1)}, id="a datetime without zone"),
        pytest.param("OF804", "Name = :x", {"x": ["a"]}, id="a list beside ="),
        pytest.param("OF804", "Opened = :x", {"x": []}, id="an empty list beside ="),
        pytest.param("OF804", "Name IN :x", {"x": "abc"}, id="no list behind IN"),
        pytest.param("OF804", "Name IN :x", {"x": [["a"]]}, id="a list of lists"),
        pytest.param("OF803", "Name = 'a'", {"limt": 5}, id="a value nobody asks for"),
        pytest.param("OF803", None, {"Name": "a"}, id="a value without a condition"),
        pytest.param("OF302", "Name = '\ud800'", {}, id="half of a surrogate pair in the condition"),
        pytest.param("OF302", "Name = 'a\0'", {}, id="NUL in the condition"),
    ],
)
def test_values_no_condition_can_have_are_query_errors(
    sites: Records, code: str, where: str | None, binds: dict[str, Any]
) -> None:
    with pytest.raises(QueryError) as caught:
        sites.find(where, **binds)

    assert caught.value.issue.code == code


@pytest.mark.parametrize(
    ("query", "binds"),
    [
        pytest.param("SELECT Id FROM Site LIMIT :n OFFSET «:m»", {"n": 1, "m": -1}, id="below zero"),
        pytest.param(
            "SELECT Id FROM Site LIMIT «:user.rows»", {"user": {"rows": 1.5}}, id="no whole number, at a path"
        ),
    ],
)
def test_a_number_of_rows_that_is_none_has_its_place(org: Org, query: str, binds: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match="OF926") as caught:
        org.query(query.replace("«", "").replace("»", ""), **binds)
    span = caught.value.issue.span
    assert span is not None
    text = span.source.text
    assert query == f"{text[: span.start]}«{text[span.start : span.end]}»{text[span.end :]}"


@pytest.mark.parametrize(
    ("where", "binds"),
    [
        pytest.param("Size > 0 AND Name = «:Names»", {"names": ["a"]}, id="a list beside ="),
        pytest.param("Size > 0 AND Name IN «:names» OR Code = :names", {"names": "a"}, id="no list behind IN"),
    ],
)
def test_a_bind_that_does_not_fit_has_its_place(org: Org, sites: Records, where: str, binds: dict[str, Any]) -> None:
    asked = where.replace("«", "").replace("»", "")
    query = "SELECT Id FROM Site WHERE "
    with pytest.raises(QueryError) as in_find:
        sites.find(asked, **binds)
    with pytest.raises(QueryError) as in_query:
        org.query(query + asked, **binds)
    for expected, caught in ((where, in_find), (query + where, in_query)):
        span = caught.value.issue.span
        assert span is not None
        text = span.source.text
        assert expected == f"{text[: span.start]}«{text[span.start : span.end]}»{text[span.end :]}"


@pytest.mark.parametrize(
    ("where", "binds"),
    [
        pytest.param("Name = :X", {"x": "berlin"}, id="in any case"),
        pytest.param("Name IN (:x)", {"x": ["Berlin"]}, id="a list in parentheses"),
        pytest.param("Name IN (:x, :y)", {"x": "Berlin", "y": "Bonn"}, id="several"),
        pytest.param("Opened = :x", {"x": None}, id="null"),
        pytest.param("Seen = :x OR Opened < :y", {"x": None, "y": date(9999, 1, 1)}, id="a late day"),
        pytest.param("Seen < :x OR Size = 1", {"x": datetime(2026, 4, 1, tzinfo=UTC)}, id="an instant"),
    ],
)
def test_values_that_fit_are_taken(sites: Records, where: str, binds: dict[str, Any]) -> None:
    assert sites.count(where, **binds) == 1


@pytest.mark.parametrize(
    ("error", "call"),
    [
        pytest.param(ValueError, lambda org: org["Site"].find(limit=-1), id="a negative limit"),
        pytest.param(ValueError, lambda org: org["Site"].find(limit=10**30), id="a limit beyond counting"),
        pytest.param(TypeError, lambda org: org["Site"].find(limit=1.5), id="half a limit"),
        pytest.param(ValueError, lambda org: org["Site"].count(cap=10**30), id="a cap beyond counting"),
        pytest.param(TypeError, lambda org: org["Site"].find(5), id="a condition that is none"),
        pytest.param(TypeError, lambda org: org["Site"].find(sort=[None]), id="a sort that is none"),
        pytest.param(TypeError, lambda org: org[None], id="no object"),
        pytest.param(TypeError, lambda org: org.list_view(None), id="no list view"),
        pytest.param(TypeError, lambda org: org.report(None), id="no report"),
        pytest.param(TypeError, lambda org: org.apply("crm/"), id="no plan"),
        pytest.param(TypeError, lambda org: org["Site"].load(StringIO("Name"), columns=["Name"]), id="no mapping"),
        pytest.param(TypeError, lambda org: org["Site"].export(StringIO(), columns="Name"), id="no column list"),
        pytest.param(ValueError, lambda org: org["Site"].export(StringIO(), columns=[]), id="no columns"),
        pytest.param(TypeError, lambda org: org.before("Site", "create")(None), id="no hook"),
        pytest.param(ValueError, lambda org: org.run(len, tries=0), id="no tries"),
        pytest.param(TypeError, lambda _: Org.attach("sqlite://"), id="no connection"),  # pyright: ignore[reportArgumentType]
        pytest.param(TypeError, lambda org: org["Site"].upsert_many([{"Name": "a"}], by=None), id="no unique field"),
        pytest.param(ValueError, lambda org: org.empty_bin(older_than=datetime(2026, 4, 1)), id="no zone"),
        pytest.param(TypeError, lambda org: org.empty_bin(older_than="2026"), id="no datetime"),
        pytest.param(TypeError, lambda _: Org.open(engine="sqlite://"), id="no engine"),  # pyright: ignore[reportArgumentType]
        pytest.param(TypeError, lambda _: Metadata.from_dict([]), id="no mapping"),  # pyright: ignore[reportArgumentType]
    ],
)
def test_a_callers_mistake_is_a_type_error_or_value_error(
    org: Org, error: type[Exception], call: Callable[[Any], Any]
) -> None:
    with pytest.raises(error):
        call(org)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"Opened": "\ud800"}, id="half of a surrogate pair for a date"),
        pytest.param({"Owner_Site": "\ud800"}, id="half of a surrogate pair for a lookup"),
        pytest.param({"Place": {1: 2}}, id="a part that is no name"),
        pytest.param({"Size": Decimal("sNaN")}, id="a signalling NaN"),
    ],
)
def test_values_that_cannot_even_be_compared_are_refused_like_others(sites: Records, values: dict[str, Any]) -> None:
    (site,) = sites.find()

    with pytest.raises(RecordInvalid):
        sites.create({"Name": "Bonn", **values})
    with pytest.raises(RecordInvalid):
        sites.update(site.Id, values)


def test_a_closed_org_says_so(org: Org) -> None:
    org.close()

    with pytest.raises(ValueError, match="the org is closed"):
        org["Site"].count()
