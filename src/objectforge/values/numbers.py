"""Exact decimal numbers: what is typed becomes a Decimal, and arithmetic on it never loses a digit unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache

__all__ = [
    "QUOTIENT_SCALE",
    "Misfit",
    "add",
    "divide",
    "fits",
    "multiply",
    "places",
    "plain",
    "round_half_away",
    "scaled",
    "subtract",
    "to_decimal",
    "total",
    "unscaled",
]

QUOTIENT_SCALE = 18
"""Places after the point of a quotient or an average."""

# Python's own context rounds every sum and product to 28 digits. Only operations whose result is as long as their
# operands go through this one; a division or a square root in it would ask for all the memory there is.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_LARGEST_EXPONENT = 1000
# Numbers shorter than this take short cuts; the rules are the same for all.
_USUAL = 100


class Misfit(StrEnum):
    """Why a number does not fit a field."""

    TOO_LARGE = "too large"
    TOO_MANY_PLACES = "too many decimal places"


def to_decimal(value: int | float | str | Decimal) -> Decimal:
    """Return the number exactly; a float is taken by its repr, so that 0.1 is 0.1.

    Raises:
        TypeError: the value is a bool or no number at all.
        ValueError: the text is no number, or the number is not finite or absurdly long (an exponent past 1000).
    """
    match value:
        case bool():
            raise TypeError("a checkbox value is not a number")
        case Decimal():
            number = value
        case int():
            # Not Decimal(str(value)): Python refuses to print integers of more than 4,300 digits.
            number = Decimal(value)
        case float():
            number = Decimal(repr(value))
        case str():
            text = value.strip()
            if not _NUMBER.fullmatch(text):
                raise ValueError("not a number")
            number = Decimal(text)
        case _:
            raise TypeError(f"a {type(value).__name__} is not a number")
    if not number.is_finite():
        raise ValueError("not a finite number")
    if number and _absurd(number):
        raise ValueError("a number of too many digits")
    return number if number else abs(number)


def fits(value: Decimal, digits: int, scale: int) -> Misfit | None:
    """Tell why a number does not fit `digits` in all, `scale` of them after the point; zeros at its end don't count."""
    if not value:
        return None
    if not _within(value, scale):
        return Misfit.TOO_MANY_PLACES
    return Misfit.TOO_LARGE if value.adjusted() >= digits - scale else None


def places(value: Decimal) -> int:
    """Count the digits after the point, without zeros at the end."""
    return max(0, -_exponent(value.normalize(_EXACT)))


def plain(value: Decimal, scale: int | None = None) -> str:
    """Return the digits without an exponent: as few as needed, or with at least `scale` of them after the point."""
    shown = round_half_away(value, max(places(value), scale or 0))
    return format(shown, "f")


def add(a: Decimal, b: Decimal) -> Decimal:
    """Return the exact sum."""
    return _EXACT.add(a, b)


def subtract(a: Decimal, b: Decimal) -> Decimal:
    """Return the exact difference."""
    return _EXACT.subtract(a, b)


def multiply(a: Decimal, b: Decimal) -> Decimal:
    """Return the exact product."""
    return _EXACT.multiply(a, b)


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of many; 0 of none."""
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def divide(a: Decimal, b: Decimal) -> Decimal | None:
    """Return the quotient with 18 places, rounded half away from zero; None where `b` is 0."""
    if not b:
        return None
    top, top_exponent = _parts(a)
    bottom, bottom_exponent = _parts(b)
    shift = top_exponent - bottom_exponent + QUOTIENT_SCALE
    top, bottom = (top * 10**shift, bottom) if shift >= 0 else (top, bottom * 10**-shift)
    size = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return Decimal(-size if (top < 0) != (bottom < 0) else size).scaleb(-QUOTIENT_SCALE, _EXACT)


def round_half_away(value: Decimal, places: int) -> Decimal:
    """Round to so many places, half away from zero; a negative number rounds before the point. The result has no -0."""
    unit = _unit(places)
    rounded = value if value.same_quantum(unit) else value.quantize(unit, context=_EXACT)
    if places < 0:
        rounded = rounded.quantize(Decimal(1), context=_EXACT)
    return rounded if rounded else abs(rounded)


def scaled(value: Decimal, scale: int) -> int:
    """Return the number times 10^scale, as an integer.

    Raises:
        ValueError: it has more places than `scale`.
    """
    if not _within(value, scale):
        raise ValueError(f"{plain(value)} has more than {scale} decimal places")
    return int(value.scaleb(scale, _EXACT))


def unscaled(value: int, scale: int) -> Decimal:
    """Return the integer divided by 10^scale, with `scale` places."""
    return Decimal(value).scaleb(-scale, _EXACT)


def _parts(value: Decimal) -> tuple[int, int]:
    exponent = _exponent(value)
    return int(value.scaleb(-exponent, _EXACT)), exponent


def _within(value: Decimal, scale: int) -> bool:
    # Nearly always a number has just its field's places already, which is quickly seen.
    unit = _unit(scale)
    if value.same_quantum(unit):
        return True
    if abs(value.adjusted()) < _USUAL:
        return value.quantize(unit, context=_EXACT) == value
    return places(value) <= scale


def _absurd(number: Decimal) -> bool:
    size = number.adjusted()
    if abs(size) < _USUAL and len(str(number)) < _USUAL:
        return False
    return size > _LARGEST_EXPONENT or _exponent(number) < -_LARGEST_EXPONENT


@lru_cache(maxsize=128)
def _unit(scale: int) -> Decimal:
    return Decimal((0, (1,), -scale))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "only finite numbers come here"
    return exponent
