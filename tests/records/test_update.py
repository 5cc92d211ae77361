from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from worlds import START, World, codes

from objectforge.errors.exceptions import Conflict, RecordInvalid

YAML = """
objects:
  Deal:
    fields:
      Code: {type: text, unique: true, external_id: true}
      Stage:
        - {value: New, sets: {Chance: 10}}
        - {value: Won, sets: {Chance: 100}}
        - {value: Old, active: false}
      Chance: percent
      Amount: currency
      ParentId: {type: lookup, to: Deal, hierarchy: true}
    validations:
      shrinking: {error_if: "Amount < 0", message: Negative}
  Line:
    fields:
      DealId: {type: master_detail, to: Deal}
  Note:
    fields:
      DealId: {type: master_detail, to: Deal, reparentable: true}
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML)


def test_an_update_touches_what_is_given_and_the_stamps(org: World) -> None:
    id_ = org.one("Deal", Name="A", Amount=5, Chance=7)
    (result,) = org.update("Deal", {"Id": id_, "amount": "6"})
    assert (result.ok, result.id, result.created) == (True, id_, False)
    record = org.get(id_)
    assert (record.Name, record.Amount, record.Chance) == ("A", Decimal("6.00"), Decimal("7.00"))
    assert record.CreatedDate == START
    assert record.LastModifiedDate == record.SystemModstamp == START + timedelta(seconds=1)


def test_the_stamp_rises_even_when_the_clock_does_not(org: World) -> None:
    id_ = org.one("Deal", Name="A")
    org.now = START - timedelta(days=1)
    org.update("Deal", {"Id": id_, "Name": "B"})
    assert org.get(id_).SystemModstamp == START + timedelta(microseconds=1)


def test_a_picklist_sets_other_fields_only_when_it_changes(org: World) -> None:
    id_ = org.one("Deal", Name="A", Stage="New")
    org.update("Deal", {"Id": id_, "Chance": 50})
    org.update("Deal", {"Id": id_, "Stage": "New"})
    assert org.get(id_).Chance == Decimal("50.00")
    org.update("Deal", {"Id": id_, "Stage": "Won"})
    assert org.get(id_).Chance == Decimal("100.00")
    org.update("Deal", {"Id": id_, "Stage": "New", "Chance": 1})
    assert org.get(id_).Chance == Decimal("1.00")


def test_a_whole_record_can_be_written_back(org: World) -> None:
    id_ = org.one("Deal", Name="A", Amount=1)
    org.update("Deal", {**org.get(id_), "Amount": 2})
    assert org.get(id_).Amount == Decimal("2.00")


def test_a_stale_record_is_a_conflict(org: World) -> None:
    id_ = org.one("Deal", Name="A")
    read = org.get(id_)
    org.update("Deal", {"Id": id_, "Name": "B"})
    stale = {"Id": id_, "Name": "C", "SystemModstamp": read.SystemModstamp}
    with pytest.raises(Conflict, match="changed by someone else"):
        org.update("Deal", stale)
    (result,) = org.update("Deal", stale, partial=True)
    assert codes(result.errors) == [("", "ENTITY_IS_LOCKED")]
    org.update("Deal", {"Id": id_, "Name": "C", "SystemModstamp": org.get(id_).SystemModstamp})
    assert org.get(id_).Name == "C"


def test_rows_about_no_living_record_are_refused(org: World) -> None:
    gone, there = org.one("Deal", Name="A"), org.one("Deal", Name="B")
    org.delete("Deal", gone)
    none = org.registry.ids.format(org.registry.ids.parse(there) + 50)
    rows = [
        {"Id": gone, "Name": "x"},
        {"Id": none, "Name": "x"},
        {"Name": "x"},
        {"Id": "abc", "Name": "x"},
        {"Id": org.user, "Name": "x"},
        {"Id": there, "Name": "y"},
        {"Id": there, "Name": "z"},
    ]
    results = org.update("Deal", *rows, partial=True)
    assert [result.errors[0].code if result.errors else None for result in results] == [
        "ENTITY_IS_DELETED",
        "INVALID_CROSS_REFERENCE_KEY",
        "MISSING_ARGUMENT",
        "MALFORMED_ID",
        "INVALID_CROSS_REFERENCE_KEY",
        None,
        "DUPLICATE_VALUE",
    ]
    assert org.get(there).Name == "y"
    with pytest.raises(RecordInvalid):
        org.update("Deal", *rows)


def test_unique_values_may_stay_and_may_not_be_taken(org: World) -> None:
    a, b = org.one("Deal", Name="A", Code="a"), org.one("Deal", Name="B", Code="b")
    org.update("Deal", {"Id": a, "Code": "A"}, {"Id": b, "Name": "B2"})
    (result,) = org.update("Deal", {"Id": a, "Code": "B"}, partial=True)
    assert codes(result.errors) == [("Code", "DUPLICATE_VALUE")]
    assert b in result.errors[0].message


def test_a_hierarchy_has_no_circles_not_even_by_two_changes_at_once(org: World) -> None:
    a = org.one("Deal", Name="A")
    b = org.one("Deal", Name="B", ParentId=a)
    c = org.one("Deal", Name="C", ParentId=b)
    (result,) = org.update("Deal", {"Id": a, "ParentId": c}, partial=True)
    assert codes(result.errors) == [("ParentId", "CIRCULAR_DEPENDENCY")]
    (result,) = org.update("Deal", {"Id": a, "ParentId": a}, partial=True)
    assert codes(result.errors) == [("ParentId", "CIRCULAR_DEPENDENCY")]
    x, y = org.one("Deal", Name="X"), org.one("Deal", Name="Y")
    results = org.update("Deal", {"Id": x, "ParentId": y}, {"Id": y, "ParentId": x}, partial=True)
    assert [result.ok for result in results] == [False, False]


def test_a_master_stays_unless_it_may_change(org: World) -> None:
    other = org.one("User", Name="Other", Username="other")
    a, b = org.one("Deal", Name="A"), org.one("Deal", Name="B", OwnerId=other)
    line, note = org.one("Line", Name="L", DealId=a), org.one("Note", Name="N", DealId=a)
    (result,) = org.update("Line", {"Id": line, "DealId": b}, partial=True)
    assert codes(result.errors) == [("DealId", "INVALID_FIELD_FOR_INSERT_UPDATE")]
    (result,) = org.update("Line", {"Id": line, "DealId": None}, partial=True)
    assert codes(result.errors) == [("DealId", "REQUIRED_FIELD_MISSING")]
    org.update("Note", {"Id": note, "DealId": b})
    assert org.get(note).OwnerId == other


def test_upsert_creates_and_changes_by_a_unique_value(org: World) -> None:
    a = org.one("Deal", Name="A", Code="a")
    results = org.upsert("Deal", {"Code": "A", "Amount": 1}, {"Code": "b", "Name": "B"}, by="code")
    assert [(result.ok, result.created) for result in results] == [(True, False), (True, True)]
    assert results[0].id == a
    assert org.get(a).Amount == Decimal("1.00")


def test_upsert_names_keys_that_are_missing_double_or_wrong(org: World) -> None:
    rows = [{"Code": "x", "Name": "X"}, {"Code": "X", "Name": "X2"}, {"Name": "Y"}, {"Code": "z\x00", "Name": "Z"}]
    results = org.upsert("Deal", *rows, by="Code", partial=True)
    assert [codes(result.errors) for result in results] == [
        [],
        [("Code", "DUPLICATE_VALUE")],
        [("Code", "MISSING_ARGUMENT")],
        [("Code", "INVALID_TYPE_ON_FIELD_IN_RECORD")],
    ]
    with pytest.raises(ValueError, match="a unique field or external id can: Id, Code"):
        org.upsert("Deal", *rows, by="Name")


def test_upsert_by_id(org: World) -> None:
    a = org.one("Deal", Name="A")
    results = org.upsert("Deal", {"Id": a, "Name": "A2"}, {"Name": "B"}, by="Id")
    assert [result.created for result in results] == [False, True]
