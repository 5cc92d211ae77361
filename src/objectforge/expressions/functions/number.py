"""Exact functions on numbers: rounding of every kind, remainders, the smallest and the largest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from objectforge.expressions.functions.function import NUMBER, EvaluationError, Function
from objectforge.expressions.functions.shapes import constant_int, of_shape, same_as_first, shape, unify_all
from objectforge.expressions.typed import Typed
from objectforge.values.kinds import ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.numbers import add, divide, multiply, places, round_half_away

__all__ = ["NUMBERS", "SETTLE", "truncate"]

SETTLE = 13
"""Places to which a number is rounded before FLOOR and CEILING look at it, so that 1 / 9 * 9 is 1 for them too."""

_MOST_PLACES = 1000


def truncate(value: Decimal, count: int = 0) -> Decimal:
    """The number without the digits after so many places; towards zero."""
    if count >= places(value):
        return value
    step = Decimal(1).scaleb(-count)
    whole = divide(value, step) if count < 0 else multiply(value, Decimal(1).scaleb(count))
    assert whole is not None
    return multiply(Decimal(int(whole)), step)


def _towards(value: Decimal, direction: int) -> Decimal:
    """The next whole number up (1) or down (-1); numbers a hair from a whole one are that one."""
    settled = round_half_away(value, SETTLE)
    whole = Decimal(int(settled))
    if whole != settled and (settled > 0) == (direction > 0):
        return add(whole, Decimal(direction))
    return whole


def _away(value: Decimal) -> Decimal:
    return _towards(value, 1 if value > 0 else -1)


def _to_zero(value: Decimal) -> Decimal:
    return _towards(value, -1 if value > 0 else 1)


def _absolute(value: Decimal) -> Decimal:
    return value.copy_abs()  # abs() would round to the digits of Python's context


def _below(value: Decimal) -> Decimal:
    return _towards(value, -1)


def _above(value: Decimal) -> Decimal:
    return _towards(value, 1)


def _smallest(*values: Decimal) -> Decimal:
    return min(values)


def _largest(*values: Decimal) -> Decimal:
    return max(values)


def _places_of(count: Decimal) -> int:
    """The number of places, within what makes a difference to any number."""
    return max(-_MOST_PLACES, min(int(count), _MOST_PLACES))


def _round(value: Decimal, count: Decimal) -> Decimal:
    digits = _places_of(count)
    return round_half_away(value, digits) if digits < places(value) else value


def _trunc(value: Decimal, count: Decimal = Decimal(0)) -> Decimal:
    return truncate(value, _places_of(count))


def _mod(value: Decimal, by: Decimal) -> Decimal:
    if not by:
        raise EvaluationError("division by zero")
    # Both brought to whole numbers of one unit: exact, with the sign of the dividend.
    unit = max(places(value), places(by))
    top, bottom = (int(multiply(each, Decimal(1).scaleb(unit))) for each in (value, by))
    rest = abs(top) % abs(bottom)
    return multiply(Decimal(-rest if top < 0 else rest), Decimal(1).scaleb(-unit))


def _whole(args: Sequence[Typed]) -> ValueType:
    return of_shape(NumberShape(shape(args[0].type).whole + 1, 0))


def _rounded(args: Sequence[Typed]) -> ValueType:
    count = constant_int(args[1]) if len(args) > 1 else 0
    size = shape(args[0].type)
    if count is None:
        return of_shape(NumberShape(size.digits + 1, size.scale))
    return of_shape(size.rounded(count))


def _widest(args: Sequence[Typed]) -> ValueType:
    return unify_all([arg.type for arg in args]) or number(1, 0)


def _remainder(args: Sequence[Typed]) -> ValueType:
    return of_shape(shape(args[0].type).union(shape(args[1].type)))


NUMBERS = (
    Function("ABS", "ABS(x)", "The number without its sign.", (NUMBER,), same_as_first, run=_absolute),
    Function("ROUND", "ROUND(x, places)", "Rounded half away from zero.", (NUMBER, NUMBER), _rounded, run=_round),
    Function("TRUNC", "TRUNC(x, places)", "Cut off after so many places.", (NUMBER, NUMBER), _rounded, run=_trunc,
             required=1),
    Function("FLOOR", "FLOOR(x)", "The next whole number towards zero.", (NUMBER,), _whole, run=_to_zero),
    Function("CEILING", "CEILING(x)", "The next whole number away from zero.", (NUMBER,), _whole, run=_away),
    Function("MFLOOR", "MFLOOR(x)", "The next whole number below.", (NUMBER,), _whole,
             run=_below),
    Function("MCEILING", "MCEILING(x)", "The next whole number above.", (NUMBER,), _whole,
             run=_above),
    Function("MOD", "MOD(x, by)", "The remainder, with the sign of x.", (NUMBER, NUMBER), _remainder, run=_mod),
    Function("MIN", "MIN(a, b, ...)", "The smallest.", (NUMBER,), _widest, repeats=1, run=_smallest),
    Function("MAX", "MAX(a, b, ...)", "The largest.", (NUMBER,), _widest, repeats=1, run=_largest),
)  # fmt: skip
