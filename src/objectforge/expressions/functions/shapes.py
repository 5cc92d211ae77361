"""The types that functions give: how many digits a rounded, a real or a chosen number may have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce

from objectforge.expressions.typed import Const, Typed
from objectforge.values.kinds import ID, NULL, TEXT, Kind, ValueType, number
from objectforge.values.number_shape import NumberShape

__all__ = ["REAL", "constant_int", "of_shape", "same_as_first", "shape", "unify", "unify_all", "whole"]

REAL = number(120, 20)
"""What functions computed in floating point give: up to 10^100, rounded to 20 places."""

_TEXTS = frozenset({Kind.TEXT, Kind.ID, Kind.MULTI})


def shape(value_type: ValueType) -> NumberShape:
    """The size of a numeric type; of null, that of 0."""
    return NumberShape(max(value_type.digits, 1), value_type.scale)


def of_shape(size: NumberShape) -> ValueType:
    """The numeric type of a size."""
    return number(size.digits, size.scale)


def whole(digits: int) -> ValueType:
    """A whole number of so many digits."""
    return number(digits, 0)


def constant_int(tree: Typed) -> int | None:
    """The whole number a literal holds, or None where it is none."""
    match tree:
        case Const(value=int() | Decimal() as value) if tree.type.kind is Kind.NUMBER and value == int(value):
            return int(value)
        case _:
            return None


def same_as_first(args: Sequence[Typed]) -> ValueType:
    """The type of the first argument."""
    return args[0].type


def unify(left: ValueType, right: ValueType) -> ValueType | None:
    """The type that holds the values of both, or None where no type does. Null fits every type."""
    if left.kind is Kind.NULL:
        return right
    if right.kind is Kind.NULL or left == right:
        return left
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return of_shape(shape(left).union(shape(right)))
    if left.kind in _TEXTS and right.kind in _TEXTS:
        return ID if left.kind is right.kind is Kind.ID else TEXT
    return left if left.kind is right.kind else None


def unify_all(types: Sequence[ValueType]) -> ValueType | None:
    """The type that holds the values of all."""

    def join(left: ValueType | None, right: ValueType) -> ValueType | None:
        return unify(left, right) if left is not None else None

    return reduce(join, types, NULL)
