"""Shares and running totals: of everything, of the group above, along the last level, over nothing."""

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
  Deal:
    fields: {Region: text, City: text, Amount: currency, Stage: [Open, Won]}
"""
DEALS = [
    ("East", "Kyoto", 10, "Open"), ("East", "Kyoto", 20, "Won"), ("East", "Nara", 30, "Open"),
    ("West", "Kobe", 40, "Won"), ("West", "Kobe", None, "Open"), (None, "Kobe", None, "Won"),
]  # fmt: skip
BY_CITY: dict[str, Any] = {"from": "Deal", "rows": ["Region", "City"]}


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse(METADATA)) as made:
        for number, (region, city, amount, stage) in enumerate(DEALS):
            made["Deal"].create(Name=f"d{number}", Region=region, City=city, Amount=amount, Stage=stage)
        yield made


def shares(org: Org, share: str, **more: Any) -> dict[tuple[Any, ...], Any]:
    """The share of every group on every level, of everything under ()."""
    measures = {"amount": "sum(Amount)", "part": {"value": share, "scale": 1}}
    result = org.report({**BY_CITY, "measures": measures, **more}).run()
    found: dict[tuple[Any, ...], Any] = {(): result.totals["part"]}
    waiting = list(result.groups)
    while waiting:
        group = waiting.pop()
        found[group.key] = group.measures["part"]
        waiting += group.groups
    return found


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("expected", "share"),
    [
        pytest.param(
            {
                (): "100.0", ("East",): "60.0", ("East", "Kyoto"): "30.0", ("East", "Nara"): "30.0",
                ("West",): "40.0", ("West", "Kobe"): "40.0", (None,): None, (None, "Kobe"): None,
            },
            "percent_of(amount)",
            id="of everything",
        ),
        pytest.param(
            {
                (): "100.0", ("East",): "60.0", ("East", "Kyoto"): "50.0", ("East", "Nara"): "50.0",
                ("West",): "40.0", ("West", "Kobe"): "100.0", (None,): None, (None, "Kobe"): None,
            },
            "percent_of(amount, parent)",
            id="of the group above",
        ),
        pytest.param(
            {
                (): None, ("East",): None, ("East", "Kyoto"): "30.0", ("East", "Nara"): "60.0",
                ("West",): None, ("West", "Kobe"): "40.0", (None,): None, (None, "Kobe"): None,
            },
            "running(amount)",
            id="running along the last level, from the start in each group",
        ),
    ],
)  # fmt: skip
def test_a_share_is_known_on_every_level(org: Org, expected: dict[tuple[Any, ...], str | None], share: str) -> None:
    assert {key: number(value) for key, value in expected.items()} == shares(org, share)


def test_a_share_of_nothing_is_null(org: Org) -> None:
    nothing = shares(org, "percent_of(amount)", where="Region = 'North'")
    above = shares(org, "percent_of(amount, parent)", where="Amount = null")

    assert {(): None} == nothing
    assert {None} == set(above.values())


def test_a_share_of_zero_is_null(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["City"], "measures": {"zero": "sum(Amount) * 0", "part": "percent_of(zero)"}}

    result = org.report(asked).run()

    assert {None} == {group.measures["part"] for group in result.groups}
    assert (Decimal(0), None) == (result.totals["zero"], result.totals["part"])


def test_a_division_by_zero_is_null_and_a_blank_to_other_measures(org: Org) -> None:
    measures = {"ratio": "sum(Amount) / (count() - 1)", "twice": "ratio * 2", "part": "percent_of(ratio)"}

    found = {row["City"]: row for row in org.report({"from": "Deal", "rows": ["City"], "measures": measures}).run()}

    assert (None, Decimal(0), None) == (found["Nara"]["ratio"], found["Nara"]["twice"], found["Nara"]["part"])
    assert (Decimal(20), Decimal(40)) == (found["Kobe"]["ratio"], found["Kobe"]["twice"])


def test_shares_add_up_though_each_is_rounded_where_it_is_shown(org: Org) -> None:
    measures = {"n": "count()", "part": {"value": "percent_of(n)", "scale": 2}}

    found = org.report({"from": "Deal", "rows": ["Region"], "measures": measures}).run()

    assert [Decimal("16.67"), Decimal("50.00"), Decimal("33.33")] == [row["part"] for row in found]
    assert Decimal("100.00") == found.totals["part"]


def test_a_share_may_be_declared_before_what_it_is_a_share_of(org: Org) -> None:
    measures = {"part": {"value": "percent_of(n)", "scale": 0}, "n": "count()"}

    found = org.report({"from": "Deal", "rows": ["Stage"], "measures": measures}).run()

    assert [{"Stage": "Open", "part": Decimal(50), "n": 3}, {"Stage": "Won", "part": Decimal(50), "n": 3}] == list(
        found
    )


def test_running_totals_follow_the_order_that_is_shown(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Stage"], "measures": {"amount": "sum(Amount)", "so_far": "running(amount)"}}

    up = org.report({**asked, "sort": ["amount"]}).run()
    down = org.report({**asked, "sort": ["-amount"]}).run()

    assert [("Open", 40), ("Won", 100)] == [(row["Stage"], row["so_far"]) for row in up]
    assert [("Won", 60), ("Open", 100)] == [(row["Stage"], row["so_far"]) for row in down]


def test_a_running_total_stays_where_a_group_has_nothing(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Region"], "measures": {"amount": "sum(Amount)", "so_far": "running(amount)"}}

    first = org.report(asked).run()
    last = org.report({**asked, "sort": ["-Region"]}).run()

    assert [None, 60, 100] == [row["so_far"] for row in first]
    assert [40, 100, 100] == [row["so_far"] for row in last]


def test_a_limit_cuts_neither_shares_nor_running_totals(org: Org) -> None:
    measures = {"amount": "sum(Amount)", "part": {"value": "percent_of(amount)", "scale": 0}}
    asked = {"from": "Deal", "rows": ["Region"], "measures": {**measures, "so_far": "running(amount)"}}

    [only] = org.report({**asked, "sort": ["-amount"], "limit": 1}).run()

    assert {"Region": "East", "amount": 60, "part": 60, "so_far": 60} == only


def test_in_a_matrix_the_whole_is_everything_and_the_parent_is_in_the_same_column(org: Org) -> None:
    measures = {
        "amount": "sum(Amount)",
        "part": {"value": "percent_of(amount)", "scale": 0},
        "of_parent": {"value": "percent_of(amount, parent)", "scale": 0},
        "so_far": "running(amount)",
    }

    result = org.report({**BY_CITY, "across": ["Stage"], "measures": measures}).run()

    def shown(cell: Any) -> tuple[Any, ...]:
        return tuple(cell[name] for name in ("amount", "part", "of_parent", "so_far"))

    east = next(group for group in result.groups if group.value == "East")
    kyoto, nara = east.groups
    assert (100, 100, 100, None) == shown(result.totals)
    assert {("Open",): (40, 40, 40, None), ("Won",): (60, 60, 60, None)} == {
        key: (cell["amount"], cell["part"], cell["part"], cell["so_far"]) for key, cell in result.across.items()
    }
    assert {("Open",): (40, 40, 100, None), ("Won",): (20, 20, 33, None)} == {
        key: shown(cell) for key, cell in east.across.items()
    }
    assert {("Open",): (10, 10, 25, 10), ("Won",): (20, 20, 100, 20)} == {
        key: shown(cell) for key, cell in kyoto.across.items()
    }
    assert {("Open",): (30, 30, 75, 40)} == {key: shown(cell) for key, cell in nara.across.items()}
    assert [(30, 30, 50, 30), (30, 30, 50, 60)] == [shown(group.measures) for group in (kyoto, nara)]


def test_a_share_of_what_having_left_is_of_what_having_left(org: Org) -> None:
    found = shares(org, "percent_of(amount)", having="amount >= 40")

    assert {(): Decimal(100), ("West",): Decimal(100), ("West", "Kobe"): Decimal(100)} == found
