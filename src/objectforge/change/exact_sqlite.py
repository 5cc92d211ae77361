"""Numbers and their texts on SQLite, where a number is an integer times 10^scale."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from objectforge.values.kinds import ValueType

__all__ = ["number_to_number", "number_to_text", "text_to_number"]

_INTEGER, _TEXT = sa.Integer(), sa.Text()
_Sure = tuple[sa.ColumnElement[bool], sa.ColumnElement[Any]]


def number_to_number(source: sa.ColumnElement[Any], old: ValueType, new: ValueType) -> _Sure:
    """Times or by a power of ten, of numbers that have no digit too many."""
    raw = sa.type_coerce(source, _INTEGER)
    most = 10 ** (min(new.digits - new.scale, old.digits - old.scale) + old.scale) - 1
    sure = raw.between(-most, most)
    if new.scale >= old.scale:
        return sure, raw * 10 ** (new.scale - old.scale)
    unit = 10 ** (old.scale - new.scale)
    return sa.and_(sure, raw % unit == 0), raw.op("/", return_type=_INTEGER)(unit)


def text_to_number(source: sa.ColumnElement[Any], new: ValueType) -> _Sure:
    """Digits, perhaps a sign before and a point among them, that fit; as a number by leaving out the point."""
    text = sa.type_coerce(source, _TEXT)
    length: sa.ColumnElement[int] = sa.func.length(text, type_=_INTEGER)
    point: sa.ColumnElement[int] = sa.func.instr(text, ".", type_=_INTEGER)
    sign = sa.case((_like(text, "-*"), 1), else_=0)
    whole = sa.case((point == 0, length), else_=point - 1) - sign
    places = sa.case((point == 0, 0), else_=length - point)
    sure = sa.and_(
        ~_like(sa.func.ltrim(text, "-"), "*[^0-9.]*"),
        sa.or_(_like(text, "[0-9]*"), _like(text, "-[0-9]*")),
        sa.func.instr(sa.func.substr(text, point + 1), ".") * point == 0,
        whole <= new.digits - new.scale,
        places <= new.scale,
    )
    digits = sa.func.replace(text, ".", "") + sa.literal("0" * new.scale, _TEXT)
    padded = sa.func.substr(digits, 1, sign + whole + new.scale)
    return sure, sa.cast(padded, _INTEGER)


def number_to_text(source: sa.ColumnElement[Any], old: ValueType) -> sa.ColumnElement[Any]:
    """All the digits that the scale has."""
    raw = sa.type_coerce(source, _INTEGER)
    if old.scale == 0:
        return sa.cast(raw, _TEXT)
    unit = 10**old.scale
    size: sa.ColumnElement[int] = sa.func.abs(raw, type_=_INTEGER)
    sign = sa.case((raw < 0, "-"), else_="")
    whole = size.op("/", return_type=_INTEGER)(unit)
    return sa.func.printf(f"%s%d.%0{old.scale}d", sign, whole, size % unit, type_=_TEXT)


def _like(text: sa.ColumnElement[Any], pattern: str) -> sa.ColumnElement[bool]:
    return text.op("GLOB", is_comparison=True, return_type=sa.Boolean())(pattern)
