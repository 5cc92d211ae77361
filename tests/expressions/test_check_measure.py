from __future__ import annotations

from decimal import Decimal

import pytest
from deal_scope import FIELDS, MEASURES, SCOPE, grain, problems

from objectforge.expressions.check import check_measure
from objectforge.expressions.typed import (
    Aggregate,
    Arithmetic,
    Call,
    Const,
    Fill,
    Fraction,
    MeasureRef,
    Ref,
    Step,
    Typed,
)
from objectforge.values.kinds import TEXT, number

AMOUNT = Ref("", (), "Deal", "Amount", FIELDS["Amount"])
REVENUE = Ref("", (Step("AccountId", "Account"),), "Account", "Revenue", FIELDS["Account.Revenue"])
WON, DEALS = (MeasureRef(name, MEASURES[name]) for name in ("won", "deals"))
COUNT = number(13, 0)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(Aggregate("count", None, None, COUNT), "count()", id="rows"),
        pytest.param(Aggregate("count", grain("Deals"), grain("Deals"), COUNT), "count(Deals)", id="records"),
        pytest.param(Aggregate("sum", AMOUNT, grain("Deals"), number(31, 2)), "SUM(Amount)", id="sum"),
        pytest.param(
            Aggregate("sum", REVENUE, grain("Account"), number(31, 0)), "sum(Account.Revenue)", id="of a parent"
        ),
        pytest.param(
            Aggregate("sum", REVENUE, grain("Deals"), number(31, 0)), "sum(Account.Revenue, Deals)", id="grain named"
        ),
        pytest.param(Aggregate("avg", AMOUNT, grain("Deals"), number(34, 18)), "avg(Amount)", id="average"),
        pytest.param(Aggregate("max", AMOUNT, grain("Deals"), AMOUNT.type), "max(Amount, Deals)", id="largest"),
        pytest.param(
            Call("MAX", (Fill(WON, WON.type), Fill(DEALS, DEALS.type)), number(20, 2)), "max(won, deals)", id="of two"
        ),
        pytest.param(WON, "won", id="another measure"),
        pytest.param(
            Arithmetic("/", Fill(WON, WON.type), Fill(DEALS, DEALS.type), number(36, 18)), "won / deals", id="quotient"
        ),
        pytest.param(
            Arithmetic(
                "*",
                Fraction(Fill(MeasureRef("chance", MEASURES["chance"]), MEASURES["chance"]), number(23, 20)),
                Const(Decimal(2), number(1, 0)),
                number(24, 20),
            ),
            "chance * 2",
            id="a measure in percent",
        ),
        pytest.param(Call("RUNNING", (WON,), number(33, 2)), "running(won)", id="running"),
        pytest.param(
            Call("PERCENT_OF", (WON, Const("parent", TEXT)), number(40, 18, percent=True)),
            "percent_of(won, parent)",
            id="share",
        ),
    ],
)
def test_a_measure_is_typed(expected: Typed, text: str) -> None:
    assert check_measure(text, SCOPE) == expected


def test_a_percent_is_averaged_as_it_is_written() -> None:
    measure = check_measure("avg(Probability)", SCOPE)
    assert isinstance(measure, Aggregate)
    assert isinstance(measure.argument, Ref)
    assert measure.type.percent


def test_an_expression_is_aggregated_by_the_rules_of_formulas() -> None:
    measure = check_measure("sum(Amount * Probability)", SCOPE)
    assert isinstance(measure, Aggregate)
    percent = FIELDS["Probability"]
    probability = Fraction(Fill(Ref("", (), "Deal", "Probability", percent), percent), number(5, 2))
    assert measure.argument == Arithmetic("*", Fill(AMOUNT, AMOUNT.type), probability, number(23, 4))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param([("OF501", "Amount")], "Amount", id="a field outside an aggregate"),
        pytest.param([("OF201", "won")], "sum(won)", id="a measure inside one"),
        pytest.param([("OF328", "sum(Amount)")], "sum(sum(Amount))", id="nested"),
        pytest.param([("OF328", "Name")], "sum(Name)", id="sum of texts"),
        pytest.param([("OF328", "1")], "sum(1)", id="no field"),
        pytest.param([("OF503", "HOUR(Starts)")], "sum(HOUR(Starts))", id="two branches"),
        pytest.param([("OF502", "Nowhere")], "count(Nowhere)", id="no join"),
        pytest.param([("OF328", "percent_of()")], "percent_of()", id="a share of nothing"),
        pytest.param([("OF328", "child")], "percent_of(won, child)", id="a share of a child"),
        pytest.param([("OF328", "sum()")], "sum()", id="a sum of nothing"),
    ],
)
def test_a_mistake_is_pointed_at(expected: list[tuple[str, str]], text: str) -> None:
    assert problems(text, check_measure) == expected
