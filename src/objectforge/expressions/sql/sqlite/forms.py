"""How SQLite keeps values."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.forms import Forms, decoded
from objectforge.expressions.sql.sqlite.raw import (
    INTEGER,
    MICROS,
    TEXT,
    LongDecimal,
    is_long,
)
from objectforge.values.instants import from_micros, to_micros
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import multiply, plain

__all__ = ["SQLiteForms"]


class SQLiteForms(Forms):
    """Raw elements, binds and results."""

    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""
        match value_type.kind:
            case Kind.NUMBER:
                return TEXT if is_long(value_type) else INTEGER
            case Kind.DATETIME | Kind.ID | Kind.TIME:
                return INTEGER
            case Kind.BOOLEAN:
                return sa.Integer()
            case _:
                return TEXT

    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind."""
        if value is None:
            return None
        match value_type.kind:
            case Kind.NUMBER:
                number = value if isinstance(value, Decimal) else Decimal(value)
                return plain(number) if is_long(value_type) else int(multiply(number, Decimal(10**value_type.scale)))
            case Kind.BOOLEAN:
                return int(value)
            case Kind.DATE:
                assert isinstance(value, date)
                return value.isoformat()
            case Kind.DATETIME:
                assert isinstance(value, datetime)
                return to_micros(value)
            case Kind.TIME:
                assert isinstance(value, time)
                return ((value.hour * 60 + value.minute) * 60 + value.second) * MICROS + value.microsecond
            case _:
                return value

    def result_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The column type that turns raw elements of a value type into Python values."""
        return LongDecimal() if value_type.kind is Kind.NUMBER and is_long(value_type) else decoded(value_type)

    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """Scaled integers, microseconds and ISO texts as what they mean."""
        if value is None:
            return None
        match shape.kind:
            case Kind.NUMBER:
                return Decimal(value) if is_long(shape) else Decimal(value).scaleb(-shape.scale)
            case Kind.DATETIME:
                return from_micros(value)
            case Kind.DATE:
                return date.fromisoformat(value)
            case Kind.BOOLEAN:
                return bool(value)
            case Kind.TIME:
                return (datetime.min + timedelta(microseconds=value)).time()
            case _:
                return value
