from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from worlds import World, codes

from objectforge.errors.exceptions import RecordInvalid
from objectforge.records.create import create
from objectforge.records.hooks import HookFailed, HookRow

YAML = """
objects:
  Deal:
    fields:
      Amount: currency
      Stage: [{value: New, sets: {Chance: 10}}, {value: Won, sets: {Chance: 100}}]
      Chance: percent
  Line:
    fields: {DealId: {type: master_detail, to: Deal}}
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML)


def test_a_before_hook_changes_values_which_are_judged_like_others(org: World) -> None:
    @org.hooks.on("deal", "before", "create")
    def fill(row: HookRow) -> None:
        row["name"] = row["Name"].upper()
        row["Amount"] = "12.5"
        row["Stage"] = "won"

    record = org.get(org.one("Deal", Name="acme"))
    assert (record.Name, record.Amount, record.Stage, record.Chance) == (
        "ACME",
        Decimal("12.50"),
        "Won",
        Decimal("100.00"),
    )

    @org.hooks.on("Deal", "before", "create")
    def spoil(row: HookRow) -> None:
        row["Amount"] = "a lot"

    (result,) = org.create("Deal", {"Name": "B"}, partial=True)
    assert codes(result.errors) == [("Amount", "INVALID_TYPE_ON_FIELD_IN_RECORD")]


def test_a_hook_refuses_with_its_own_words(org: World) -> None:
    @org.hooks.on("Deal", "before", "update")
    def never_less(row: HookRow) -> None:
        assert row.old is not None
        if row.changes("Amount") and row["Amount"] < row.old["Amount"]:
            row.refuse("It may only grow", "Amount")

    deal = org.one("Deal", Name="A", Amount=5)
    org.update("Deal", {"Id": deal, "Amount": 6})
    with pytest.raises(RecordInvalid, match="It may only grow") as caught:
        org.update("Deal", {"Id": deal, "Amount": 4})
    assert codes(caught.value.errors) == [("Amount", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")]


def test_rows_that_are_wrong_already_do_not_reach_hooks(org: World) -> None:
    seen: list[str] = []
    org.hooks.add("Deal", "before", "create", lambda row: seen.append(row["Name"]))
    org.create("Deal", {"Name": "A"}, {"Name": "B", "Amount": "x"}, partial=True)
    assert seen == ["A"]


def test_an_after_hook_sees_ids_and_writes_in_the_same_transaction(org: World) -> None:
    @org.hooks.on("Deal", "after", "create")
    def add_line(row: HookRow) -> None:
        with_context: Any = row.org.writing
        create(with_context, org.schema.objects["Line"], [{"Name": "first", "DealId": row["Id"]}], partial=False)

    with org.write() as writing:
        org.writing = writing
        create(writing, org.schema.objects["Deal"], [{"Name": "A"}], partial=False)
    assert [line.Name for line in org.all("Line")] == ["first"]


def test_a_hook_that_raises_is_named_and_rolls_back(org: World) -> None:
    def broken(row: HookRow) -> None:
        raise ZeroDivisionError("no")

    org.hooks.add("Deal", "after", "create", broken)
    with pytest.raises(HookFailed, match=r"broken \(after create of Deal\) failed: ZeroDivisionError: no") as caught:
        org.one("Deal", Name="A")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert org.all("Deal") == []


def test_an_after_hook_may_not_change_values(org: World) -> None:
    def late(row: HookRow) -> None:
        row["Name"] = "x"

    org.hooks.add("Deal", "after", "create", late)
    with pytest.raises(HookFailed, match="only hooks before create and update"):
        org.one("Deal", Name="A")


def test_after_commit_is_left_to_the_caller(org: World) -> None:
    seen: list[str] = []
    org.hooks.add("Deal", "after_commit", "create", lambda row: seen.append(row["Name"]))
    with org.write() as writing:
        create(writing, org.schema.objects["Deal"], [{"Name": "A"}], partial=False)
        assert seen == []
        later = list(writing.after_commit)
    for call in later:
        call()
    assert seen == ["A"]


def test_deleting_and_restoring_call_the_hooks_of_everything_that_goes(org: World) -> None:
    seen: list[tuple[str, str]] = []
    for name in ("Deal", "Line"):
        for phase in ("before", "after"):
            for event in ("delete", "restore"):
                key = (phase, event)
                org.hooks.add(name, phase, event, lambda row, key=key: seen.append((*key, row["Name"])))
    deal = org.one("Deal", Name="D")
    org.one("Line", Name="L", DealId=deal)
    org.delete("Deal", deal)
    org.restore("Deal", deal)
    assert seen == [
        ("before", "delete", "D"),
        ("before", "delete", "L"),
        ("after", "delete", "D"),
        ("after", "delete", "L"),
        ("before", "restore", "D"),
        ("before", "restore", "L"),
        ("after", "restore", "D"),
        ("after", "restore", "L"),
    ]


def test_a_hook_keeps_a_record_from_being_deleted(org: World) -> None:
    org.hooks.add("Line", "before", "delete", lambda row: row.refuse("This line stays"))
    deal = org.one("Deal", Name="D")
    org.one("Line", Name="L", DealId=deal)
    other = org.one("Deal", Name="E")
    with pytest.raises(RecordInvalid, match="This line stays"):
        org.delete("Deal", deal)
    results = org.delete("Deal", deal, other, partial=True)
    assert [result.ok for result in results] == [False, True]


def test_unknown_events_are_the_callers_mistake(org: World) -> None:
    with pytest.raises(ValueError, match="events are create"):
        org.hooks.add("Deal", "before", "insert", print)
