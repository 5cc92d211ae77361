from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from deal_scope import FIELDS, SCOPE, problems

from objectforge.expressions.check import ExpressionError, check_formula
from objectforge.expressions.typed import Call, Compare, Const, Fill, Fraction, Not, Ref, Typed
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, TEXT, Kind, ValueType, number


def ref(name: str) -> Ref:
    return Ref("", (), "Deal", name, FIELDS[name])


def filled(name: str) -> Fill:
    return Fill(ref(name), FIELDS[name])


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(number(19, 2), "Amount + 1", id="sum"),
        pytest.param(number(20, 2), "Amount * 10", id="product"),
        pytest.param(number(36, 18), "Quantity / 3", id="quotient"),
        pytest.param(number(54, 6), "Amount ^ 3", id="whole power"),
        pytest.param(number(17, 0), "ROUND(Amount, 0)", id="rounded"),
        pytest.param(number(5, 2), "Probability", id="a percent as a fraction"),
        pytest.param(DATE, "CloseDate + 1", id="a date later"),
        pytest.param(number(7, 0), "CloseDate - TODAY()", id="days between"),
        pytest.param(DATETIME, "CreatedDate - 0.5", id="an instant earlier"),
        pytest.param(TEXT, "Name & Amount", id="joined"),
        pytest.param(TEXT, "Name + 'x'", id="joined by plus"),
        pytest.param(number(18, 2), "IF(IsWon, Amount, null)", id="the branches of IF"),
        pytest.param(number(20, 2), "CASE(Stage, 'Open', Amount, Quantity)", id="number shapes unite"),
        pytest.param(BOOLEAN, "AND(IsWon, Amount > 5)", id="a condition"),
    ],
)
def test_the_type_of_a_formula(expected: ValueType, text: str) -> None:
    assert check_formula(text, SCOPE).type == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(filled("Amount"), "Amount", id="a number filled"),
        pytest.param(ref("Name"), "Name", id="a text alone needs no blank"),
        pytest.param(ref("CloseDate"), "CloseDate", id="a date stays null"),
        pytest.param(Fraction(filled("Probability"), number(5, 2)), "Probability", id="a percent"),
        pytest.param(
            Compare("=", filled("Name"), Const("a", TEXT), exact=True), "Name = 'a'", id="free text compares exactly"
        ),
        pytest.param(
            Compare("!=", filled("Stage"), Const("a", TEXT)), "Stage != 'a'", id="a picklist compares in any case"
        ),
        pytest.param(
            Call("LT", (ref("CloseDate"), Call("TODAY", (), DATE)), BOOLEAN),
            "CloseDate < TODAY()",
            id="a null date makes a null truth",
        ),
        pytest.param(
            Call("NOT", (Call("LT", (ref("CloseDate"), Call("TODAY", (), DATE)), BOOLEAN),), BOOLEAN),
            "NOT CloseDate < TODAY()",
            id="whose NOT is null",
        ),
        pytest.param(Not(filled("IsWon")), "!IsWon", id="a checkbox never is"),
    ],
)
def test_a_formula_is_spelled_out(expected: Typed, text: str) -> None:
    assert check_formula(text, SCOPE) == expected


@pytest.mark.parametrize(
    ("expected", "text", "returns"),
    [
        pytest.param([("OF326", "Amount")], "Amount", TEXT, id="number for text"),
        pytest.param([("OF326", "Name")], "Name", number(18, 2), id="text for number"),
        pytest.param([("OF326", "CreatedDate")], "CreatedDate", DATE, id="datetime for date"),
        pytest.param([("OF326", "IsWon")], "IsWon", TEXT, id="checkbox for text"),
        pytest.param([], "Name", ValueType(Kind.TEXT, order=("a",)), id="text for a picklist"),
        pytest.param([], "Amount / 7", number(5, 0), id="any number"),
        pytest.param([], "null", DATE, id="null"),
        pytest.param([("OF327", "'x'")], "IF(IsWon, 1, 'x')", None, id="branches differ"),
        pytest.param([("OF325", "1")], "1 AND IsWon", None, id="no truth"),
        pytest.param([("OF322", "1")], "IF(1, 2, 3)", None, id="no condition"),
        pytest.param([("OF321", "CASE(Stage, 'a', 1, 'b', 2)")], "CASE(Stage, 'a', 1, 'b', 2)", None, id="pairs"),
        pytest.param([("OF323", "5")], "CASE(Stage, 5, 1, 2)", None, id="a case of another kind"),
        pytest.param([("OF322", "Account.Name")], "ISCHANGED(Account.Name)", None, id="a parent's change"),
        pytest.param([("OF337", "'('")], "REGEX(Name, '(')", None, id="no regular expression"),
        pytest.param([("OF320", "SUM")], "SUM(Amount)", None, id="an aggregate"),
        pytest.param([("OF320", "VLOOKUP")], "VLOOKUP(Name, Stage, Name)", None, id="a function of another product"),
        pytest.param([("OF321", "IFS(IsWon, 1)")], "IFS(IsWon, 1)", None, id="conditions without a last result"),
        pytest.param([("OF322", "5")], "IFS(IsWon, 1, 5, 2, 3)", None, id="a condition that is a number"),
        pytest.param([("OF327", "'x'")], "IFS(IsWon, 1, 'x')", None, id="results differ"),
        pytest.param([("OF201", "Nam"), ("OF322", "Name")], "LEN(Nam) + ABS(Name)", None, id="two mistakes"),
    ],
)  # fmt: skip
def test_a_mistake_is_pointed_at(expected: list[tuple[str, str]], text: str, returns: Any) -> None:
    assert problems(text, check_formula, returns=returns) == expected


@pytest.mark.parametrize(
    ("hint", "text"),
    [
        pytest.param("write NOW()", "NOW + 1", id="a function without its parentheses"),
        pytest.param("write NULL without parentheses", "IF(IsWon, 1, NULL())", id="a constant with parentheses"),
        pytest.param("write NOT ISBLANK(x)", "ISNOTBLANK(Name)", id="a function of another language"),
        pytest.param("walk a lookup to the record: Account.Name", "VLOOKUP(Name, Stage, Name)", id="one left out"),
    ],
)
def test_a_mistake_is_told_what_to_write(hint: str, text: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        check_formula(text, SCOPE)
    assert [problem.hint for problem in raised.value.problems] == [hint]


def test_a_number_of_too_many_digits_is_refused() -> None:
    text = " * ".join(["Amount"] * 60)
    assert {code for code, _ in problems(text, check_formula)} == {"OF331"}


def test_a_literal_keeps_its_places() -> None:
    assert check_formula("1.50", SCOPE) == Const(Decimal("1.50"), number(2, 1))
