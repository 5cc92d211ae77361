from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from deal_scope import DAY, MOMENT, SCOPE, D, formula, holds, value_of

from objectforge.expressions.check import check_condition, check_formula
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.function import EvaluationError
from objectforge.values.kinds import number

TOKYO_MORNING = datetime(2026, 4, 15, 20, 0, tzinfo=UTC)  # 05:00 of the 16th there


@pytest.mark.parametrize(
    ("expected", "text", "record"),
    [
        pytest.param(True, "Name = 'ACME'", {"Name": "acme"}, id="text in any case"),
        pytest.param(False, "Name = 'ÄCME'", {"Name": "äcme"}, id="but only ASCII is folded"),
        pytest.param(False, "Code = 'A'", {"Code": "a"}, id="a case-sensitive field"),
        pytest.param(False, "Name = 'a'", {}, id="null is equal to nothing"),
        pytest.param(True, "Name != 'a'", {}, id="so it differs"),
        pytest.param(False, "Amount > 0 OR Amount <= 0", {}, id="and has no place in the order"),
        pytest.param(True, "NOT Amount > 0", {}, id="not of a comparison with null"),
        pytest.param(True, "Account.IsActive = false", {}, id="a checkbox of a missing parent"),
        pytest.param(True, "Stage = 'won'", {"Stage": "Won"}, id="a picklist in any case"),
        pytest.param(True, "Amount / 0 = 5 OR Amount = 5", {"Amount": D(5)}, id="division by zero is null"),
        pytest.param(True, "Amount = 5", {"Amount": 5}, id="an int is a number"),
        pytest.param(False, "Name IN ('a', null)", {}, id="null in no list"),
        pytest.param(True, "Name NOT IN ('a', null)", {}, id="so outside of all"),
        pytest.param(True, "Name LIKE 'a_%'", {"Name": "ABC"}, id="like in any case"),
        pytest.param(False, "Name LIKE 'a_%'", {"Name": "A"}, id="like, one character missing"),
        pytest.param(True, r"Name LIKE '50\%'", {"Name": "50%"}, id="an escaped sign"),
        pytest.param(True, "NOT Name LIKE '%'", {}, id="null is like nothing"),
        pytest.param(True, "Tags INCLUDES ('red;blue', 'green')", {"Tags": "red;blue"}, id="both of a group"),
        pytest.param(False, "Tags INCLUDES ('red;blue', 'green')", {"Tags": "red"}, id="one of a group"),
        pytest.param(True, "Tags EXCLUDES ('red')", {}, id="null excludes all"),
        pytest.param(True, "CloseDate = TODAY", {"CloseDate": DAY}, id="the day of the zone"),
        pytest.param(True, "CloseDate = THIS_FISCAL_YEAR", {"CloseDate": date(2027, 3, 31)}, id="the fiscal year"),
        pytest.param(True, "CreatedDate = TODAY", {"CreatedDate": TOKYO_MORNING}, id="an instant's local day"),
        pytest.param(True, "CreatedDate = 2026-04-16", {"CreatedDate": TOKYO_MORNING}, id="an instant on a day"),
        pytest.param(True, "CreatedDate <= 2026-04-16", {"CreatedDate": TOKYO_MORNING}, id="an instant up to a day"),
        pytest.param(True, "CreatedDate != 2026-04-16", {}, id="null is on no day"),
        pytest.param(True, "CloseDate != TODAY", {}, id="null in no period"),
        pytest.param(True, "CloseDate > TODAY + 7", {"CloseDate": date(2026, 4, 24)}, id="days from today"),
        pytest.param(True, "Probability > 50", {"Probability": D(60)}, id="a percent as it is written"),
        pytest.param(
            True, "AccountId = '001000000000001'", {"AccountId": "001000000000001AAA"}, id="15 and 18 characters"
        ),
        pytest.param(True, "CONTAINS(Name, 'b')", {"Name": "abc"}, id="a function that is a condition"),
    ],
)
def test_a_condition_holds(expected: bool, text: str, record: dict[str, Any]) -> None:
    assert holds(text, record) is expected
    assert holds(f"NOT ({text})", record) is not expected


@pytest.mark.parametrize(
    ("expected", "text", "params"),
    [
        pytest.param(True, "Name = :n", {"n": None}, id="a null bind tests for null"),
        pytest.param(False, "Name != :n", {"n": None}, id="and its opposite"),
        pytest.param(False, "Amount >= :least", {"least": None}, id="no order with it"),
        pytest.param(False, "Name IN :names", {"names": ["a", None]}, id="a list with null"),
        pytest.param(True, "NOT Name IN :names", {"names": []}, id="an empty list"),
    ],
)
def test_binds_on_a_record_of_nulls(expected: bool, text: str, params: dict[str, Any]) -> None:
    assert holds(text, {}, **params) is expected


def test_a_bound_list_of_many_values() -> None:
    assert holds("Name IN :names", {"Name": "N69999"}, names=[f"n{i}" for i in range(70_000)]) is True


@pytest.mark.parametrize(
    ("zero", "null", "text", "record"),
    [
        pytest.param(D(1), None, "Amount + 1", {}, id="a blank number"),
        pytest.param("x", "x", "Name & 'x'", {}, id="a blank text"),
        pytest.param(None, None, "CloseDate + 1", {}, id="a date stays null"),
        pytest.param(True, True, "Name = ''", {}, id="a blank text is empty"),
        pytest.param(False, False, "Name = 'A'", {"Name": "a"}, id="free text exactly"),
        pytest.param(True, True, "Stage = 'WON'", {"Stage": "Won"}, id="a picklist in any case"),
        pytest.param(True, None, "Amount = 0", {}, id="a blank number compared"),
        pytest.param(False, True, "ISBLANK(Amount)", {}, id="ISBLANK of a number"),
        pytest.param(True, True, "ISBLANK(Name)", {}, id="ISBLANK of a text"),
        pytest.param(True, True, "CloseDate = null", {}, id="a null date"),
        pytest.param(D("0.2"), D("0.2"), "Probability", {"Probability": D(20)}, id="a percent is a fraction"),
        pytest.param(None, None, "Amount / Quantity", {"Amount": D(1), "Quantity": D(0)}, id="division by zero"),
        pytest.param(D("0.333333333333333333"), D("0.333333333333333333"), "1 / 3", {}, id="eighteen places"),
        pytest.param(None, None, "LEFT(Name, 2)", {}, id="an empty result is null"),
        pytest.param("none", "none", "IF(CloseDate > TODAY(), 'late', 'none')", {}, id="null is not true"),
        pytest.param("b", "b", "CASE(Stage, 'Open', 'a', 'won', 'b', 'c')", {"Stage": "Won"}, id="case"),
        pytest.param(D(5), D(5), "CloseDate - DATE(2026, 4, 11)", {"CloseDate": DAY}, id="days between"),
        pytest.param(
            time(8, 30), time(8, 30), "Starts - 3600000", {"Starts": time(9, 30)}, id="a time, less milliseconds"
        ),
        pytest.param(True, True, "INCLUDES(Tags, 'RED')", {"Tags": "red;blue"}, id="includes"),
    ],
)
def test_a_formula_in_both_readings_of_blanks(zero: object, null: object, text: str, record: dict[str, Any]) -> None:
    assert zero == formula(text, record)
    assert null == formula(text, record, blanks="null")


def test_a_percent_is_multiplied_on_its_way_out() -> None:
    percent = number(5, 2, percent=True)
    assert formula("Amount / 200", {"Amount": D(50)}, returns=percent) == D(25)
    assert formula("Probability", {"Probability": D(20)}, returns=percent) == D(20)


def test_what_cannot_be_computed_raises_when_strict() -> None:
    for text in ("1 / Amount", "SQRT(-1)", "VALUE('x')", "DATE(2026, 2, 30)"):
        assert formula(text) is None
        with pytest.raises(EvaluationError):
            formula(text, strict=True)
    assert formula("IFERROR(1 / Amount, 7)") == D(7)


def test_changes_of_a_record() -> None:
    def run(text: str, prior: dict[str, Any] | None) -> object:
        tree = check_formula(text, SCOPE)
        before = None if prior is None else value_of(prior)
        from_now = value_of({"Amount": D(5)})
        return evaluate(tree, from_now, moment=MOMENT, prior=before)

    assert run("ISNEW()", None) is True
    assert run("ISCHANGED(Amount)", None) is False
    assert run("ISCHANGED(Amount)", {"Amount": D(4)}) is True
    assert run("ISCHANGED(Amount)", {"Amount": D(5)}) is False
    assert run("PRIORVALUE(Amount) + 1", {}) == D(1)
    assert run("PRIORVALUE(Amount)", None) == D(5)


def test_deep_trees_are_evaluated() -> None:
    nested = "IF(Amount > 5, 1, " * 150 + "0" + ")" * 150
    assert formula(nested) == D(0)
    tree = check_condition(" AND ".join(["Amount = 5"] * 5_000), SCOPE)
    assert evaluate(tree, value_of({"Amount": D(5)}), moment=MOMENT) is True


def test_long_numbers_lose_no_digit() -> None:
    long = D("123456789012345678901234567890.5")
    for text in (f"-{long} * -1", f"ABS(-{long})", f"ABS(-({long}))", f"MAX({long}, 1)", f"{long} + 0"):
        assert formula(text) == long
    assert formula(f"MCEILING({long})") == D("123456789012345678901234567891")
