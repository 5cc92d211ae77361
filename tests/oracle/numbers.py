"""Exact arithmetic: decimals of any length, division rounded half away from zero at 18 places."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from oracle.world import Value

__all__ = ["PLACES", "Operator", "apply", "divide", "mean", "number", "rounded", "shifted", "total"]

PLACES = 18
Operator = Literal["+", "-", "*", "/"]
_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)


def number(value: Value) -> Decimal:
    assert isinstance(value, int | Decimal)
    return Decimal(value)


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def shifted(value: Decimal, places: int) -> Decimal:
    """Multiply by a power of ten."""
    return _EXACT.scaleb(value, places)


def divide(above: Decimal, below: Decimal) -> Decimal | None:
    """A quotient at 18 places; None for a division by zero."""
    return rounded(_EXACT.divide(above, below), PLACES) if below else None


def apply(operator: Operator, left: Decimal, right: Decimal) -> Decimal | None:
    match operator:
        case "+":
            return _EXACT.add(left, right)
        case "-":
            return _EXACT.subtract(left, right)
        case "*":
            return _EXACT.multiply(left, right)
        case "/":
            return divide(left, right)


def total(values: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def mean(values: list[Decimal]) -> Decimal | None:
    return divide(total(values), Decimal(len(values)))
