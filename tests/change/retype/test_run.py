from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from retyped_tables import IDS, KEY, ZONE, Retyped, account, field

from objectforge.change.conversion.matrix import conversion
from objectforge.change.retype import failures as failures_module
from objectforge.change.retype import postgresql as retype_postgresql
from objectforge.change.retype import sqlite as retype_sqlite
from objectforge.change.retype.column_change import ColumnChange
from objectforge.change.retype.failures import Failure, ValuesRefused, each_failure, find_failures
from objectforge.change.retype.run import retype
from objectforge.metadata.fields.base import FieldType
from objectforge.storage.ddl import AddColumn
from objectforge.values.ids import make_id

YES_NO = {"values": ["Yes", "No"]}
ACCOUNT_1, ACCOUNT_2 = IDS.format(account(1)), IDS.format(account(2))
BOTH = ("Account", "Contact")

CASES = [
    pytest.param(
        field("text"),
        field("number"),
        ["5", "5.1", "-0.01", "1e3", "+7", "9999999999999999.99", None],
        [
            Decimal("5.00"),
            Decimal("5.10"),
            Decimal("-0.01"),
            Decimal("1000.00"),
            Decimal("7.00"),
            Decimal("9999999999999999.99"),
            None,
        ],
        id="text to number",
    ),
    pytest.param(field("text"), field("integer"), ["0", "007", "-12", "3.0"], [0, 7, -12, 3], id="text to integer"),
    pytest.param(
        field("number"),
        field("text"),
        [Decimal("5.00"), Decimal("-0.05"), Decimal("0.10"), Decimal("12345.67"), None],
        ["5.00", "-0.05", "0.10", "12345.67", None],
        id="number to text",
    ),
    pytest.param(
        field("number"),
        field("currency", scale=4),
        [Decimal("5.00"), Decimal("-0.05"), None],
        [Decimal("5.0000"), Decimal("-0.0500"), None],
        id="scale up",
    ),
    pytest.param(
        field("percent", scale=4),
        field("number", scale=1),
        [Decimal("20.5000"), Decimal("-0.1000"), None],
        [Decimal("20.5"), Decimal("-0.1"), None],
        id="scale down",
    ),
    pytest.param(field("integer"), field("number"), [5, -7, None], [Decimal("5.00"), Decimal("-7.00"), None], id="int"),
    pytest.param(
        field("number"), field("integer"), [Decimal("5.00"), Decimal("-7.00"), None], [5, -7, None], id="to int"
    ),
    pytest.param(field("integer"), field("text"), [5, -7, None], ["5", "-7", None], id="integer to text"),
    pytest.param(
        field("text"),
        field("picklist", **YES_NO),
        ["yes", "NO", "Yes", None],
        ["Yes", "No", "Yes", None],
        id="text to picklist",
    ),
    pytest.param(
        field("picklist", **YES_NO),
        field("picklist", values=["YES", "No"]),
        ["Yes", "No", None],
        ["YES", "No", None],
        id="another spelling",
    ),
    pytest.param(
        field("picklist", **YES_NO), field("checkbox"), ["Yes", "No", None], [True, False, False], id="to checkbox"
    ),
    pytest.param(field("checkbox"), field("picklist", **YES_NO), [True, False], ["Yes", "No"], id="from checkbox"),
    pytest.param(field("integer"), field("checkbox"), [1, 0, None], [True, False, False], id="integer to checkbox"),
    pytest.param(field("checkbox"), field("integer"), [True, False], [1, 0], id="checkbox to integer"),
    pytest.param(
        field("checkbox"), field("number"), [True, False], [Decimal("1.00"), Decimal("0.00")], id="checkbox to number"
    ),
    pytest.param(
        field("date"),
        field("datetime"),
        [date(2026, 4, 1), None],
        [datetime(2026, 3, 31, 15, tzinfo=UTC), None],
        id="date to datetime",
    ),
    pytest.param(
        field("datetime"),
        field("date"),
        [datetime(2026, 3, 31, 15, tzinfo=UTC), None],
        [date(2026, 4, 1), None],
        id="datetime to date",
    ),
    pytest.param(field("date"), field("text"), [date(2026, 4, 1), None], ["2026-04-01", None], id="date to text"),
    pytest.param(
        field("text"),
        field("date"),
        ["2026/4/1", "2026-04-02"],
        [date(2026, 4, 1), date(2026, 4, 2)],
        id="text to date",
    ),
    pytest.param(field("time"), field("text"), [time(9, 30, 0, 1), None], ["09:30:00.000001", None], id="time to text"),
    pytest.param(field("text"), field("time"), ["9:30"], [time(9, 30)], id="text to time"),
    pytest.param(
        field("datetime"),
        field("text"),
        [datetime(2026, 4, 1, tzinfo=UTC)],
        ["2026-04-01T00:00:00Z"],
        id="datetime to text",
    ),
    pytest.param(
        field("text"), field("json"), ['{"a":  1}', "true", "1", "1.0"], [{"a": 1}, True, 1, 1.0], id="text to json"
    ),
    pytest.param(
        field("json"),
        field("text"),
        [{"a%b": [1]}, "x", True, 1, 1.0],
        ['{"a%b": [1]}', '"x"', "true", "1", "1.0"],
        id="json to text",
    ),
    pytest.param(
        field("text"),
        field("lookup"),
        [ACCOUNT_1, ACCOUNT_2[:15], None],
        [account(1), account(2), None],
        id="text to lookup",
    ),
    pytest.param(field("lookup"), field("text"), [account(1), None], [ACCOUNT_1, None], id="lookup to text"),
    pytest.param(field("lookup"), field("lookup", to=BOTH), [account(1), None], [account(1), None], id="wider"),
    pytest.param(field("lookup", to=BOTH), field("lookup"), [account(1), None], [account(1), None], id="narrower"),
    pytest.param(field("lookup"), field("master_detail"), [account(1)], [account(1)], id="lookup to master_detail"),
    pytest.param(
        field("textarea"),
        field("email"),
        ["a%@example.com", "a'b@example.com", None],
        ["a%@example.com", "a'b@example.com", None],
        id="textarea to email",
    ),
    pytest.param(
        field("text"),
        field("multipicklist", values=["50% off", "a'b\\c", "株式会社"]),
        ["株式会社;50% OFF", "A'B\\C", None],
        ["50% off;株式会社", "a'b\\c", None],
        id="odd characters",
    ),
]


@pytest.mark.parametrize(("before", "after", "values", "expected"), CASES)
def test_a_column_converts_on_every_engine(
    engine: sa.Engine, before: FieldType, after: FieldType, values: list[Any], expected: list[Any]
) -> None:
    column = Retyped(engine, before, after)
    column.insert(values)
    column.insert(values, first=100, deleted=True)

    column.retype()

    assert expected * 2 == column.values()
    assert {"id", "is_deleted", "name", "value"} == column.columns().keys()
    found = column.keys()
    assert ([(KEY, "account")] if column.change.key_after else []) == found


@pytest.mark.parametrize(("before", "after", "values", "expected"), CASES)
def test_a_column_converts_in_parts_where_its_values_are_too_many(
    engine: sa.Engine,
    monkeypatch: pytest.MonkeyPatch,
    before: FieldType,
    after: FieldType,
    values: list[Any],
    expected: list[Any],
) -> None:
    monkeypatch.setattr(retype_postgresql, "_MOST_DISTINCT", 0)
    monkeypatch.setattr(retype_postgresql, "_CHUNK", 2)
    monkeypatch.setattr(retype_sqlite, "_CHUNK", 2)
    monkeypatch.setattr(failures_module, "_CHUNK", 2)
    column = Retyped(engine, before, after)
    column.insert(values)

    column.retype()

    assert expected == column.values()
    assert {"id", "is_deleted", "name", "value"} == column.columns().keys()


def test_only_records_whose_spelling_changes_are_written(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("picklist", **YES_NO))
    column.insert(["Yes", "yes", "No", None])

    assert column.retype() == 1


def test_a_length_lowered_touches_no_record(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("text", length=3))
    column.insert(["abc", None])

    assert column.retype() == 0
    assert column.values() == ["abc", None]


def test_values_that_do_not_convert_are_told_with_their_records(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert([str(number) if number % 2 else "odd" for number in range(100)])
    column.insert(["gone"], first=500, deleted=True)

    with column.engine.connect() as connection:
        found = find_failures(connection, column.change, column.outcome)
        every = list(each_failure(connection, column.change, column.outcome))

    assert found.count == len(every) == 51
    assert (20, Failure(make_id(2, 1), "odd", "not a number")) == (len(found.first), found.first[0])
    in_bin = "not a number (the record is in the recycle bin)"
    assert Failure(make_id(2, 500), "gone", in_bin) == every[-1]


@pytest.mark.parametrize(
    ("reason", "before", "after", "value"),
    [
        pytest.param("not a number", field("text"), field("number"), "odd", id="no number"),
        pytest.param(
            "more than 1 decimal places", field("number"), field("number", scale=1), Decimal("0.01"), id="scale"
        ),
        pytest.param("too large", field("number"), field("number", precision=3), Decimal("10.00"), id="precision"),
        pytest.param("more than 0 decimal", field("number"), field("number", scale=0), Decimal("1.50"), id="down"),
        pytest.param("at most 3", field("text"), field("text", length=3), "four", id="length"),
        pytest.param("not one of the values", field("text"), field("picklist", **YES_NO), "Perhaps", id="choice"),
        pytest.param("no such record", field("text"), field("lookup"), IDS.format(account(9)), id="no parent"),
        pytest.param("recycle bin", field("text"), field("lookup"), IDS.format(account(3)), id="a parent in the bin"),
        pytest.param("of Contact", field("lookup", to=BOTH), field("lookup"), make_id(2, 1), id="another object"),
        pytest.param("no such record", field("lookup", to=BOTH), field("lookup"), account(9), id="no parent any more"),
        pytest.param("a detail needs", field("lookup"), field("master_detail"), None, id="no master"),
    ],
)
def test_a_value_that_does_not_convert_stops_it_and_nothing_is_changed(
    engine: sa.Engine, reason: str, before: FieldType, after: FieldType, value: Any
) -> None:
    column = Retyped(engine, before, after)
    column.insert([value])
    columns, keys = column.columns(), column.keys()

    with pytest.raises(ValuesRefused) as refused:
        column.retype()

    assert (1, make_id(2, 1)) == (refused.value.failures.count, refused.value.failures.first[0].id)
    assert reason in refused.value.failures.first[0].reason
    assert [value] == column.values(before)
    assert (columns, keys) == (column.columns(), column.keys())


def test_a_new_checkbox_is_false_for_records_to_come(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("checkbox"))
    column.retype()
    with column.engine.begin() as connection:
        connection.execute(sa.insert(column.table), [{"id": make_id(2, 1), "is_deleted": False}])

    assert [False] == column.values()


def test_a_default_of_the_old_type_does_not_stay(engine: sa.Engine) -> None:
    column = Retyped(engine, field("checkbox"), field("number"))
    column.retype()
    with column.engine.begin() as connection:
        connection.execute(sa.insert(column.table), [{"id": make_id(2, 1), "is_deleted": False}])

    assert [None] == column.values()


def test_progress_is_told(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["1"] * 5)
    told: list[tuple[int, int]] = []

    column.retype(lambda done, total: told.append((done, total)))

    assert (5, 5) == told[-1]


def test_a_rolled_back_retype_leaves_nothing(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["1", "2"])
    before = column.columns()

    with column.engine.connect() as connection, connection.begin() as transaction:
        retype(connection, column.change, column.outcome)
        transaction.rollback()

    assert before == column.columns()
    assert ["1", "2"] == column.values(column.before)


def test_children_stay_when_a_column_of_their_parent_converts(engine: sa.Engine) -> None:
    column = Retyped(engine, field("lookup"), field("text"))
    column.insert([account(1), account(2)])
    wide = sa.Table("account", sa.MetaData(), sa.Column("label", sa.Text()))
    parents = ColumnChange("account", "label", field("text"), field("number"))

    with column.engine.begin() as connection:
        connection.execute(AddColumn(wide, wide.c.label, None))
        retype(connection, parents, conversion(parents.before, parents.after, ZONE))

    assert [account(1), account(2)] == column.values(column.before)
    assert [(KEY, "account")] == column.keys()
