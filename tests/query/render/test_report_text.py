from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.query.render.report_text import report_text
from objectforge.query.render.screen import Screen
from objectforge.testing.temp import temp_org

SHOP = """
settings: {{org: {{name: Shop, locale: {locale}, currency: JPY, timezone: Asia/Tokyo}}}}
objects:
  Shop:
    label: {{en: Shop, ja: 店}}
    fields:
      City:
        type: picklist
        label: {{en: City, ja: 市}}
        values: [{{value: Tokyo, label: {{en: Tokyo, ja: 東京}}}}, Osaka]
      Size: {{type: picklist, values: [Small, Large], label: {{en: Size, ja: 規模}}}}
  Sale:
    fields:
      Shop: {{type: lookup, to: Shop, children: Sales}}
      Amount: {{type: currency, label: {{en: Amount, ja: 金額}}}}
      Day: date
"""
ADD_UP = {
    "sold": {"value": "sum(Sales.Amount)", "label": {"en": "Sold", "ja": "売上"}},
    "sales": {"value": "count(Sales)", "label": {"en": "Sales", "ja": "件数"}},
}
BASE: dict[str, Any] = {"from": "Shop", "label": {"en": "Shops", "ja": "店舗"}, "joins": {"Sales": "inner"}}


@pytest.fixture(params=["en"])
def shops(request: pytest.FixtureRequest) -> Iterator[Org]:
    with temp_org(Metadata.parse(SHOP.format(locale=request.param))) as org:
        for name, city, size in (("A", "Tokyo", "Small"), ("B", "Tokyo", "Large"), ("C", "Osaka", None)):
            shop = org["Shop"].create(Name=name, City=city, Size=size)
            org["Sale"].create(Name=f"{name}1", Shop=shop.Id, Amount=Decimal(1000), Day=date(2026, 1, 5))
            org["Sale"].create(Name=f"{name}2", Shop=shop.Id, Amount=Decimal(20), Day=date(2026, 4, 5))
        yield org


def lines(org: Org, screen: Screen | None = None, **keys: Any) -> list[str]:
    return report_text(org.report({**BASE, **keys}).run(), screen or Screen()).split("\n")


def test_a_summary_has_a_column_per_measure_and_the_total_at_the_end(shops: Org) -> None:
    assert lines(shops, rows=["City"], measures=ADD_UP) == [
        "Shops",
        "┌───────┬────────┬───────┐",
        "│ City  │   Sold │ Sales │",
        "├───────┼────────┼───────┤",
        "│ Tokyo │ ¥2,040 │     4 │",
        "│ Osaka │ ¥1,020 │     2 │",
        "├───────┼────────┼───────┤",
        "│ Total │ ¥3,060 │     6 │",
        "└───────┴────────┴───────┘",
    ]


def test_groups_within_groups_have_subtotals(shops: Org) -> None:
    assert lines(shops, rows=["City", "Size"], measures={"sales": ADD_UP["sales"]}) == [
        "Shops",
        "┌───────┬──────────┬───────┐",
        "│ City  │ Size     │ Sales │",
        "├───────┼──────────┼───────┤",
        "│ Tokyo │ Small    │     2 │",
        "│       │ Large    │     2 │",
        "│       │ Subtotal │     4 │",
        "├───────┼──────────┼───────┤",
        "│ Osaka │ -        │     2 │",
        "│       │ Subtotal │     2 │",
        "├───────┼──────────┼───────┤",
        "│ Total │          │     6 │",
        "└───────┴──────────┴───────┘",
    ]


@pytest.mark.parametrize("shops", ["ja"], indirect=True)
def test_a_japanese_reader_sees_japanese_in_straight_columns(shops: Org) -> None:
    assert lines(shops, rows=["City"], measures=ADD_UP) == [
        "店舗",
        "┌───────┬─────────┬──────┐",
        "│ 市    │    売上 │ 件数 │",
        "├───────┼─────────┼──────┤",
        "│ 東京  │ ￥2,040 │    4 │",
        "│ Osaka │ ￥1,020 │    2 │",
        "├───────┼─────────┼──────┤",
        "│ 合計  │ ￥3,060 │    6 │",
        "└───────┴─────────┴──────┘",
    ]


def test_a_matrix_has_totals_at_both_ends(shops: Org) -> None:
    keys: dict[str, Any] = {"across": [{"field": "Sales.Day", "by": "month", "as": "month"}]}
    assert lines(shops, rows=["City"], measures={"sales": ADD_UP["sales"]}, **keys) == [
        "Shops: Sales",
        "┌───────┬──────────────┬────────────┬───────┐",
        "│ City  │ January 2026 │ April 2026 │ Total │",
        "├───────┼──────────────┼────────────┼───────┤",
        "│ Tokyo │            2 │          2 │     4 │",
        "│ Osaka │            1 │          1 │     2 │",
        "├───────┼──────────────┼────────────┼───────┤",
        "│ Total │            3 │          3 │     6 │",
        "└───────┴──────────────┴────────────┴───────┘",
    ]


def test_two_levels_across_have_two_header_lines_and_totals_within(shops: Org) -> None:
    keys: dict[str, Any] = {"across": ["City", "Size"]}
    assert lines(shops, measures={"sales": ADD_UP["sales"]}, **keys) == [
        "Shops: Sales",
        "┌───────┬───────────────────────┬───────────┬───────┐",
        "│       │ Tokyo                 │ Osaka     │ Total │",
        "│       │ Small │ Large │ Total │ - │ Total │       │",
        "├───────┼───────┼───────┼───────┼───┼───────┼───────┤",
        "│ Total │     2 │     2 │     4 │ 2 │     2 │     6 │",
        "└───────┴───────┴───────┴───────┴───┴───────┴───────┘",
    ]


def test_several_measures_stand_under_each_column(shops: Org) -> None:
    found = lines(shops, across=["City"], measures=ADD_UP)
    assert found[2:4] == [
        "│       │ Tokyo          │ Osaka          │ Total          │",
        "│       │   Sold │ Sales │   Sold │ Sales │   Sold │ Sales │",
    ]


def test_a_wide_matrix_is_drawn_in_blocks_with_the_keys_in_each(shops: Org) -> None:
    found = lines(shops, Screen(40), rows=["City"], across=["Size"], measures=ADD_UP)
    assert sum(line.startswith("│ City") for line in found) >= 2
    assert all(len(line) <= 40 for line in found)


def test_rows_are_listed_and_the_measures_below(shops: Org) -> None:
    found = lines(shops, columns=["Name", "Sales.Amount"], measures=ADD_UP, sort=["Name"])
    assert [found[2], *found[-3:]] == ["│ Name │ Amount │", "6 rows", "Sold   ¥3,060", "Sales       6"]


@pytest.mark.parametrize(
    ("expected", "keys"),
    [
        pytest.param(
            "Only the first 1 of City are shown; totals are over all of them.",
            {"rows": ["City"], "measures": ADD_UP},
            id="groups",
        ),
        pytest.param("Only the first 1 rows are shown.", {"columns": ["Name"]}, id="rows"),
    ],
)
def test_what_a_limit_cut_off_is_said(expected: str, keys: dict[str, Any], shops: Org) -> None:
    assert expected == lines(shops, limit=1, **keys)[-1]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"rows": ["City"], "measures": ADD_UP}, id="summary"),
        pytest.param({"rows": ["City"], "across": ["Size"], "measures": ADD_UP}, id="matrix"),
        pytest.param({"columns": ["Name"]}, id="tabular"),
    ],
)
def test_a_report_without_rows_says_so(keys: dict[str, Any], shops: Org) -> None:
    assert lines(shops, where="Name = 'Z'", **keys) == ["Shops", "Nothing to show: no records meet the conditions."]


def test_an_average_is_rounded_for_reading_only(shops: Org) -> None:
    measures = {"third": "sum(Sales.Amount) / 7"}
    assert "│ Total │ ¥437.14 │" in lines(shops, rows=["City"], measures=measures)
