from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from objectforge.errors.exceptions import QueryError
from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.standalone import evaluate


def test_an_expression_over_plain_values() -> None:
    fields = {"Name": "text", "Amount": "currency"}
    assert evaluate("LEFT(Name, 3) & TEXT(Amount)", {"Name": "Acme", "Amount": Decimal(5)}, fields=fields) == "Acm5"


@pytest.mark.parametrize(
    ("expected", "text", "record", "fields"),
    [
        pytest.param(Decimal(3), "a.b.c + 1", {"A.b.c": 2}, {"A.b.C": "number(5, 0)"}, id="a dotted path in any case"),
        pytest.param("x@y", "$User.Email", {"$User.Email": "x@y"}, {"$User.Email": "email"}, id="a global"),
        pytest.param(True, "ISPICKVAL(Stage, 'open')", {"Stage": "Open"}, {"Stage": ["Open", "Won"]}, id="short form"),
        pytest.param(Decimal("0.3"), "a + 0.1", {"a": 0.2}, {"a": {"type": "number", "scale": 5}}, id="a float"),
        pytest.param(Decimal("0.5"), "p", {"p": 50}, {"p": "percent"}, id="a percent"),
        pytest.param(date(2026, 4, 2), "TODAY() + 1", {}, {}, id="now is given"),
    ],
)
def test_fields_have_types(expected: Any, text: str, record: dict[str, Any], fields: dict[str, Any]) -> None:
    assert evaluate(text, record, fields=fields, now=datetime(2026, 4, 1, tzinfo=UTC)) == expected


def test_blanks_are_zero_or_null() -> None:
    assert evaluate("a + 1", {}, fields={"a": "number"}) == 1
    assert evaluate("a + 1", {}, fields={"a": "number"}, blanks="null") is None


def test_an_error_is_null_unless_strict() -> None:
    assert evaluate("1 / a", {}, fields={"a": "number"}) is None
    with pytest.raises(EvaluationError):
        evaluate("1 / a", {}, fields={"a": "number"}, strict=True)


def test_a_wrong_expression_is_shown_with_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        evaluate("1 + Amuont", {}, fields={"Amount": "currency"})
    assert caught.value.issue.code == "OF338"
    assert "did you mean 'Amount'?" in str(caught.value)


def test_a_wrong_type_and_a_naive_now_are_the_callers_mistakes() -> None:
    with pytest.raises(ValueError, match="fields"):
        evaluate("1", {}, fields={"a": "curency"})
    with pytest.raises(ValueError, match="aware"):
        evaluate("1", {}, fields={}, now=datetime(2026, 4, 1))
