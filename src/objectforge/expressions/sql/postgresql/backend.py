"""PostgreSQL: numbers as NUMERIC, text keys by `lower(... COLLATE "C")`, dates and instants natively."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.postgresql.calls.registry import CALLS
from objectforge.expressions.sql.postgresql.days import PostgreSQLDays
from objectforge.expressions.sql.postgresql.forms import PostgreSQLForms
from objectforge.expressions.sql.postgresql.numbers import PostgreSQLNumbers
from objectforge.expressions.sql.postgresql.texts import PostgreSQLTexts
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.text import fold_key

__all__ = ["PostgreSQL"]


class PostgreSQL(PostgreSQLForms, PostgreSQLNumbers, PostgreSQLTexts, PostgreSQLDays, Backend):
    """PostgreSQL 15 and later, and Citus."""

    name = "postgresql"

    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """One array bind."""
        if value_type.kind in (Kind.TEXT, Kind.MULTI):
            element = self.text_exact(element) if exact else self.text_key(element)
            values = list(values) if exact else [fold_key(value) for value in values]
        encoded = [self.encode(value, value_type) for value in values]
        return element == sa.any_(sa.literal(encoded, pg.ARRAY(self.raw_type(value_type))))

    def call(self, name: str, operands: Sequence[Operand], result: ValueType) -> Element:
        """By what spells the function out."""
        return sa.type_coerce(CALLS[name](*operands), self.raw_type(result))
