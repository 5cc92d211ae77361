"""The judge itself, judged by hand on a handful of records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from oracle.conditions import All, Any_, Compare, Condition, In, Like, Not, True_
from oracle.grains import Grain, grain_of
from oracle.joined import Join
from oracle.keys import Key, RangeBucket
from oracle.measures import Aggregate, Combined, Count, Measure, PercentOf, Ref, Running
from oracle.operands import Arithmetic, Literal, Path
from oracle.report import Report, Sorted
from oracle.world import Calendar, Field, Record, Relationship, World

COMPANY = {"Name": Field("Name", "text"), "Revenue": Field("Revenue", "currency", 2), "Big": Field("Big", "checkbox")}
DEAL = {"Name": Field("Name", "text"), "Amount": Field("Amount", "currency", 2), "CompanyId": Field("CompanyId", "id")}
WORLD = World(
    {"Company": COMPANY, "Deal": DEAL},
    (Relationship("Deal", "CompanyId", "Company", "Company", "Deals"),),
    {
        "Company": [
            {"Id": "c1", "Name": "acme", "Revenue": Decimal(10), "Big": True},
            {"Id": "c2", "Name": "ACME", "Revenue": Decimal(5), "Big": False},
            {"Id": "c3", "Name": "Bolt", "Revenue": None, "Big": False},
        ],
        "Deal": [
            {"Id": "d1", "Name": "x", "Amount": Decimal(1), "CompanyId": "c1"},
            {"Id": "d2", "Name": "y", "Amount": Decimal(2), "CompanyId": "c1"},
            {"Id": "d3", "Name": "y", "Amount": Decimal(4), "CompanyId": "c2"},
            {"Id": "d4", "Name": "z", "Amount": None, "CompanyId": None},
        ],
    },
)


@pytest.mark.parametrize(
    ("found", "condition", "text"),
    [
        pytest.param("d4", Compare(Path("Amount"), "=", Literal(None)), "Amount = null", id="null"),
        pytest.param("d1 d3 d4", Compare(Path("Amount"), "!=", Literal(2)), "Amount != 2", id="!= includes nulls"),
        pytest.param("d1", Compare(Path("Amount"), "<", Literal(2)), "Amount < 2", id="< leaves nulls out"),
        pytest.param("d3 d4", Not(Compare(Path("Amount"), "<", Literal(3))), "NOT Amount < 3", id="NOT takes them in"),
        pytest.param("d1 d4", In("Name", ("Y", None), True), "Name NOT IN ('Y', null)", id="NOT IN, nulls ignored"),
        pytest.param("d1 d2 d3", Like("Company.Name", "A_m%"), "Company.Name LIKE 'A_m%'", id="LIKE by key"),
        pytest.param("d1 d2", True_("Company.Big"), "Company.Big", id="a checkbox of a missing parent is false"),
        pytest.param(
            "d1 d4",
            Any_((All((True_("Company.Big"), Like("Name", "x"))), Compare(Path("CompanyId"), "=", Literal(None)))),
            "Company.Big AND Name LIKE 'x' OR CompanyId = null",
            id="AND within OR",
        ),
        pytest.param(
            "d2 d3",
            Compare(Arithmetic("*", Path("Amount"), Path("Company.Revenue")), "=", Literal(20)),
            "(Amount * Company.Revenue) = 20",
            id="arithmetic with null is null",
        ),
        pytest.param("", Compare(Path("Name"), "=", Path("Company.Name")), "Name = Company.Name", id="two fields"),
    ],
)
def test_conditions_are_two_valued(found: str, condition: Condition, text: str) -> None:
    assert text == condition.text()
    rows = [row for row in WORLD.rows["Deal"] if condition.holds(Record(WORLD, "Deal", row))]
    assert found.split() == [row["Id"] for row in rows]


def test_a_summary_counts_each_record_of_its_grain_once() -> None:
    report = Report(
        "Company",
        (Join("Deals", "outer"),),
        rows=(Key("Name"),),
        measures=(
            Measure("rows", Count()),
            Measure("deals", Count("Deals")),
            Measure("revenue", Aggregate("sum", Path("Revenue"))),
            Measure("per_deal", Aggregate("sum", Path("Revenue"), "Deals")),
            Measure("amount", Aggregate("sum", Path("Deals.Amount"))),
            Measure("rate", Combined("/", Ref("amount"), Ref("revenue"))),
            Measure("share", PercentOf("amount")),
            Measure("so_far", Running("amount")),
        ),
        sort=(Sorted("amount", True),),
    )
    outcome = report.run(WORLD)
    acme, bolt = outcome.records
    assert {"Name": "ACME", "rows": 3, "deals": 3, "revenue": 15, "per_deal": 25, "amount": 7}.items() <= acme.items()
    assert {"rate": Decimal("0.466666666666666667"), "share": 100, "so_far": 7}.items() <= acme.items()
    nothing = dict.fromkeys(("revenue", "per_deal", "amount", "rate", "share"))
    assert {"Name": "Bolt", "rows": 1, "deals": 0, "so_far": 7, **nothing}.items() <= bolt.items()
    assert {"rows": 4, "deals": 3, "revenue": 15, "amount": 7, "so_far": None}.items() <= outcome.totals.items()


def test_having_and_limit_cut_groups_of_which_totals_see_one() -> None:
    report = Report(
        "Deal",
        rows=(Key("Name"),),
        measures=(Measure("n", Count()), Measure("amount", Aggregate("sum", Path("Amount")))),
        having=Compare(Path("amount"), ">", Literal(0)),
        limit=1,
    )
    outcome = report.run(WORLD)
    assert outcome.records == [{"Name": "x", "n": 1, "amount": 1}]
    assert (outcome.totals, outcome.limited) == ({"n": 3, "amount": 7}, True)


def test_joins_keep_what_their_kind_says() -> None:
    def names(*joins: Join) -> list[object]:
        return [record["Name"] for record in Report("Company", joins, columns=("Name",)).run(WORLD).records]

    small = Compare(Path("Amount"), "<", Literal(2))
    assert names(Join("Deals")) == ["acme", "ACME"]
    assert names(Join("Deals", "outer")) == ["acme", "ACME", "Bolt"]
    assert names(Join("Deals", "without")) == ["Bolt"]
    assert names(Join("Deals", "without", small)) == ["ACME", "Bolt"]


def test_buckets_take_their_upper_limit_in_and_leave_null_alone() -> None:
    bucket = RangeBucket((Decimal(1), Decimal(2)), ("low", "mid", "high"))
    report = Report("Deal", rows=(Key("Amount", "size", bucket=bucket),), measures=(Measure("n", Count()),))
    sizes = [(record["size"], record["n"]) for record in report.run(WORLD).records]
    assert sizes == [(None, 1), ("low", 1), ("mid", 1), ("high", 1)]


@pytest.mark.parametrize(
    ("expected", "grain"),
    [
        (date(2024, 3, 31), "day"),
        (date(2024, 3, 25), "week"),
        (date(2024, 1, 1), "quarter"),
        (date(2024, 1, 1), "fiscal_quarter"),
        (date(2023, 4, 1), "fiscal_year"),
        (1, "day_in_week"),
        (13, "week_in_year"),
        (12, "fiscal_month_in_year"),
        (4, "fiscal_quarter_in_year"),
        (23, "hour_in_day"),
    ],
)
def test_dates_fall_into_the_periods_of_the_org(expected: object, grain: Grain) -> None:
    tokyo = Calendar("Asia/Tokyo", fiscal_start=4, week_start="monday")
    assert expected == grain_of(datetime(2024, 3, 31, 14, 59, tzinfo=UTC), grain, tokyo)
