from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
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
        pytest.param(number(3, 2), (Decimal("1.25"), 10), id="numbers: the widest shape"),
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
