"""The static size of a numeric expression: how many digits its value can have, known before it is computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from objectforge.values.numbers import QUOTIENT_SCALE, places

__all__ = ["MAX_PART", "NATIVE_DIGITS", "NumberShape"]

NATIVE_DIGITS = 18
"""Digits that a 64-bit integer always holds."""

MAX_PART = 500
"""Digits before the point, and after it, at which a shape stops growing."""

# A table holds at most 2^40 records, so a sum over them has at most thirteen digits more than one of them.
_ROW_DIGITS = 13


@dataclass(frozen=True, slots=True)
class NumberShape:
    """At most `digits` in all, at most `scale` of them after the point.

    Each part stops growing at `MAX_PART` digits; a shape that reached it is `saturated` and promises nothing more, so
    whoever checks expressions refuses it.
    """

    digits: int
    scale: int

    def __post_init__(self) -> None:
        if self.scale < 0 or self.digits < self.scale:
            raise ValueError(f"no number has {self.digits} digits, {self.scale} of them after the point")

    @classmethod
    def of(cls, value: Decimal) -> Self:
        """Return the smallest shape that holds a number."""
        scale = places(value)
        whole = max(value.adjusted() + 1, 0) if value else 0
        return cls(max(whole + scale, 1), scale)

    @classmethod
    def of_all(cls, values: Iterable[Decimal | int]) -> Self:
        """Return a shape that holds every one of some numbers; of many whole ones only the largest is looked at."""
        largest, scale, whole = 0, 0, 0
        for value in values:
            if isinstance(value, int):
                largest = max(largest, abs(value))
            else:
                shape = cls.of(value)
                scale, whole = max(scale, shape.scale), max(whole, shape.whole)
        whole = max(whole, cls.of(Decimal(largest)).whole)
        return cls(max(whole + scale, 1), scale)

    @property
    def whole(self) -> int:
        """Digits before the point."""
        return self.digits - self.scale

    @property
    def native(self) -> bool:
        """Tell whether every value, times 10^scale, is a 64-bit integer."""
        return self.digits <= NATIVE_DIGITS

    @property
    def saturated(self) -> bool:
        """Tell whether a part reached the limit, so that values may be longer than the shape says."""
        return self.whole >= MAX_PART or self.scale >= MAX_PART

    def add(self, other: NumberShape) -> NumberShape:
        """Return the shape of a sum."""
        return _shape(max(self.whole, other.whole) + 1, max(self.scale, other.scale))

    def subtract(self, other: NumberShape) -> NumberShape:
        """Return the shape of a difference."""
        return self.add(other)

    def multiply(self, other: NumberShape) -> NumberShape:
        """Return the shape of a product."""
        return _shape(self.whole + other.whole, self.scale + other.scale)

    def divide(self, other: NumberShape) -> NumberShape:
        """Return the shape of a quotient, which has 18 places."""
        # The largest dividend over the smallest divisor stays one unit of its last place below a power of ten;
        # rounding reaches that power only where that unit is finer than the quotient's places.
        carry = 1 if self.scale - other.scale > QUOTIENT_SCALE else 0
        return _shape(self.whole + other.scale + carry, QUOTIENT_SCALE)

    def union(self, other: NumberShape) -> NumberShape:
        """Return the smallest shape that holds the values of both."""
        return _shape(max(self.whole, other.whole), max(self.scale, other.scale))

    def summed(self) -> NumberShape:
        """Return the shape of a sum over the records of a table."""
        return _shape(self.whole + _ROW_DIGITS, self.scale)

    def rounded(self, scale: int) -> NumberShape:
        """Return the shape after rounding to so many places."""
        return self if scale >= self.scale else _shape(self.whole + 1, max(scale, 0))


def _shape(whole: int, scale: int) -> NumberShape:
    whole, scale = min(whole, MAX_PART), min(scale, MAX_PART)
    return NumberShape(whole + scale, scale)
