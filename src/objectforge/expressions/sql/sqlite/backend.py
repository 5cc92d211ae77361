"""SQLite: numbers as scaled integers (decimal texts past 18 digits), dates as ISO texts, instants as microseconds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.sqlite.days import SQLiteDays
from objectforge.expressions.sql.sqlite.forms import SQLiteForms
from objectforge.expressions.sql.sqlite.numbers import SQLiteNumbers
from objectforge.expressions.sql.sqlite.raw import (
    TEXT,
    is_long,
)
from objectforge.expressions.sql.sqlite.texts import SQLiteTexts
from objectforge.expressions.sql.sqlite_calls import form_of
from objectforge.expressions.sql.sqlite_functions import sort_key
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.text import fold_key

__all__ = ["SQLite"]


class SQLite(SQLiteForms, SQLiteNumbers, SQLiteTexts, SQLiteDays, Backend):
    """SQLite 3.40 and later, with the functions of `sqlite_functions` registered."""

    name = "sqlite"

    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """One JSON bind, unfolded by json_each."""
        match value_type.kind:
            case Kind.TEXT | Kind.MULTI:
                encoded = list(values) if exact else [fold_key(value) for value in values]
                element = self.text_exact(element) if exact else self.text_key(element)
            case Kind.NUMBER if is_long(value_type):
                encoded = [sort_key(Decimal(value)) for value in values]
                element = self.comparable(element, value_type)
            case _:
                encoded = [self.encode(value, value_type) for value in values]
        listed = sa.func.json_each(sa.literal(json.dumps(encoded), TEXT)).table_valued("value")
        return element.in_(sa.select(listed.c.value))

    def call(self, name: str, operands: Sequence[Operand], result: ValueType) -> Element:
        """By a registered function that runs what the evaluator runs."""
        signature = ",".join(form_of(operand.type) for operand in operands) + ">" + form_of(result)
        elements = [operand.element for operand in operands]
        return sa.type_coerce(sa.func.of_call(name, signature, *elements), self.raw_type(result))
