"""Numbers and their texts on SQLite, where a number is an integer times 10^scale."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from objectforge.change.retype.column_change import ExactCases
from objectforge.values.kinds import ValueType

__all__ = ["number_to_number", "number_to_text", "text_to_number"]

_INTEGER, _TEXT = sa.Integer(), sa.Text()


def number_to_number(source: sa.ColumnElement[Any], old: ValueType, new: ValueType) -> ExactCases:
    """Times or by a power of ten, of numbers that have no digit too many."""
    raw = sa.type_coerce(source, _INTEGER)
    most = 10 ** (min(new.digits - new.scale, old.digits - old.scale) + old.scale) - 1
    sure = raw.between(-most, most)
    if new.scale >= old.scale:
        return ((sure, raw * 10 ** (new.scale - old.scale)),)
    unit = 10 ** (old.scale - new.scale)
    return ((sa.and_(sure, raw % unit == 0), raw.op("/", return_type=_INTEGER)(unit)),)


def text_to_number(source: sa.ColumnElement[Any], new: ValueType) -> ExactCases:
    """Digits, or digits around a point, or either after a minus, that fit.

    Each case is as short as it can be: these are evaluated for every record.
    """
    text = sa.type_coerce(source, _TEXT)
    size: sa.ColumnElement[int] = sa.func.length(text, type_=_INTEGER)
    without = sa.func.substr(text, 2, type_=_TEXT)
    minus = _like(text, "-*")
    return (
        (sa.and_(_are_digits(text), size.between(1, new.digits - new.scale)), _whole(text, new)),
        (_are_around_point(text, new), _around_point(text, new)),
        (sa.and_(minus, _are_digits(without), size.between(2, new.digits - new.scale)), -_whole(without, new)),
        (sa.and_(minus, _are_around_point(without, new)), -_around_point(without, new)),
    )


def _are_digits(text: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return ~_like(text, "*[^0-9]*")


def _whole(text: sa.ColumnElement[Any], new: ValueType) -> sa.ColumnElement[int]:
    return sa.cast(text, _INTEGER) * 10**new.scale


def _are_around_point(text: sa.ColumnElement[Any], new: ValueType) -> sa.ColumnElement[bool]:
    point = _point(text)
    return sa.and_(
        ~_like(text, "*[^0-9.]*"),
        ~_like(text, "*.*.*"),
        point.between(2, new.digits - new.scale + 1),
        sa.func.length(text, type_=_INTEGER) - point <= new.scale,
    )


def _around_point(text: sa.ColumnElement[Any], new: ValueType) -> sa.ColumnElement[int]:
    """The digits without the point, filled up with zeros."""
    digits = sa.func.replace(text, ".", "", type_=_TEXT) + sa.literal("0" * new.scale, _TEXT)
    return sa.cast(sa.func.substr(digits, 1, _point(text) - 1 + new.scale), _INTEGER)


def _point(text: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.instr(text, ".", type_=_INTEGER)


def number_to_text(source: sa.ColumnElement[Any], old: ValueType) -> ExactCases:
    """All the digits that the scale has."""
    raw = sa.type_coerce(source, _INTEGER)
    if old.scale == 0:
        return ((sa.true(), sa.cast(raw, _TEXT)),)
    unit = 10**old.scale
    size: sa.ColumnElement[int] = sa.func.abs(raw, type_=_INTEGER)
    sign = sa.case((raw < 0, "-"), else_="")
    whole = size.op("/", return_type=_INTEGER)(unit)
    shown = sa.func.printf(f"%s%d.%0{old.scale}d", sign, whole, size % unit, type_=_TEXT)
    return ((sa.true(), shown),)


def _like(text: sa.ColumnElement[Any], pattern: str) -> sa.ColumnElement[bool]:
    return text.op("GLOB", is_comparison=True, return_type=sa.Boolean())(pattern)
