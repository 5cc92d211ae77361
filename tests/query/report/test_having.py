"""`having` takes groups out of everything: out of subtotals, totals, shares and details, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.testing.temp import temp_org

METADATA = """
objects:
  Item: {fields: {Price: currency}}
  Firm: {fields: {City: text, Code: {type: text, case_sensitive: true}, Size: number}}
  Deal:
    fields:
      FirmId: {type: lookup, to: Firm, children: Deals}
      ItemId: {type: lookup, to: Item, children: Deals}
      Amount: currency
      Closes: date
      Stage: [Open, Won]
"""
FIRMS = {
    "a": {"City": "Osaka", "Code": "x", "Size": 1},
    "b": {"City": "osaka", "Code": "X", "Size": 2},
    "c": {"City": None, "Code": None, "Size": 4},
    "d": {"City": "-", "Code": "-", "Size": 8},
    "e": {"City": "1:-", "Code": "1:-", "Size": 16},
}
PRICES = {"pen": "2", "ink": "3"}
DEALS = [
    ("a", "pen", 10, "2026-01-05", "Open"),
    ("a", "pen", 20, "2026-01-06", "Won"),
    ("b", "ink", 30, "2026-02-05", "Won"),
    ("c", "pen", 40, None, None),
    ("d", "ink", 50, "2026-02-05", "Open"),
    ("d", "ink", 60, "2026-03-05", "Open"),
]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        firms = {name: made["Firm"].create(Name=name, **values).Id for name, values in FIRMS.items()}
        items = {name: made["Item"].create(Name=name, Price=price).Id for name, price in PRICES.items()}
        for firm, item, amount, closes, stage in DEALS:
            values = {"FirmId": firms[firm], "ItemId": items[item], "Amount": amount, "Closes": closes, "Stage": stage}
            made["Deal"].create(Name=f"{firm}{amount}", **values)
        yield made


DOWN = {"from": "Firm", "joins": {"Deals": "outer"}}
MEASURES = {"deals": "count(Deals)", "sizes": "sum(Size)", "prices": "sum(Deals.Item.Price)", "rows": "count()"}


def test_what_is_refused_is_in_no_total(org: Org) -> None:
    result = org.report({**DOWN, "rows": ["City"], "measures": MEASURES, "having": "deals > 1"}).run()

    assert [("-", 2), ("Osaka", 3)] == [(group.value, group.measures["deals"]) for group in result.groups]
    assert {"deals": 5, "sizes": Decimal(11), "prices": Decimal(5), "rows": 5} == dict(result.totals)


def test_totals_look_at_the_surviving_records_once_each(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Stage", "Firm.City"], "measures": {"n": "count()", "sizes": "sum(Firm.Size)"}}

    result = org.report({**asked, "having": "n >= 1"}).run()
    cut = org.report({**asked, "having": "sizes < 8"}).run()

    assert (6, Decimal(15)) == (result.totals["n"], result.totals["sizes"])
    assert (4, Decimal(7)) == (cut.totals["n"], cut.totals["sizes"])
    assert [(None, Decimal(4)), ("Open", Decimal(1)), ("Won", Decimal(3))] == [
        (group.value, group.measures["sizes"]) for group in cut.groups
    ]


def test_a_subtotal_is_over_the_groups_left_in_it(org: Org) -> None:
    asked = {**DOWN, "rows": ["Deals.Stage", "City"], "measures": MEASURES, "having": "sizes <= 3"}

    result = org.report(asked).run()

    found = {group.value: (group.measures["sizes"], [below.value for below in group.groups]) for group in result.groups}
    assert {"Open": (Decimal(1), ["Osaka"]), "Won": (Decimal(3), ["Osaka"])} == found
    assert Decimal(3) == result.totals["sizes"]


def test_texts_that_are_one_group_survive_together(org: Org) -> None:
    asked = {**DOWN, "measures": {"sizes": "sum(Size)", "prices": "sum(Deals.Item.Price)"}, "having": "sizes <= 3"}

    folded = org.report({**asked, "rows": ["City"]}).run()
    exact = org.report({**asked, "rows": ["Code"], "having": "sizes = 2"}).run()

    assert [{"City": "Osaka", "sizes": Decimal(3), "prices": Decimal(5)}] == folded.records()
    assert [{"Code": "X", "sizes": Decimal(2), "prices": Decimal(3)}] == exact.records()
    assert (Decimal(5), Decimal(3)) == (folded.totals["prices"], exact.totals["prices"])


def test_no_text_is_taken_for_none(org: Org) -> None:
    asked = {**DOWN, "rows": ["City", "Code"], "measures": {"sizes": "sum(Size)", "prices": "sum(Deals.Item.Price)"}}

    found = {size: org.report({**asked, "having": f"sizes = {size}"}).run() for size in (4, 8, 16)}

    assert {4: (None, Decimal(2)), 8: ("-", Decimal(3)), 16: ("1:-", None)} == {
        size: (result.groups[0].value, result.totals["prices"]) for size, result in found.items()
    }


def test_the_group_of_no_record_survives_like_any_other(org: Org) -> None:
    asked = {**DOWN, "rows": ["Deals.Stage", "City"], "measures": {"n": "count()", "sizes": "sum(Size)"}}

    result = org.report({**asked, "having": "sizes >= 4 AND sizes != 8"}).run()

    assert [(None, [None, "1:-"])] == [
        (group.value, [below.value for below in group.groups]) for group in result.groups
    ]
    assert (2, Decimal(20)) == (result.totals["n"], result.totals["sizes"])


def test_where_nobody_survives_there_is_only_an_empty_total(org: Org) -> None:
    shares = {"part": "percent_of(sizes)", "so_far": "running(sizes)"}
    asked = {**DOWN, "rows": ["City"], "measures": MEASURES | shares, "having": "rows > 99"}

    for across in ([], ["Deals.Stage"]):
        result = org.report({**asked, "across": across}).run()

        assert ((), (), [], {}, False) == (
            result.groups, result.columns, result.records(), dict(result.across), result.limited,
        )  # fmt: skip
        assert {
            "deals": 0, "sizes": None, "prices": None, "rows": 0, "part": None, "so_far": None,
        } == dict(result.totals)  # fmt: skip


def test_columns_hold_what_survived(org: Org) -> None:
    asked = {**DOWN, "rows": ["City"], "across": ["Deals.Stage"], "measures": MEASURES, "having": "deals > 1"}

    result = org.report(asked).run()

    assert [("Open",), ("Won",)] == [column.key for column in result.columns]
    assert {("Open",): Decimal(9), ("Won",): Decimal(3)} == {
        key: measures["sizes"] for key, measures in result.across.items()
    }
    assert {("Open",): Decimal(5), ("Won",): Decimal(5)} == {
        key: measures["prices"] for key, measures in result.across.items()
    }


def test_a_having_sees_the_whole_row_not_its_cells(org: Org) -> None:
    asked = {**DOWN, "rows": ["City"], "across": ["Deals.Stage"], "measures": {"n": "count(Deals)"}, "having": "n = 3"}

    assert [
        {"City": "Osaka", "Deals.Stage": "Open", "n": 1},
        {"City": "Osaka", "Deals.Stage": "Won", "n": 2},
    ] == org.report(asked).run().records()


@pytest.mark.parametrize(
    ("expected", "having"),
    [
        pytest.param(["1:-"], "prices = null", id="null equals null"),
        pytest.param(["-", "Osaka"], "average > 20 AND deals != 1 OR deals > 2", id="measures of measures"),
        pytest.param(["1:-"], "average = null", id="division by zero"),
        pytest.param([], "average != average", id="nothing differs from itself"),
    ],
)
def test_a_having_compares_like_any_condition(org: Org, expected: list[str | None], having: str) -> None:
    measures = MEASURES | {"amount": "sum(Deals.Amount)", "average": "amount / deals"}

    result = org.report({**DOWN, "rows": ["City"], "measures": measures, "having": having}).run()

    assert set(expected) == {group.value for group in result.groups}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param({"field": "Closes", "by": "month", "as": "key"}, id="month"),
        pytest.param({"field": "Closes", "by": "day_in_month", "as": "key"}, id="part of a date"),
        pytest.param({"field": "Closes", "as": "key"}, id="date"),
        pytest.param({"field": "Amount", "bucket": [20, 40], "labels": ["S", "M", "L"], "as": "key"}, id="ranges"),
        pytest.param({"field": "Stage", "bucket": {"Live": ["Open"]}, "other": "Rest", "as": "key"}, id="bucket"),
        pytest.param({"field": "Stage", "bucket": {"Live": ["Open"]}, "as": "key"}, id="bucket without other"),
        pytest.param({"field": "Amount", "as": "key"}, id="number"),
        pytest.param({"field": "FirmId", "as": "key"}, id="lookup"),
        pytest.param({"field": "Firm.Code", "as": "key"}, id="exact text"),
        pytest.param({"field": "Firm.City", "as": "key"}, id="text"),
    ],
)
def test_survivors_of_every_kind_of_key_are_found_again(org: Org, key: dict[str, Any]) -> None:
    measures = {"n": "count()", "sizes": "sum(Firm.Size)", "prices": "sum(Item.Price)"}
    plain = org.report({"from": "Deal", "rows": [key], "measures": measures}).run()
    for group in plain.groups:
        alone = org.report(
            {
                "from": "Deal",
                "rows": [{"field": "Name", "as": "top", "bucket": {"None": ["x"]}, "other": "All"}, key],
                "measures": measures, "having": f"sizes = {group.measures['sizes']} AND n = {group.measures['n']}",
            }
        ).run()  # fmt: skip
        [top] = alone.groups
        same = [each for each in plain.groups if dict(each.measures) == dict(group.measures)]
        assert [each.value for each in same] == [each.value for each in top.groups]
        if len(same) == 1:
            assert dict(group.measures) == dict(top.measures) == dict(alone.totals)
