"""Arithmetic typed: which operators go with which values, and how large the result can be."""

from __future__ import annotations

from decimal import Decimal

from objectforge.expressions import syntax
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.shapes import REAL, constant_int, of_shape, shape
from objectforge.expressions.typed import Arithmetic, Concat, Const, Negate, Typed
from objectforge.values.kinds import DATE, DATETIME, NULL, TEXT, TIME, Kind, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.numbers import subtract

__all__ = ["arithmetic", "concat", "negate"]

_MOST_DIGITS = 400
"""Digits that a number may have before the point, or after it; more are refused, whatever the values will be."""

_TEXTS = frozenset({Kind.TEXT, Kind.MULTI, Kind.ID})
_DAYS_BETWEEN = number(7, 0)
_FRACTION_OF_DAYS = number(26, 18)
_MILLISECONDS = number(11, 3)

_MOMENTS: dict[tuple[Kind, str, Kind], ValueType] = {
    (Kind.DATE, "+", Kind.NUMBER): DATE,
    (Kind.DATE, "-", Kind.NUMBER): DATE,
    (Kind.NUMBER, "+", Kind.DATE): DATE,
    (Kind.DATETIME, "+", Kind.NUMBER): DATETIME,
    (Kind.DATETIME, "-", Kind.NUMBER): DATETIME,
    (Kind.NUMBER, "+", Kind.DATETIME): DATETIME,
    (Kind.TIME, "+", Kind.NUMBER): TIME,
    (Kind.TIME, "-", Kind.NUMBER): TIME,
    (Kind.NUMBER, "+", Kind.TIME): TIME,
    (Kind.DATE, "-", Kind.DATE): _DAYS_BETWEEN,
    (Kind.DATETIME, "-", Kind.DATETIME): _FRACTION_OF_DAYS,
    (Kind.TIME, "-", Kind.TIME): _MILLISECONDS,
}


def arithmetic(context: Context, node: syntax.Binary, left: Typed, right: Typed) -> Typed:
    """Type `left op right` for `+ - * / ^`."""
    if NOTHING in (left, right):
        return NOTHING
    left_type, right_type = _beside(left.type, right.type), _beside(right.type, left.type)
    kinds = (left_type.kind, right_type.kind)
    if node.op == "+" and kinds[0] in _TEXTS and kinds[1] in _TEXTS:
        return concat(left, right)
    assert node.op in ("+", "-", "*", "/", "^")
    if kinds == (Kind.NUMBER, Kind.NUMBER):
        size = _size(node.op, shape(left_type), shape(right_type), right)
        if size.whole > _MOST_DIGITS or size.scale > _MOST_DIGITS:
            hint = f"a number has at most {_MOST_DIGITS} digits before the point and after it; ROUND(x, 2) shortens one"
            return context.report("OF331", "the result can have too many digits", node, hint)
        return Arithmetic(node.op, left, right, of_shape(size))
    found = _MOMENTS.get((kinds[0], node.op, kinds[1]))
    if found is not None:
        return Arithmetic(node.op, left, right, found)
    message = f"'{node.op}' does not go with {noun(left_type)} and {noun(right_type)}"
    return context.report("OF324", message, node, _hint(node.op, left_type.kind, right_type.kind))


def concat(left: Typed, right: Typed) -> Typed:
    """Two texts joined, chains of them in one node."""
    items = (*left.items, right) if isinstance(left, Concat) else (left, right)
    return Concat(items, TEXT)


def negate(context: Context, node: syntax.Unary, operand: Typed) -> Typed:
    """Type `-x` and `+x`."""
    if operand.type.kind not in (Kind.NUMBER, Kind.NULL):
        return context.report("OF324", f"'{node.op}' does not go with {noun(operand.type)}", node)
    if node.op == "+" or operand.type.kind is Kind.NULL:
        return operand
    if isinstance(operand, Const) and isinstance(operand.value, Decimal):
        return Const(subtract(Decimal(0), operand.value), operand.type)
    return Negate(operand, number(operand.type.digits, operand.type.scale))


def _beside(value_type: ValueType, other: ValueType) -> ValueType:
    """The type of an operand; a null is taken for a number, beside a text for a text."""
    if value_type.kind is not NULL.kind:
        return value_type
    return TEXT if other.kind in _TEXTS else number(1, 0)


def _size(op: str, left: NumberShape, right: NumberShape, exponent: Typed) -> NumberShape:
    match op:
        case "+":
            return left.add(right)
        case "-":
            return left.subtract(right)
        case "*":
            return left.multiply(right)
        case "/":
            return left.divide(right)
        case _:
            times = constant_int(exponent)
            real = shape(REAL)
            if times is None or not 0 < times * max(left.whole, 1) <= real.whole or times * left.scale > real.scale:
                return real
            return NumberShape(times * left.digits, times * left.scale)


def _hint(op: str, left: Kind, right: Kind) -> str | None:
    match (op, left, right):
        case ("+" | "-", Kind.DATETIME, Kind.DATE) | ("+" | "-", Kind.DATE, Kind.DATETIME):
            return "write DATEVALUE(x) for the day of a datetime"
        case ("+", Kind.DATE | Kind.DATETIME, Kind.DATE | Kind.DATETIME):
            return "dates are subtracted, which gives days; days are added to a date"
        case ("+", Kind.TEXT, _) | ("+", _, Kind.TEXT):
            return "write TEXT(x) & 'text' to join them"
        case (_, Kind.BOOLEAN, _) | (_, _, Kind.BOOLEAN):
            return "write IF(x, 1, 0) to count a checkbox"
        case _:
            return None
