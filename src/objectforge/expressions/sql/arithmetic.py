"""Arithmetic to SQL: exact numbers, dates and instants moved by days, and the days between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from objectforge.expressions import typed as t
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.functions.build import constant, is_constant, refuse_growth
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import TIME, Kind, ValueType, number
from objectforge.values.number_shape import NumberShape

__all__ = ["arithmetic"]

_SECONDS_A_DAY = t.Const(Decimal(86_400), number(5, 0))
_DAY_OF_MICROS = number(11, 0)
_MICROS = number(18, 0)
_NUMBERS = frozenset({Kind.NUMBER, Kind.NULL})
_MANY = 8
"""Sums of more terms are balanced."""


def arithmetic(compiler: Recursion, tree: t.Arithmetic) -> Element:
    """The raw element of `left op right`, in the shape of the tree's type."""
    left, right = tree.left, tree.right
    match tree.type.kind:
        case Kind.DATE | Kind.DATETIME:
            moment, by = (left, right) if right.type.kind in (Kind.NUMBER, Kind.NULL) else (right, left)
            return _moved(compiler, tree, moment, by)
        case Kind.TIME:
            time, by = (left, right) if right.type.kind in (Kind.NUMBER, Kind.NULL) else (right, left)
            return _moved_time(compiler, tree, time, _numeric(by))
        case _:
            pass
    match left.type.kind:
        case Kind.DATE:
            days = compiler.backend.day_number(compiler.value(left)) - compiler.backend.day_number(
                compiler.value(right)
            )
            return compiler.backend.from_integer(days, tree.type)
        case Kind.DATETIME:
            micros = compiler.backend.micros_between(compiler.value(left), compiler.value(right))
            day = compiler.backend.literal(Decimal(86_400_000_000), _DAY_OF_MICROS)
            return compiler.backend.divide(micros, day, _MICROS, _DAY_OF_MICROS)
        case Kind.TIME:
            return compiler.backend.milliseconds_between(compiler.value(left), compiler.value(right))
        case _:
            return _numbers(compiler, tree)


def _numbers(compiler: Recursion, tree: t.Arithmetic) -> Element:
    left, right = (_numeric(side) for side in (tree.left, tree.right))
    match tree.op:
        case "/":
            quotient = compiler.backend.divide(compiler.value(left), compiler.value(right), left.type, right.type)
            size = NumberShape(max(left.type.digits, 1), left.type.scale)
            size = size.divide(NumberShape(max(right.type.digits, 1), right.type.scale))
            return compiler.backend.rescale(quotient, number(max(size.digits, 19), size.scale), tree.type)
        case "^":
            if is_constant(tree):
                return constant(compiler, tree)
            refuse_growth(tree, "^")
            known = right.value if isinstance(right, t.Const) and isinstance(right.value, Decimal) else None
            operands = (Operand(compiler.value(left), left.type), Operand(compiler.value(right), right.type, known))
            return compiler.backend.call("^", operands, tree.type)
        case _ if len(terms := tuple(_terms(tree))) > _MANY:
            return _sum(compiler, terms, tree.type)
        case _:
            a, b = compiler.backend.operands(tree.op, left.type, right.type, tree.type)
            return compiler.backend.arithmetic(tree.op, compiler.number(left, a), compiler.number(right, b), tree.type)


def _terms(tree: t.Typed, *, minus: bool = False) -> Iterator[t.Typed]:
    """What is added up in a sum of numbers, whichever way it is written: `a - (b - c)` is a, -b and c."""
    match tree:
        case t.Arithmetic(op="+" | "-" as op, left=left, right=right) if left.type.kind in _NUMBERS:
            yield from _terms(left, minus=minus)
            yield from _terms(right, minus=minus != (op == "-"))
        case _:
            term = _numeric(tree)
            yield t.Negate(term, term.type) if minus else term


def _sum(compiler: Recursion, terms: Sequence[t.Typed], shape: ValueType) -> Element:
    """The sum in a shape, as a balanced tree: an engine reads only so many calls inside each other."""
    if len(terms) == 1:
        return compiler.number(terms[0], shape)
    half = len(terms) // 2
    left, right = _sum(compiler, terms[:half], shape), _sum(compiler, terms[half:], shape)
    return compiler.backend.arithmetic("+", left, right, shape)


def _numeric(tree: t.Typed) -> t.Typed:
    return t.Const(None, number(1, 0)) if tree.type.kind is Kind.NULL else tree


def _moved_time(compiler: Recursion, tree: t.Arithmetic, time: t.Typed, by: t.Typed) -> Element:
    operands = (Operand(compiler.value(time), TIME), Operand(compiler.value(by), by.type))
    return compiler.backend.call(f"TIME{tree.op}", operands, TIME)


def _moved(compiler: Recursion, tree: t.Arithmetic, moment: t.Typed, by: t.Typed) -> Element:
    backend, instant = compiler.backend, tree.type.kind is Kind.DATETIME
    if is_constant(tree):
        return constant(compiler, tree)
    if instant:
        refuse_growth(by, "a sum of datetimes")
    by = _numeric(by)
    if instant:  # whole seconds, half a second up
        digits = by.type.digits + 5
        seconds = t.Arithmetic("*", by, _SECONDS_A_DAY, number(digits, by.type.scale))
        whole = number(max(digits - by.type.scale, 0) + 1, 0)
        count = backend.whole(backend.round(compiler.value(seconds), seconds.type, whole, 0), whole)
    else:
        count = backend.whole(compiler.value(by), by.type)
    count = -count if tree.op == "-" else count
    element = compiler.value(moment)
    return backend.shift_seconds(element, count) if instant else backend.shift_days(element, count)
