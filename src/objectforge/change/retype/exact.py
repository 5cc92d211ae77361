"""The pairs of types that SQL converts as exactly as Python does, and which values of theirs it does so for.

Only what many different values make worth it: numbers among each other, and to and from texts. All other values, and
those that SQL is not sure of, Python converts, each distinct one once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.change.conversion.forms import Form, form_of
from objectforge.change.conversion.outcome import Conversion, Unconvertible
from objectforge.change.retype import exact_postgresql, exact_sqlite
from objectforge.change.retype.column_change import ColumnChange, ExactCases
from objectforge.metadata.fields.base import FieldType
from objectforge.values.kinds import ValueType, number
from objectforge.values.number_shape import NATIVE_DIGITS
from objectforge.values.numbers import plain
from objectforge.values.storage_types import PlainText, ScaledDecimal

__all__ = ["ExactSql", "exact_sql"]


@dataclass(frozen=True, slots=True)
class ExactSql:
    """Conditions on an old value, each with what the new column holds where it is true."""

    cases: ExactCases

    @property
    def sure(self) -> sa.ColumnElement[bool]:
        """Whether SQL converts the old value."""
        return sa.or_(*(condition for condition, _ in self.cases))

    def or_else(self, other: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """The new value, and the other one of an old value that SQL is not sure of."""
        cases = [(condition, sa.type_coerce(value, other.type)) for condition, value in self.cases]
        return sa.case(*cases, else_=other)


def exact_sql(
    change: ColumnChange, conversion: Conversion, source: sa.ColumnElement[Any], dialect: Dialect
) -> ExactSql | None:
    """The conversion of a column in SQL, where it is one that SQL does exactly."""
    if not (_is_plain(change.before) and _is_plain(change.after)):
        return None
    engine = _ENGINES[dialect.name]
    old, new = change.before.value_type(), change.after.value_type()
    match form_of(change.before), form_of(change.after):
        case Form.NUMBER, Form.NUMBER if _agrees(conversion, {one: one for one in _common(old, new)}):
            return ExactSql(engine.number_to_number(source, old, new))
        case Form.TEXT, Form.NUMBER if new.digits > new.scale and _agrees(conversion, _texts(new)):
            return ExactSql(engine.text_to_number(source, new))
        case Form.NUMBER, Form.TEXT if _agrees(conversion, {value: text for text, value in _texts(old).items()}):
            return ExactSql(engine.number_to_text(source, old))
        case _:
            return None


_ENGINES = {"sqlite": exact_sqlite, "postgresql": exact_postgresql}


def _is_plain(field: FieldType) -> bool:
    """Whether the column holds what those of the built-in types hold."""
    type_, static = field.column_type(), field.value_type()
    if isinstance(type_, ScaledDecimal):
        return (type_.precision, type_.scale) == (static.digits, static.scale) and type_.precision <= NATIVE_DIGITS
    return isinstance(type_, PlainText)


def _agrees(conversion: Conversion, samples: Mapping[Any, Any]) -> bool:
    """Whether Python takes the samples for what SQL would: a type may have bounds, or texts, of its own."""
    try:
        return all(conversion.convert(value) == expected for value, expected in samples.items())
    except Unconvertible:
        return False


def _samples(static: ValueType) -> tuple[Decimal, ...]:
    unit = Decimal(1).scaleb(-static.scale)
    return Decimal(0), unit, -unit, static.largest, -static.largest


def _common(old: ValueType, new: ValueType) -> tuple[Decimal, ...]:
    scale, whole = min(old.scale, new.scale), min(old.digits - old.scale, new.digits - new.scale)
    return _samples(number(whole + scale, scale))


def _texts(static: ValueType) -> Mapping[str, Decimal]:
    return {plain(value, static.scale): value for value in _samples(static)}
