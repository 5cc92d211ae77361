from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from objectforge.errors.exceptions import QueryError
from objectforge.metadata.metadata import Metadata
from objectforge.org.binds import bind_types, bind_values
from objectforge.org.org import Org
from objectforge.testing.temp import temp_org
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, NULL, TEXT, TIME, ValueType, number

DEALS = """
objects:
  Deal:
    fields: {Amount: currency, Closed: date}
    list_views:
      big: {columns: [Name], params: {least: {type: currency, default: 100}}, where: "Amount >= :least"}
      late: {columns: [Name], params: {since: date}, where: "Closed >= :since"}
      staged: {columns: [Name], params: {stage: {type: picklist, values: [Open, Won]}}, where: "Name = :stage"}
"""


@pytest.fixture
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse(DEALS)) as made:
        made["Deal"].create_many([{"Name": "small", "Amount": 99}, {"Name": "big", "Amount": 100}])
        yield made


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param(NULL, None, id="null"),
        pytest.param(BOOLEAN, True, id="a flag"),
        pytest.param(number(2, 0), 12, id="a whole number"),
        pytest.param(number(3, 2), 1.25, id="a float, by what it shows"),
        pytest.param(DATETIME, datetime(2026, 1, 2, tzinfo=UTC), id="a datetime, though it is a date too"),
        pytest.param(DATE, date(2026, 1, 2), id="a date"),
        pytest.param(TIME, time(1, 2), id="a time"),
        pytest.param(TEXT, "x", id="a text"),
        pytest.param(NULL, [None], id="a list of nothing"),
        pytest.param(TEXT, {"x"}, id="a set"),
        pytest.param(number(4, 2), (Decimal("1.25"), 10), id="numbers: a shape that holds each"),
    ],
)
def test_a_bind_has_the_type_of_its_value(expected: ValueType, value: Any) -> None:
    assert {"it": expected} == bind_types(bind_values({"it": value}))


def test_a_bind_of_a_kind_that_no_field_has_is_refused(org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org["Deal"].find("Amount = :it", it=object())

    assert ("OF804", "the bind ':it' holds a value of the Python type object") == (
        caught.value.issue.code,
        caught.value.issue.message,
    )


@pytest.mark.parametrize(
    ("code", "message", "view", "params"),
    [
        pytest.param("OF803", "the list view Deal.big has no parameter 'lest'", "big", {"lest": 1}, id="no such one"),
        pytest.param("OF804", "the parameter 'least' of the list view Deal.big", "big", {"least": "x"}, id="a text"),
        pytest.param("OF804", "the parameter 'since' of the list view Deal.late", "late", {"since": "1"}, id="no date"),
        pytest.param(
            "OF804",
            "the parameter 'stage' of the list view Deal.staged: 'Opne' is not one of the values; did you mean 'Open'?",
            "staged",
            {"stage": "Opne"},
            id="no value, said once",
        ),
        pytest.param("OF809", "the list view Deal.late needs a value for since", "late", {}, id="none, and no default"),
    ],
)
def test_a_wrong_parameter_is_refused(org: Org, code: str, message: str, view: str, params: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        org.list_view(f"Deal.{view}").page(**params)

    assert code == caught.value.issue.code
    assert caught.value.issue.message.startswith(message)


@pytest.mark.parametrize(
    ("expected", "params"),
    [
        pytest.param(["big"], {}, id="its default"),
        pytest.param(["big", "small"], {"least": 1}, id="given"),
        pytest.param(["big", "small"], {"LEAST": "99.00"}, id="given in another case and as text"),
        pytest.param([], {"least": None}, id="given as null"),
    ],
)
def test_a_parameter_is_what_is_given_or_its_default(org: Org, expected: list[str], params: dict[str, Any]) -> None:
    assert expected == sorted(row["Name"] for row in org.list_view("Deal.big").page(**params).rows)


KINDS = """
settings: {org: {timezone: Asia/Tokyo}}
objects:
  Kind: {}
  Thing:
    fields:
      KindId: lookup(Kind)
      Code: {type: text, case_sensitive: true}
      Amount: {type: number, precision: 18, scale: 6}
      Units: integer
      Done: checkbox
      Day: date
      At: datetime
      Hour: time
      Stage: [Open, Won]
      Tags: {type: multipicklist, values: [Red, Blue]}
    list_views:
      all: {columns: [Name], params: {least: integer}, where: "Units >= :least"}
"""
THING = {
    "Name": "it", "Code": "aB", "Amount": "1.25", "Units": 7, "Done": True, "Day": "2026-01-02",
    "At": "2026-01-02T03:04:05+09:00", "Hour": "10:00", "Stage": "Won", "Tags": "Red;Blue",
}  # fmt: skip
TOKYO = timezone(timedelta(hours=9))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def things(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(KINDS), url=url) as made:
        kind = made["Kind"].create(Name="kind")
        made["Thing"].create(THING | {"KindId": kind.Id})
        made["Thing"].create(Name="other")
        yield made


@pytest.mark.parametrize(
    ("where", "value"),
    [
        pytest.param("Name = :it", "IT", id="text"),
        pytest.param("Code = :it", "aB", id="text, letter by letter"),
        pytest.param("Name LIKE :it", "I_", id="a pattern"),
        pytest.param("Name IN :it", ["IT", None, "?"], id="a list of texts"),
        pytest.param("Name IN :it", ("it",), id="a tuple"),
        pytest.param("Name IN :it", {"it"}, id="a set"),
        pytest.param("Name IN :it", frozenset({"it"}), id="a frozen set"),
        pytest.param("Units = :it", 7, id="a whole number"),
        pytest.param("Units = :it", 7.0, id="a whole float"),
        pytest.param("Units < :it AND Done", 10**30, id="a number beyond all fields"),
        pytest.param("Amount = :it", 1.25, id="a float"),
        pytest.param("Amount = :it", Decimal("1.250"), id="a decimal"),
        pytest.param("Amount > :it", Decimal("1.2499999999"), id="a decimal finer than the field"),
        pytest.param("Amount IN :it", [1, 1.25, Decimal(9), None], id="a list of numbers"),
        pytest.param("Done = :it", True, id="a flag"),
        pytest.param("Day = :it", date(2026, 1, 2), id="a date"),
        pytest.param("Day IN :it", [date(2026, 1, 2), date(1, 1, 1)], id="a list of dates"),
        pytest.param("At = :it", datetime(2026, 1, 2, 3, 4, 5, tzinfo=TOKYO), id="an instant"),
        pytest.param("At = :it", datetime(2026, 1, 1, 18, 4, 5, tzinfo=UTC), id="an instant told elsewhere"),
        pytest.param("At < :it", datetime(2026, 1, 1, 18, 4, 5, 1, tzinfo=UTC), id="a microsecond later"),
        pytest.param("At < :it", date(2026, 1, 3), id="the day after the instant, where the org is"),
        pytest.param("Hour = :it", time(10), id="a time"),
        pytest.param("Stage = :it", "won", id="a picklist value"),
        pytest.param("Tags INCLUDES (:it)", ["Blue", "?"], id="one of several"),
    ],
)
def test_a_bind_of_any_kind_finds_its_record(things: Org, where: str, value: Any) -> None:
    assert ["it"] == [row["Name"] for row in things["Thing"].find(where, it=value)]


def test_a_record_stands_for_its_id(things: Org) -> None:
    kind = things["Kind"].first()
    assert kind is not None

    for value in (kind, kind.Id):
        assert ["it"] == [row["Name"] for row in things["Thing"].find("KindId = :it", it=value)]
        assert ["it"] == [row["Name"] for row in things["Thing"].find("KindId IN :it", it=[value, None, value])[-1:]]


def test_null_finds_what_has_no_value(things: Org) -> None:
    for field in ("KindId", "Code", "Amount", "Units", "Day", "At", "Hour", "Stage", "Tags"):
        assert ["other"] == [row["Name"] for row in things["Thing"].find(f"{field} = :it", it=None)], field


def test_an_empty_list_holds_nothing(things: Org) -> None:
    for field in ("KindId", "Code", "Amount", "Day", "At", "Stage"):
        assert 0 == things["Thing"].count(f"{field} IN :it", it=[]), field
        assert 2 == things["Thing"].count(f"{field} NOT IN :it", it=[]), field


@pytest.mark.parametrize(
    ("where", "value"),
    [
        pytest.param("Units = :it", "7", id="text for a number"),
        pytest.param("Name = :it", 7, id="a number for text"),
        pytest.param("Day = :it", "2026-01-02", id="text for a date"),
        pytest.param("Hour = :it", date(2026, 1, 2), id="a date for a time"),
        pytest.param("Day = :it", True, id="a flag for a date"),
        pytest.param("Units IN :it", [1, "7"], id="a list of two kinds"),
        pytest.param("Units IN :it", [[7]], id="a list of lists"),
        pytest.param("Units = :it", b"7", id="bytes"),
        pytest.param("Units IN :it", {"a": 7}, id="a mapping"),
    ],
)
def test_a_bind_of_another_kind_is_refused(things: Org, where: str, value: Any) -> None:
    with pytest.raises(QueryError):
        things["Thing"].find(where, it=value)


def test_a_views_condition_has_binds_beside_the_views_parameters(things: Org) -> None:
    view = things.list_view("Thing.all")

    assert ["it"] == [row["Name"] for row in view.page(where="Stage = :stage", least=7, stage="Won")]
    assert (0, 1) == (
        view.count(where="Stage = :stage AND Units > :least", least=7, stage="Won"),
        view.count(where="Stage = :stage AND Units >= :least", LEAST="7", stage="Won"),
    )


@pytest.mark.parametrize(
    ("expected", "params"),
    [
        pytest.param("pass least=...", {}, id="nothing passed"),
        pytest.param("pass least=...; lest= was passed", {"lest": 5}, id="a slip in the name"),
    ],
)
def test_a_bind_without_a_value_is_told_to_be_passed(org: Org, expected: str, params: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        org["Deal"].find("Amount >= :least", **params)

    assert ("OF245", "no value is given for ':least'", expected) == (
        caught.value.issue.code,
        caught.value.issue.message,
        caught.value.issue.hint,
    )
