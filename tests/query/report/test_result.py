"""What a report gives back: records, groups, cells, totals, CSV, labels in the org's language; time in its zone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.query.report.data import AcrossColumn
from objectforge.testing.temp import temp_org
from objectforge.values.granularity import Granularity, part, truncate
from objectforge.values.periods import Calendar

SHOP = """
settings: {org: {name: Shop, locale: ja, currency: JPY, timezone: Asia/Tokyo, fiscal_year: {start: 4}}}
objects:
  Shop: {label: {en: Shop, ja: 店}}
  Sale:
    label: {en: Sale, ja: 売上}
    fields:
      ShopId: {type: lookup, to: Shop, children: Sales}
      Amount: {type: currency, scale: 0}
      Units: integer
      Sold: date
      Paid: checkbox
      Kind: [{value: Tea, label: {en: Tea, ja: 茶}}, {value: Rice, label: {en: Rice, ja: 米}}]
"""
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module")
def shop() -> Iterator[Org]:
    with temp_org(Metadata.parse(SHOP)) as org:
        first, second = (org["Shop"].create(Name=name).Id for name in ("本店", "支店"))
        rows = [
            (first, 100, 1, "2026-03-31", True, "Rice"), (first, 200, 2, "2026-04-01", False, "Tea"),
            (second, 400, 2, "2026-04-02", True, "Rice"), (None, None, None, None, None, None),
        ]  # fmt: skip
        for number, (of, amount, units, sold, paid, kind) in enumerate(rows):
            values = {"ShopId": of, "Amount": amount, "Units": units, "Sold": sold, "Paid": paid, "Kind": kind}
            org["Sale"].create({"Name": f"s{number}"} | {key: value for key, value in values.items() if value})
        yield org


SUMMARY = {
    "from": "Sale",
    "rows": [{"field": "Sold", "by": "fiscal_year", "as": "year"}, "Kind"],
    "measures": {"amount": "sum(Amount)", "sales": "count()"},
    "columns": ["Name"],
}
MATRIX = {"from": "Sale", "rows": ["Kind"], "across": ["Units", "Paid"], "measures": {"amount": "sum(Amount)"}}


def test_records_are_the_finest_groups_in_order(shop: Org) -> None:
    result = shop.report(SUMMARY).run()

    expected = [
        {"year": None, "Kind": None, "amount": None, "sales": 1},
        {"year": date(2025, 4, 1), "Kind": "Rice", "amount": Decimal(100), "sales": 1},
        {"year": date(2026, 4, 1), "Kind": "Tea", "amount": Decimal(200), "sales": 1},
        {"year": date(2026, 4, 1), "Kind": "Rice", "amount": Decimal(400), "sales": 1},
    ]
    assert expected == result.records() == list(result)
    assert 4 == len(result)
    assert [int] * 4 == [type(row["sales"]) for row in result]


def test_records_are_the_callers_own(shop: Org) -> None:
    result = shop.report(SUMMARY).run()

    result.records()[0]["amount"] = 1
    next(iter(result)).clear()

    assert {"year": None, "Kind": None, "amount": None, "sales": 1} == result.records()[0]


def test_groups_know_their_place_and_are_labelled_in_the_orgs_language(shop: Org) -> None:
    _, old, new = shop.report(SUMMARY).run().groups

    assert (0, "year", date(2026, 4, 1), "FY2026", (date(2026, 4, 1),)) == (
        new.level, new.name, new.value, new.label, new.key,
    )  # fmt: skip
    assert [("茶", (date(2026, 4, 1), "Tea")), ("米", (date(2026, 4, 1), "Rice"))] == [
        (group.label, group.key) for group in new.groups
    ]
    assert {"amount": Decimal(600), "sales": 2} == dict(new.measures)
    assert ({}, ()) == (new.across, new.groups[0].groups)
    assert "FY2025" == old.label


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        pytest.param(["", "本店", "支店"], {"field": "ShopId"}, id="a lookup is called as its record"),
        pytest.param(["", "2026年3月", "2026年4月"], {"field": "Sold", "by": "month"}, id="month"),
        pytest.param(["", "3月", "4月"], {"field": "Sold", "by": "month_in_year"}, id="name of a month"),
        pytest.param(["", "火曜日", "水曜日", "木曜日"], {"field": "Sold", "by": "day_in_week"}, id="name of a day"),
        pytest.param(["", "￥100", "￥200", "￥400"], {"field": "Amount"}, id="yen"),
        pytest.param(
            ["", "少", "多"],
            {"field": "Amount", "bucket": [100], "labels": [{"en": "few", "ja": "少"}, {"en": "many", "ja": "多"}]},
            id="ranges",
        ),
    ],
)
def test_labels_are_what_people_read(shop: Org, expected: list[str], key: dict[str, object]) -> None:
    groups = shop.report({"from": "Sale", "rows": [key], "measures": {"n": "count()"}}).run().groups

    assert expected == [group.label for group in groups]


def test_an_integer_as_a_key_is_an_int(shop: Org) -> None:
    result = shop.report({"from": "Sale", "rows": ["Units"], "measures": {"n": "count()"}}).run()

    assert [None, 1, 2] == [row["Units"] for row in result]
    assert [type(None), int, int] == [type(row["Units"]) for row in result]


def test_a_matrix_has_columns_cells_and_totals(shop: Org) -> None:
    result = shop.report(MATRIX).run()

    assert [(1,), (1, True), (2,), (2, False), (2, True)] == [
        column.key for column in result.columns if column.key[0] is not None
    ]
    assert AcrossColumn((None,), ("",)) == result.columns[0]
    assert {(1,): 100, (1, True): 100, (2,): 600, (2, False): 200, (2, True): 400} == {
        key: measures["amount"] for key, measures in result.across.items() if key[0] is not None
    }
    rice = result.groups[-1]
    assert {(1,): 100, (1, True): 100, (2,): 400, (2, True): 400} == {
        key: measures["amount"] for key, measures in rice.across.items()
    }
    assert {"Kind": "Tea", "Units": 2, "Paid": False, "amount": Decimal(200)} in result.records()
    assert 4 == len(result)


def test_a_matrix_without_rows_has_one_line(shop: Org) -> None:
    result = shop.report({"from": "Sale", "across": ["Kind"], "measures": {"n": "count()"}}).run()

    assert [{"Kind": None, "n": 1}, {"Kind": "Tea", "n": 1}, {"Kind": "Rice", "n": 2}] == result.records()
    assert ((), 4) == (result.groups, result.totals["n"])


def test_a_list_has_rows_and_its_measures_as_totals(shop: Org) -> None:
    asked = {"from": "Sale", "columns": ["Name", "ShopId"], "measures": {"amount": "sum(Amount)"}, "sort": ["-Name"]}

    result = shop.report({**asked, "limit": 2}).run()

    assert ["s3", "s2"] == [row["Name"] for row in result]
    assert (True, Decimal(700), ()) == (result.limited, result.totals["amount"], result.groups)
    assert ["支店"] == [result.names[row["ShopId"]] for row in result if row["ShopId"]]
    assert not shop.report({**asked, "limit": 4}).run().limited


def test_a_limit_cuts_the_first_groups_and_never_the_totals(shop: Org) -> None:
    result = shop.report({**SUMMARY, "sort": ["-amount"], "limit": 1}).run()

    assert ([date(2026, 4, 1)] * 2, True) == ([row["year"] for row in result], result.limited)
    assert (Decimal(700), 4) == (result.totals["amount"], result.totals["sales"])
    assert not shop.report({**SUMMARY, "limit": 3}).run().limited


def test_only_measures_make_a_list_of_no_rows(shop: Org) -> None:
    result = shop.report({"from": "Sale", "measures": {"n": "count()"}, "rows": ["Kind"], "where": "Units = 9"}).run()

    assert ([], {"n": 0}, ()) == (result.records(), dict(result.totals), result.groups)


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        pytest.param(
            [["year", "Kind", "amount", "sales"], ["", "", "", "1"], ["2025-04-01", "Rice", "100", "1"]],
            SUMMARY,
            id="summary",
        ),
        pytest.param(
            [["Kind", "Units", "Paid", "amount"], ["", "", "false", ""], ["Tea", "2", "false", "200"]],
            MATRIX,
            id="matrix",
        ),
        pytest.param(
            [["Name", "Sold"], ["s0", "2026-03-31"]], {"from": "Sale", "columns": ["Name", "Sold"]}, id="list"
        ),
        pytest.param(
            [["year", "Kind", "amount", "sales"]], {**SUMMARY, "where": "Units = 9"}, id="nothing but its names"
        ),
    ],
)
def test_csv_holds_the_records_under_their_names(
    shop: Org, tmp_path: Path, expected: list[list[str]], asked: dict[str, object]
) -> None:
    path = tmp_path / "report.csv"

    shop.report(asked).run().to_csv(path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        assert expected == list(csv.reader(file))[: len(expected)]


def test_explain_says_what_is_joined_counted_and_asked(shop: Org) -> None:
    asked = {
        "from": "Shop", "joins": {"Sales": "outer"}, "rows": ["Sales.Kind"],
        "measures": {"shops": "count(Shop)", "twice": "shops * 2", "rows": "count()"},
    }  # fmt: skip

    text = shop.report(asked).run().explain()

    for line in (
        "report ad_hoc: summary",
        "  Sales: down to Sale by ShopId, with or without",
        "  shops: count over Shop, each once",
        "  twice: computed from other measures",
        "  rows: count over rows",
        "  Sales, Shop: one row per record and group first; every level is asked for",
        "  Sales, Shop: as joined; subtotals are added up",
        "SQL",
    ):
        assert line in text.split("\n"), line
    assert text == shop.report(asked).explain()


# -- time -------------------------------------------------------------------------------------------------------------
CLOCKS = """
settings:
  org: {name: Clocks, timezone: America/New_York, week_start: monday, fiscal_year: {start: 10, named_by: end}}
objects:
  Call: {fields: {At: datetime}}
"""
YORK = Calendar(ZoneInfo("America/New_York"), 10, "end", "monday")
EDGES = (
    datetime(1883, 11, 18, 17, 3, 57, tzinfo=UTC), datetime(1918, 3, 31, 7, tzinfo=UTC),
    datetime(1970, 1, 1, 4, 59, 59, tzinfo=UTC), datetime(2007, 3, 11, 7, tzinfo=UTC),
    datetime(2024, 2, 29, 23, tzinfo=UTC), datetime(2025, 10, 1, 3, 59, 59, tzinfo=UTC),
    datetime(2025, 11, 2, 5, 59, 59, tzinfo=UTC), datetime(2026, 1, 1, 4, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC), datetime(2100, 7, 1, 3, 59, 59, tzinfo=UTC),
)  # fmt: skip
CALLS = [edge + step for edge in EDGES for step in (timedelta(0), timedelta(seconds=1), timedelta(hours=1))]


@pytest.fixture(scope="module", params=ENGINES)
def calls(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(CLOCKS), url=url) as org:
        org["Call"].create_many([{"Name": at.isoformat(), "At": at} for at in CALLS] + [{"Name": "none"}])
        yield org


@pytest.mark.parametrize("grain", list(Granularity))
def test_instants_fall_where_clocks_in_the_orgs_zone_say(calls: Org, grain: Granularity) -> None:
    asked = {"from": "Call", "rows": [{"field": "At", "by": grain.value, "as": "at"}], "measures": {"n": "count()"}}

    result = calls.report(asked).run()

    expected: dict[object, int] = {None: 1}
    for at in CALLS:
        group = part(at, grain, YORK) if grain.is_part else truncate(at, grain, YORK)
        expected[group] = expected.get(group, 0) + 1
    assert expected == {row["at"]: row["n"] for row in result}
    assert {int if grain.is_part else date, type(None)} == {type(row["at"]) for row in result}


def test_a_fiscal_year_is_labelled_by_the_year_it_ends_in(calls: Org) -> None:
    asked = {"from": "Call", "rows": [{"field": "At", "by": "fiscal_quarter", "as": "at"}]}

    groups = calls.report({**asked, "where": "At > 2025-09-01T00:00:00Z"}).run().groups

    assert ["FY2025 Q4", "FY2026 Q1", "FY2026 Q2", "FY2100 Q3", "FY2100 Q4"] == [group.label for group in groups]


def test_a_question_of_many_grains_stays_readable_for_the_engine(calls: Org) -> None:
    rows = [{"field": "At", "by": grain, "as": grain} for grain in ("fiscal_year", "fiscal_quarter", "week")]

    result = calls.report({"from": "Call", "rows": rows, "measures": {"n": "count()"}}).run()

    assert len(CALLS) + 1 == sum(row["n"] for row in result)
    assert len(result.explain()) < 100_000
