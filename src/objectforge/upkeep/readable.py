"""A field's type to the conditions that its column's values break: of another form, or beyond what the type allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.errors.issue import Severity
from objectforge.metadata.fields.base import FieldType
from objectforge.storage.registry import StoredField
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.upkeep.examination import RowCheck
from objectforge.values.instants import FIRST_DATE, LAST_DATE, to_micros
from objectforge.values.kinds import Kind, ValueType

__all__ = ["readable_checks"]

_DAY_MICROSECONDS = 86_400_000_000
# With a day to spare, for a date's first and last instants differ by zone.
_FIRST = datetime.combine(FIRST_DATE, time(), UTC) - timedelta(days=1)
_LAST = datetime.combine(LAST_DATE, time(), UTC) + timedelta(days=2)


def readable_checks(field: StoredField, name: str, column: sa.Column[Any], dialect: Dialect) -> Iterator[RowCheck]:
    """The checks of a column's values by the field's type, a held field's too."""
    if is_id(field.type):
        return
    declared = type_from_json(field.type)
    value_type = declared.value_type()
    unreadable = _sqlite(declared, column, dialect) if dialect.name == "sqlite" else _postgresql(value_type, column)
    if unreadable is not None:
        yield RowCheck(
            "unreadable_value", name, unreadable, f"with a value that no {declared.type_name} field can have",
            "it was written by hand: set the column to NULL, then give each record its value", column.name,
        )  # fmt: skip
    rules = declared.text_rules
    if rules is not None:
        yield RowCheck(
            "long_value", name, sa.func.length(column) > rules.length,
            f"with a text of more than the {rules.length} characters that the field takes",
            "shorten them, or make the field longer; whoever changes such a record next will have to", column.name,
            Severity.WARNING,
        )  # fmt: skip


def _sqlite(declared: FieldType, column: sa.Column[Any], dialect: Dialect) -> sa.ColumnElement[bool] | None:
    """SQLite takes anything into any column."""
    word = declared.column_type().compile(dialect=dialect).lower()
    form = sa.func.typeof(column).not_in((word, "null")) if word in ("integer", "text") else sa.false()
    beyond = _sqlite_beyond(declared.value_type(), sa.type_coerce(column, sa.BigInteger()), column)
    return form if beyond is None else sa.or_(form, beyond)


def _sqlite_beyond(
    value_type: ValueType, raw: sa.ColumnElement[int], column: sa.Column[Any]
) -> sa.ColumnElement[bool] | None:
    match value_type.kind:
        case Kind.NUMBER if value_type.digits <= 18:
            most = 10**value_type.digits
            return sa.or_(raw <= -most, raw >= most)
        case Kind.BOOLEAN:
            return raw.not_in((0, 1))
        case Kind.DATETIME:
            return sa.or_(raw < to_micros(_FIRST), raw > to_micros(_LAST))
        case Kind.TIME:
            return sa.or_(raw < 0, raw >= _DAY_MICROSECONDS)
        case Kind.DATE:
            text = sa.type_coerce(column, sa.Text())
            real = sa.func.date(text, "+0 days")  # None for what is no date; February 30 becomes March 2
            wrong = sa.or_(real.is_(None), real != text, text < FIRST_DATE.isoformat(), text > LAST_DATE.isoformat())
            return sa.and_(column.is_not(None), wrong)
        case Kind.JSON:
            return sa.and_(column.is_not(None), sa.func.json_valid(sa.type_coerce(column, sa.Text())) == 0)
        case Kind.ID:
            return raw <= 0
        case _:
            return None


def _postgresql(value_type: ValueType, column: sa.Column[Any]) -> sa.ColumnElement[bool] | None:
    """PostgreSQL's columns hold their types only, but its types hold more than ours."""
    match value_type.kind:
        case Kind.NUMBER:
            raw = sa.type_coerce(column, sa.Numeric())
            most = sa.literal(10 ** (value_type.digits - value_type.scale), sa.Numeric())
            # NaN is greater than every number.
            return sa.or_(raw <= -most, raw >= most, raw != sa.func.round(raw, value_type.scale))
        case Kind.DATETIME:
            return sa.or_(column < _FIRST, column > _LAST)
        case Kind.DATE:
            return sa.or_(column < FIRST_DATE, column > LAST_DATE)
        case Kind.ID:
            return column <= 0
        case _:
            return None
