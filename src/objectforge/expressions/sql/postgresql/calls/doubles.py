"""Functions computed in floating point in PostgreSQL, and powers: out of range is null, never an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.sql.elements import Grouping

from objectforge.expressions.functions.double import HUGE, LARGEST, LARGEST_POWER, MOST_TIMES
from objectforge.expressions.functions.place import RADIAN, RADII
from objectforge.expressions.functions.shapes import REAL
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.postgresql.raw import DOUBLE, INTEGER, NUMERIC, TEXT, decimal, within
from objectforge.values.numbers import QUOTIENT_SCALE

__all__ = ["DOUBLES"]

_DIGITS_OF_DOUBLES = 300
_EXACT_PLACES = 40
"""Places at which a power is multiplied out: twice as many as it keeps."""
_SMALLEST_EXPONENT = -30


def _real(element: Element, most: Decimal = LARGEST) -> Element:
    """A double as the number its shortest form says, at most 20 places; null where it is too large."""
    number = within(sa.cast(sa.cast(element, TEXT), NUMERIC), -most, most)
    return sa.func.round(number, sa.literal(REAL.scale, INTEGER))


def _double(operand: Operand) -> Element:
    """A number as a double; null where none is so large, and no smaller than doubles are."""
    element, shape = operand.element, operand.type
    if shape.digits - shape.scale > _DIGITS_OF_DOUBLES:
        element = within(element, -HUGE, HUGE)
    if shape.scale > _DIGITS_OF_DOUBLES:
        element = sa.func.round(element, sa.literal(_DIGITS_OF_DOUBLES, INTEGER))
    return sa.cast(element, DOUBLE)


def _constant(value: float) -> Element:
    return sa.cast(sa.literal(value, DOUBLE), DOUBLE)


def _everywhere(function: str) -> Callable[..., Element]:
    def build(*operands: Operand) -> Element:
        return _real(getattr(sa.func, function)(*map(_double, operands)))

    return build


def _positive(function: str) -> Callable[..., Element]:
    """A logarithm: what is 0 or less is null before it is asked."""

    def build(operand: Operand) -> Element:
        zero = _constant(0.0)
        return _real(getattr(sa.func, function)(sa.func.nullif(sa.func.greatest(_double(operand), zero), zero)))

    return build


def _between(function: str) -> Callable[..., Element]:
    def build(operand: Operand) -> Element:
        value = _double(operand)
        inside = sa.and_(value >= _constant(-1.0), value <= _constant(1.0))
        return _real(getattr(sa.func, function)(sa.case((inside, value))))

    return build


def _sqrt(operand: Operand) -> Element:
    value = _double(operand)
    return _real(sa.func.sqrt(sa.case((value >= _constant(0.0), value))))


def _exp(operand: Operand) -> Element:
    """Between bounds whose powers are too large to hold and too small to see; null goes with the first."""
    return _real(sa.func.exp(sa.func.greatest(sa.func.least(_double(operand), _constant(300.0)), _constant(-600.0))))


def _power(base: Operand, exponent: Operand) -> Element:
    times = exponent.constant
    if times is not None and times == int(times) and abs(times) <= MOST_TIMES:
        return _multiplied(base, sa.literal(times, NUMERIC), negative=times < 0)
    power, number = exponent.element, base.element
    whole = sa.and_(power == sa.func.trunc(power), sa.func.abs(power) <= decimal(MOST_TIMES))
    none = sa.or_(
        sa.and_(number == decimal(0), power < decimal(0)),
        sa.and_(number < decimal(0), _double(exponent) != sa.func.trunc(_double(exponent))),
        sa.func.abs(number) >= decimal(HUGE),
        sa.func.abs(power) >= decimal(HUGE),
    )
    size = power * sa.func.log(sa.func.nullif(sa.func.abs(number), decimal(0)))
    double = sa.func.power(_double(base), _double(exponent))
    few = sa.case(
        (sa.and_(number == decimal(0), power > decimal(0)), decimal(0)),
        (size >= decimal(REAL.digits - REAL.scale + 1), sa.cast(sa.null(), NUMERIC)),
        (size <= decimal(_SMALLEST_EXPONENT), decimal(0)),
        else_=_real(double, LARGEST_POWER),
    )
    exact = sa.case(
        (power < decimal(0), _multiplied(base, power, negative=True)),
        else_=_multiplied(base, power, negative=False),
    )
    return sa.case((whole, exact), (none, sa.cast(sa.null(), NUMERIC)), else_=few)


def _multiplied(base: Operand, times: Element, *, negative: bool) -> Element:
    """A whole power, multiplied out; a base far too large stays too large."""
    held, most = base.element, LARGEST * 10
    if base.type.digits - base.type.scale > REAL.digits - REAL.scale:
        held = sa.case((held > decimal(most), decimal(most)), (held < decimal(-most), decimal(-most)), else_=held)
    if negative:
        held = sa.func.nullif(held, decimal(0))
    found = sa.func.power(sa.func.round(held, sa.literal(_EXACT_PLACES, INTEGER)), times)
    places = QUOTIENT_SCALE if negative else REAL.scale
    return sa.func.round(within(found, -LARGEST_POWER, LARGEST_POWER), sa.literal(places, INTEGER))


def _distance(latitude: Operand, longitude: Operand, to: Operand, to_longitude: Operand, unit: Operand) -> Element:
    known = sa.and_(
        *(sa.func.abs(each.element) <= decimal(90) for each in (latitude, to)),
        *(sa.func.abs(each.element) <= decimal(180) for each in (longitude, to_longitude)),
    )
    lat1, lon1, lat2, lon2 = (_double(each) * _constant(RADIAN) for each in (latitude, longitude, to, to_longitude))
    two = _constant(2.0)
    across, along = (sa.func.sin(Grouping(each) / two, type_=DOUBLE) for each in (lat2 - lat1, lon2 - lon1))
    chord = across * across + sa.func.cos(lat1, type_=DOUBLE) * sa.func.cos(lat2, type_=DOUBLE) * along * along
    radius = sa.case(
        {sa.literal(name, TEXT): _constant(value) for name, value in RADII.items()}, value=sa.func.lower(unit.element)
    )
    angle = sa.func.asin(sa.func.least(_constant(1.0), sa.func.sqrt(chord)), type_=DOUBLE)
    return sa.case((known, _real(two * radius * angle)))


assert Decimal(10) ** _DIGITS_OF_DOUBLES == HUGE

DOUBLES: Mapping[str, Callable[..., Element]] = MappingProxyType({
    "ACOS": _between("acos"),
    "ASIN": _between("asin"),
    "ATAN": _everywhere("atan"),
    "ATAN2": _everywhere("atan2"),
    "COS": _everywhere("cos"),
    "DISTANCE": _distance,
    "EXP": _exp,
    "LN": _positive("ln"),
    "LOG": _positive("log"),
    "SIN": _everywhere("sin"),
    "SQRT": _sqrt,
    "TAN": _everywhere("tan"),
    "^": _power,
})  # fmt: skip
