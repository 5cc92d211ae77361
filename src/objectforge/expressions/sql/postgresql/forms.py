"""How PostgreSQL keeps values."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.forms import Forms
from objectforge.expressions.sql.postgresql.raw import (
    INSTANT,
    NUMERIC,
)
from objectforge.values.kinds import Kind, ValueType

__all__ = ["PostgreSQLForms"]


class PostgreSQLForms(Forms):
    """Raw elements, binds and results."""

    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""
        match value_type.kind:
            case Kind.NUMBER:
                return NUMERIC
            case Kind.DATETIME:
                return INSTANT
            case Kind.DATE:
                return sa.Date()
            case Kind.TIME:
                return sa.Time()
            case Kind.BOOLEAN:
                return sa.Boolean()
            case Kind.ID:
                return sa.BigInteger()
            case _:
                return sa.Text()

    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind: the driver takes it as it is."""
        if value_type.kind is Kind.NUMBER and isinstance(value, int):
            return Decimal(value)
        return value

    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """As the driver gives it, instants in UTC."""
        return value.astimezone(UTC) if shape.kind is Kind.DATETIME and value is not None else value
