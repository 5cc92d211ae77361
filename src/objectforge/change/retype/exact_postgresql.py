"""Numbers and their texts on PostgreSQL, where a number is a NUMERIC."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.change.retype.column_change import ExactCases
from objectforge.values.kinds import ValueType

__all__ = ["number_to_number", "number_to_text", "text_to_number"]


def number_to_number(source: sa.ColumnElement[Any], old: ValueType, new: ValueType) -> ExactCases:
    """The same number with the new scale's digits after the point, if it has no digit too many."""
    most = Decimal(10 ** (new.digits - new.scale))
    raw = sa.type_coerce(source, sa.Numeric())
    sure = sa.and_(raw > -most, raw < most)
    if new.scale < old.scale:
        sure = sa.and_(sure, raw == sa.func.trunc(raw, new.scale))
    return ((sure, sa.cast(raw, sa.Numeric(new.digits, new.scale))),)


def text_to_number(source: sa.ColumnElement[Any], new: ValueType) -> ExactCases:
    """Digits, perhaps a sign before and a point among them, that fit."""
    fraction = f"([.][0-9]{{1,{new.scale}}})?" if new.scale else ""
    text = sa.type_coerce(source, sa.Text())
    sure = text.regexp_match(f"^-?[0-9]{{1,{new.digits - new.scale}}}{fraction}$")
    return ((sure, sa.cast(text, sa.Numeric(new.digits, new.scale))),)


def number_to_text(source: sa.ColumnElement[Any], old: ValueType) -> ExactCases:
    """All the digits that the scale has."""
    padded = sa.cast(sa.type_coerce(source, sa.Numeric()), sa.Numeric(old.digits, old.scale))
    return ((sa.true(), sa.cast(padded, sa.Text())),)
