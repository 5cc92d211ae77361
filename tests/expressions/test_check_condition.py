from __future__ import annotations

from decimal import Decimal

import pytest
from deal_scope import FIELDS, SCOPE, problems

from objectforge.expressions.check import check_condition, check_path
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.typed import (
    And,
    Call,
    Compare,
    Const,
    Fill,
    InList,
    InPeriod,
    IsNull,
    Like,
    Not,
    OnDay,
    Or,
    Param,
    Ref,
    Step,
)
from objectforge.values.kinds import BOOLEAN, DATE, TEXT, number


def ref(name: str) -> Ref:
    return Ref("", (), "Deal", name, FIELDS[name])


NAME, AMOUNT = ref("Name"), ref("Amount")
FIVE = Const(Decimal(5), number(1, 0))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(Compare("=", NAME, Const("a", TEXT)), "Name = 'a'", id="text by key"),
        pytest.param(Compare("=", ref("Code"), Const("a", TEXT), True), "Code = 'a'", id="a case-sensitive field"),
        pytest.param(Compare("!=", NAME, Const("a", TEXT)), "Name != 'a'", id="not equal"),
        pytest.param(Compare(">", AMOUNT, FIVE), "amount > 5", id="names in any case"),
        pytest.param(IsNull(NAME), "Name = null", id="null on the right"),
        pytest.param(IsNull(NAME), "null = Name", id="null on the left"),
        pytest.param(IsNull(NAME), "Name = ''", id="the empty text is null"),
        pytest.param(Not(IsNull(AMOUNT)), "Amount != null", id="not null"),
        pytest.param(Fill(ref("IsWon"), BOOLEAN), "IsWon", id="a checkbox alone"),
        pytest.param(Not(Fill(ref("IsWon"), BOOLEAN)), "NOT IsWon", id="a checkbox negated"),
        pytest.param(
            InList(NAME, (Const("a", TEXT), Const("b", TEXT))), "Name IN ('a', null, 'b', '')", id="nulls in a list"
        ),
        pytest.param(Not(InList(NAME, (Const("a", TEXT),))), "Name NOT IN ('a')", id="not in"),
        pytest.param(InList(NAME, (Param("names", TEXT, many=True),)), "Name IN :names", id="a bound list"),
        pytest.param(Compare(">", AMOUNT, Param("least", number(18, 2))), "Amount > :least", id="a bind"),
        pytest.param(Compare("=", NAME, Param("n", TEXT)), "Name = :n", id="a bind typed by what stands beside it"),
        pytest.param(Like(NAME, Const("a%", TEXT)), "Name LIKE 'a%'", id="like"),
        pytest.param(Not(Like(NAME, Const("a%", TEXT))), "Name NOT LIKE 'a%'", id="not like"),
        pytest.param(InPeriod("=", ref("CloseDate"), "THIS_YEAR", None), "CloseDate = THIS_YEAR", id="a date word"),
        pytest.param(
            InPeriod("<", ref("CreatedDate"), "LAST_N_DAYS", 3), "LAST_N_DAYS:3 > CreatedDate", id="a word on the left"
        ),
        pytest.param(
            Or((InPeriod("=", ref("CloseDate"), "TODAY", None), InPeriod("=", ref("CloseDate"), "TOMORROW", None))),
            "CloseDate IN (TODAY, TOMORROW)",
            id="words in a list",
        ),
        pytest.param(
            OnDay("<", ref("CreatedDate"), Call("TODAY", (), DATE)), "TODAY() > CreatedDate", id="an instant and a day"
        ),
        pytest.param(
            And((Fill(ref("IsWon"), BOOLEAN), Compare(">", AMOUNT, FIVE), IsNull(NAME))),
            "IsWon AND Amount > 5 AND Name = null",
            id="and is flat",
        ),
    ],
)
def test_a_condition_is_spelled_out(expected: object, text: str) -> None:
    assert check_condition(text, SCOPE) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param([("OF201", "Nam")], "Nam = 'a'", id="unknown name"),
        pytest.param([("OF201", "Nam"), ("OF201", "Amout")], "Nam = 'a' AND Amout > 5", id="all problems at once"),
        pytest.param([("OF323", "'5'")], "Amount > '5'", id="number and text"),
        pytest.param([("OF323", "5")], "Name = 5", id="text and number"),
        pytest.param([("OF323", "'2026-01-01'")], "CloseDate = '2026-01-01'", id="a quoted date"),
        pytest.param([("OF323", "5")], "5 = Name", id="the literal is what to change"),
        pytest.param([("OF323", "CreatedDate")], "CloseDate = CreatedDate", id="date and datetime fields"),
        pytest.param([("OF323", "1")], "IsWon = 1", id="checkbox and number"),
        pytest.param([("OF323", "'x'")], "Settings = 'x'", id="json"),
        pytest.param([("OF324", "true")], "IsWon > true", id="no order of checkboxes"),
        pytest.param([("OF324", "'red'")], "Tags > 'red'", id="no order of multipicklists"),
        pytest.param([("OF325", "Amount")], "Amount", id="no condition"),
        pytest.param([("OF325", "Name")], "IsWon AND Name", id="no condition in AND"),
        pytest.param([("OF330", "THIS_YEAR")], "CloseDate > THIS_YEAR + 1", id="a period is no date"),
        pytest.param([("OF323", "Amount")], "Amount = THIS_YEAR", id="a number in a period"),
        pytest.param([("OF332", "null")], "Amount < null", id="less than null"),
        pytest.param([("OF335", "Amount")], "Amount LIKE '5%'", id="like on a number"),
        pytest.param([("OF335", "Name")], "Name INCLUDES ('a')", id="includes on a text"),
        pytest.param([("OF335", "5")], "Tags INCLUDES (5)", id="includes a number"),
        pytest.param([("OF323", "5")], "Name IN ('a', 5)", id="a number among texts"),
        pytest.param([("OF801", ":unknown")], "Amount > :unknown", id="unknown bind"),
        pytest.param([("OF320", "LENGHT")], "LENGHT(Name) > 5", id="unknown function"),
        pytest.param([("OF321", "LEN(Name, 5)")], "LEN(Name, 5) > 5", id="arity"),
        pytest.param([("OF322", "5")], "LEN(5) > 5", id="argument"),
        pytest.param([("OF324", "Name * 2")], "Name * 2 = 4", id="times a text"),
        pytest.param([("OF932", "Deal")], "Name IN (SELECT Name FROM Deal)", id="a query after IN"),
        pytest.param([("OF201", "Select")], "Name IN (Select, 'x')", id="a field named like the word of a query"),
        pytest.param([("OF306", "2026-13-01")], "CloseDate = 2026-13-01", id="syntax"),
    ],
)
def test_a_mistake_is_pointed_at(expected: list[tuple[str, str]], text: str) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("put it in quotes: '5'", "Name = 5", id="quotes missing"),
        pytest.param("write 5 without quotes", "Amount = '5'", id="quotes too many"),
        pytest.param("write 2026-01-01 without quotes", "CloseDate = '2026-01-01'", id="date"),
        pytest.param("write THIS_MONTH without quotes", "CloseDate = 'THIS_MONTH'", id="date word in quotes"),
        pytest.param("dates and times are written without quotes: 2026-04-01", "CloseDate = 'soon'", id="no date"),
        pytest.param("a date is written year-month-day: 2026-12-01", "CloseDate > 01.12.2026", id="points"),
        pytest.param("a date is written year-month-day: 2026-12-01", "CloseDate > 12/01/2026", id="slashes"),
        pytest.param("write LAST_N_DAYS:30", "CloseDate = LAST 30 DAYS", id="spaces"),
        pytest.param("write THIS_MONTH", "CloseDate = THIS MONTH", id="one space"),
        pytest.param("write N_DAYS_AGO:30", "CloseDate > 30_DAYS_AGO", id="a number first"),
        pytest.param("write AND between two conditions; & joins texts", "Amount > 5 & Amount < 9", id="& of numbers"),
        pytest.param("write AND between two conditions; & joins texts", "Name = 'a' & Name = 'b'", id="& of texts"),
        pytest.param("write DATEVALUE(x) for the day of a datetime", "CloseDate = CreatedDate", id="datetime"),
        pytest.param("did you mean 'CONTAINS'?", "CONTAIN(Name, 'x')", id="function"),
        pytest.param("compare it: Amount > 0", "Amount", id="number alone"),
        pytest.param("write LEN(text)", "LEN(Name, 5) > 5", id="arity"),
    ],
)
def test_the_hint_says_what_to_type(expected: str, text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_condition(text, SCOPE)
    assert caught.value.problems[0].hint == expected


def test_a_path_is_looked_up() -> None:
    assert check_path("account.name", SCOPE) == Ref("", (Step("AccountId", "Account"),), "Account", "Name", TEXT)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("OF334", "Amount + 1", id="a sum"),
        pytest.param("OF334", "'Name'", id="a text"),
        pytest.param("OF201", "Nam", id="no such field: the code is the scope's"),
    ],
)
def test_what_is_no_path_is_refused(code: str, text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_path(text, SCOPE)

    assert [code] == [problem.code for problem in caught.value.problems]


def test_deep_and_long_expressions_are_typed_or_refused() -> None:
    assert check_condition(" OR ".join(["Amount > 5"] * 5_000), SCOPE).type == BOOLEAN
    deep = "NOT " * 190 + "IsWon"
    assert check_condition(deep, SCOPE).type == BOOLEAN
    for text in (" + ".join(["Amount"] * 5_000) + " > 5", "(" * 5_000 + "IsWon" + ")" * 5_000):
        with pytest.raises(ExpressionError):
            check_condition(text, SCOPE)
