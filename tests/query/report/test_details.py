"""`group.details()`: the records behind a group on every level, whatever its key is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.query.report.data import Group
from objectforge.testing.temp import temp_org
from objectforge.values.clock import FixedClock

METADATA = """
settings: {org: {name: Details, timezone: America/New_York, fiscal_year: {start: 10}}}
objects:
  Item: {fields: {Price: currency}}
  Firm: {fields: {City: text, Code: {type: text, case_sensitive: true}}}
  Deal:
    fields:
      FirmId: {type: lookup, to: Firm, children: Deals}
      ItemId: {type: lookup, to: Item, children: Deals}
      Amount: currency
      Fine: {type: number, precision: 18, scale: 9}
      Won: checkbox
      Closes: date
      Seen: datetime
      Hour: time
      Stage: [Open, Won, Lost]
      Kinds: {type: multipicklist, values: [Red, Blue]}
      Twice: {type: formula, returns: currency, formula: Amount * 2}
  Visit: {fields: {FirmId: {type: lookup, to: Firm, children: Visits}}}
"""
NOW = FixedClock(datetime(2026, 4, 15, 12, tzinfo=UTC))
FIRMS = {"a": ("Osaka", "x"), "b": ("OSAKA", "X"), "c": (None, None), "d": ("-", "-"), "e": ("Kobe", "k")}
DEALS: list[dict[str, Any]] = [
    {"FirmId": "a", "ItemId": "pen", "Amount": "10", "Fine": "0.000000001", "Won": True, "Closes": "2025-09-30",
     "Seen": "2025-10-01T03:59:59Z", "Hour": "09:00", "Stage": "Open", "Kinds": "Red"},
    {"FirmId": "a", "ItemId": "ink", "Amount": "20.00", "Fine": "1", "Won": False, "Closes": "2025-10-01",
     "Seen": "2025-10-01T04:00:00Z", "Hour": "09:00:00", "Stage": "Won", "Kinds": "Red;Blue"},
    {"FirmId": "b", "ItemId": "ink", "Amount": "20", "Fine": "1.000000000", "Won": True, "Closes": "2026-01-01",
     "Seen": "2026-03-08T06:59:59Z", "Hour": "23:59:59", "Stage": "Lost", "Kinds": "Blue;Red"},
    {"FirmId": "c", "Amount": "30.01", "Closes": "2026-01-31", "Seen": "2026-03-08T07:00:00Z"},
    {"FirmId": "d", "ItemId": "pen", "Stage": "Open"},
    {"Amount": "-1", "Won": True, "Closes": "2026-12-31", "Stage": "Lost"},
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url, clock=NOW) as made:
        ids = {name: made["Item"].create(Name=name).Id for name in ("pen", "ink")}
        for name, (city, code) in FIRMS.items():
            ids[name] = made["Firm"].create(Name=name, City=city, Code=code).Id
        for number, deal in enumerate(DEALS):
            values = deal | {key: ids[deal[key]] for key in ("FirmId", "ItemId") if key in deal}
            made["Deal"].create(Name=f"d{number}", **values)
        made["Visit"].create_many([{"Name": f"v{number}", "FirmId": ids["a"]} for number in range(3)])
        yield made


def every(groups: Iterable[Group]) -> Iterator[Group]:
    for group in groups:
        yield group
        yield from every(group.groups)


def names(group: Group) -> list[str]:
    return sorted(row["Name"] for row in group.details())


KEYS = [
    pytest.param({"field": "Stage"}, id="picklist"),
    pytest.param({"field": "Kinds"}, id="multipicklist"),
    pytest.param({"field": "Firm.City"}, id="text that folds"),
    pytest.param({"field": "Firm.Code"}, id="text letter by letter"),
    pytest.param({"field": "FirmId"}, id="lookup"),
    pytest.param({"field": "Amount"}, id="currency"),
    pytest.param({"field": "Fine"}, id="number of nine places"),
    pytest.param({"field": "Twice"}, id="formula"),
    pytest.param({"field": "Won"}, id="checkbox"),
    pytest.param({"field": "Closes"}, id="date"),
    pytest.param({"field": "Seen"}, id="datetime"),
    pytest.param({"field": "Hour"}, id="time"),
    pytest.param({"field": "Amount", "bucket": [10, 20], "labels": ["S", "M", "L"]}, id="ranges"),
    pytest.param({"field": "Closes", "bucket": ["2025-10-01"], "labels": ["old", "new"]}, id="ranges of dates"),
    pytest.param({"field": "Stage", "bucket": {"Done": ["Won", "Lost"]}, "other": "Rest"}, id="bucket and rest"),
    pytest.param({"field": "Stage", "bucket": {"Done": ["Won", "Lost"]}}, id="bucket and the others as they are"),
    pytest.param({"field": "Firm.City", "bucket": {"West": ["osaka"]}}, id="bucket of texts"),
    *(
        pytest.param({"field": "Closes", "by": grain}, id=f"{grain} of a date")
        for grain in ("week", "month", "fiscal_quarter", "day_in_week")
    ),
]
INSTANTS = [
    pytest.param({"field": "Seen", "by": grain}, id=f"{grain} of a datetime")
    for grain in ("day", "fiscal_year", "hour_in_day", "fiscal_month_in_year")
]


@pytest.mark.parametrize("key", KEYS + INSTANTS)
def test_the_groups_of_a_key_hold_every_record_once(org: Org, key: dict[str, Any]) -> None:
    asked = {"from": "Deal", "rows": [{**key, "as": "key"}], "columns": ["Name"], "measures": {"n": "count()"}}

    groups = org.report(asked).run().groups

    assert [group.measures["n"] for group in groups] == [len(group.details()) for group in groups]
    assert [f"d{number}" for number in range(len(DEALS))] == sorted(name for group in groups for name in names(group))


@pytest.mark.parametrize("key", KEYS[::3])
def test_below_another_key_a_group_holds_what_is_in_both(org: Org, key: dict[str, Any]) -> None:
    rows = [{"field": "Firm.City", "as": "top"}, {**key, "as": "key"}]

    top = org.report({"from": "Deal", "rows": rows, "columns": ["Name"], "measures": {"n": "count()"}}).run().groups

    assert [group.measures["n"] for group in every(top)] == [len(group.details()) for group in every(top)]
    for group in top:
        assert names(group) == sorted(name for below in group.groups for name in names(below))


def test_of_each_level_there_are_details(org: Org) -> None:
    rows = ["Firm.City", {"field": "Closes", "by": "year", "as": "year"}, "Stage"]
    top = org.report({"from": "Deal", "rows": rows, "columns": ["Name"], "measures": {"n": "count()"}}).run().groups

    osaka = next(group for group in top if group.label == "OSAKA")
    last = osaka.groups[0]

    assert ["d0", "d1", "d2"] == names(osaka)
    assert (["d0", "d1"], 2025) == (names(last), last.value.year)
    assert [["d0"], ["d1"]] == [names(group) for group in last.groups]


def test_a_group_of_nothing_holds_the_records_without_a_value(org: Org) -> None:
    rows = ["Firm.City", "ItemId"]
    [nothing, *_] = org.report({"from": "Deal", "rows": rows, "columns": ["Name"]}).run().groups

    assert (None, ["d3", "d5"]) == (nothing.value, names(nothing))
    assert [(None, ["d3", "d5"])] == [(group.value, names(group)) for group in nothing.groups]


def test_a_detail_row_is_a_record_with_the_columns_asked_for(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Stage"], "columns": ["Name", "Firm.City", "Amount"]}
    group = org.report({**asked, "measures": {"n": "count()"}}).run().groups[2]

    assert [{"Name": "d1", "Firm.City": "Osaka", "Amount": 20}] == [dict(row) for row in group.details()]


def test_a_join_that_no_column_shows_repeats_no_row(org: Org) -> None:
    asked = {"from": "Firm", "joins": {"Deals": "inner", "Visits": "outer"}, "measures": {"n": "count()"}}

    groups = org.report({**asked, "rows": ["City"], "columns": ["Name"]}).run().groups
    by_stage = org.report({**asked, "rows": ["Deals.Stage"], "columns": ["Name"]}).run().groups

    assert [(None, 1, ["c"]), ("-", 1, ["d"]), ("OSAKA", 7, ["a", "b"])] == [
        (group.value, group.measures["n"], names(group)) for group in groups
    ]
    assert [["c"], ["a", "d"], ["a"], ["b"]] == [names(group) for group in by_stage]


def test_a_missing_outer_record_is_null_in_its_row(org: Org) -> None:
    asked = {"from": "Firm", "joins": {"Deals": "outer"}, "rows": ["Deals.Stage"], "columns": ["Name", "Deals.Name"]}

    [nothing, *_] = org.report({**asked, "measures": {"n": "count()"}}).run().groups

    assert [("c", "d3"), ("e", None)] == sorted((row["Name"], row["Deals.Name"]) for row in nothing.details())


def test_what_having_refused_is_in_no_details(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Stage", "Firm.City"], "columns": ["Name"], "measures": {"n": "count()"}}

    groups = org.report({**asked, "where": "Amount != 20", "having": "n = 1", "sort": ["Stage"]}).run().groups

    assert [(None, ["d3"]), ("Open", ["d0", "d4"]), ("Lost", ["d5"])] == [(each.value, names(each)) for each in groups]


def test_a_limit_leaves_the_details_of_what_it_shows_whole(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Firm.City"], "columns": ["Name"], "measures": {"n": "count()"}}

    result = org.report({**asked, "sort": ["-n"], "limit": 1}).run()

    assert (True, [["d0", "d1", "d2"]]) == (result.limited, [names(group) for group in result.groups])


def test_the_rows_of_a_matrix_have_details_over_all_columns(org: Org) -> None:
    asked = {"from": "Deal", "rows": ["Firm.City"], "across": ["Stage"], "columns": ["Name"]}

    groups = org.report({**asked, "measures": {"n": "count()"}}).run().groups

    assert [["d3", "d5"], ["d4"], ["d0", "d1", "d2"]] == [names(group) for group in groups]


def test_the_hours_of_a_zone_are_written_once(org: Org) -> None:
    asked = {"from": "Deal", "rows": [{"field": "Seen", "by": "fiscal_year", "as": "year"}], "columns": ["Name"]}
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    groups = org.report(asked).run().groups
    sa.event.listen(org.engine, "before_cursor_execute", note)
    found = [names(group) for group in groups]
    sa.event.remove(org.engine, "before_cursor_execute", note)

    assert [["d4", "d5"], ["d0"], ["d1", "d2", "d3"]] == found
    assert max(len(text) for text in seen) < 100_000


def test_details_keep_the_parameters_and_the_moment_of_the_run() -> None:
    times = iter([datetime(2026, 4, 15, tzinfo=UTC)] * 2 + [datetime(2030, 1, 1, tzinfo=UTC)] * 9)
    with temp_org(Metadata.parse(METADATA), clock=NOW) as made:
        made["Deal"].create(Name="now", Closes="2026-04-15", Amount=5)
        made["Deal"].create(Name="small", Closes="2026-04-15", Amount=1)
        made._core.clock = lambda: next(times)
        asked = {
            "from": "Deal", "rows": ["Stage"], "columns": ["Name"], "params": {"least": "currency"},
            "where": "Closes = THIS_YEAR AND Amount >= :least",
        }  # fmt: skip
        [group] = made.report(asked).run(least=2).groups

        assert ["now"] == names(group) == names(group)
