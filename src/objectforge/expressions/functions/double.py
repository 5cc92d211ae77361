"""Functions computed in floating point, right to 12 digits: roots, logarithms, angles, powers that are not whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from objectforge.expressions.functions.function import NUMBER, EvaluationError, Function
from objectforge.expressions.functions.shapes import REAL
from objectforge.values.numbers import divide, multiply, places, round_half_away, to_decimal

__all__ = ["DOUBLE", "HUGE", "LARGEST", "LARGEST_POWER", "MOST_TIMES", "fitting", "power", "real"]

LARGEST = Decimal(10) ** (REAL.digits - REAL.scale)
"""What numbers out of floating point stay below."""
LARGEST_POWER = Decimal(10**38 + 1)
"""What powers stay below."""
HUGE = Decimal("1e300")
"""Numbers that are too large for floating point."""
MOST_TIMES = 200
"""The largest whole exponent that a power is multiplied out for."""


def real(value: float) -> Decimal:
    """A float as the number its shortest form says, rounded to the places of `REAL`.

    Raises:
        EvaluationError: it is too large.
    """
    if not math.isfinite(value):
        raise EvaluationError("not a number")
    return fitting(to_decimal(value))


def fitting(value: Decimal) -> Decimal:
    """The number within what `REAL` holds.

    Raises:
        EvaluationError: it is too large.
    """
    if abs(value) >= LARGEST:
        raise EvaluationError("the number is too large")
    return round_half_away(value, REAL.scale) if places(value) > REAL.scale else value


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """The power: exact for whole exponents, from floating point for others.

    Raises:
        EvaluationError: there is none, or it is too large.
    """
    if exponent == int(exponent) and abs(exponent) <= MOST_TIMES:
        times = int(exponent)
        if not base and times < 0:
            raise EvaluationError("division by zero")
        if base.adjusted() * times > MOST_TIMES:
            raise EvaluationError("the number is too large")
        exact = Decimal(1)
        for _ in range(abs(times)):
            exact = multiply(exact, base)
        result = exact if times >= 0 else divide(Decimal(1), exact)
        assert result is not None
    else:
        try:
            result = real(math.pow(_float(base), _float(exponent)))
        except (ValueError, OverflowError) as problem:
            raise EvaluationError("there is no such power") from problem
    if abs(result) >= LARGEST_POWER:
        raise EvaluationError("the power is too large: it may have 38 digits")
    return fitting(result)


def _float(value: Decimal) -> float:
    """The nearest float of a number that has one.

    Raises:
        EvaluationError: it is too large.
    """
    if abs(value) >= HUGE:
        raise EvaluationError("the number is too large")
    return float(value) + 0.0  # which makes of -0 a 0


def _function(compute: Callable[..., float]) -> Callable[..., Decimal]:
    def run(*values: Decimal) -> Decimal:
        try:
            return real(compute(*map(_float, values)))
        except (ValueError, OverflowError) as problem:
            raise EvaluationError(f"out of range: {', '.join(map(str, values))}") from problem

    return run


def _double(name: str, summary: str, compute: Callable[..., float], *params: str) -> Function:
    usage = f"{name}({', '.join(params)})"
    return Function(name, usage, summary, (NUMBER,) * len(params), REAL, run=_function(compute))


DOUBLE = (
    _double("SQRT", "The square root.", math.sqrt, "x"),
    _double("EXP", "e to the power of x.", math.exp, "x"),
    _double("LN", "The natural logarithm.", math.log, "x"),
    _double("LOG", "The logarithm to base 10.", math.log10, "x"),
    _double("SIN", "The sine of an angle in radians.", math.sin, "x"),
    _double("COS", "The cosine of an angle in radians.", math.cos, "x"),
    _double("TAN", "The tangent of an angle in radians.", math.tan, "x"),
    _double("ASIN", "The angle whose sine is x.", math.asin, "x"),
    _double("ACOS", "The angle whose cosine is x.", math.acos, "x"),
    _double("ATAN", "The angle whose tangent is x.", math.atan, "x"),
    _double("ATAN2", "The angle of the point (x, y).", math.atan2, "y", "x"),
    _double("PI", "The ratio of a circle's circumference to its diameter.", lambda: math.pi),
)
