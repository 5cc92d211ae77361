"""What is computed over a record's children to one scalar subquery, exact on any engine."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.columns import Children
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import ValueType, number
from objectforge.values.number_shape import NumberShape

__all__ = ["aggregate", "rolled_up"]

_COUNT = number(18, 0)


def rolled_up(compiler: Recursion, children: Children, shape: ValueType) -> Element:
    """The raw element of a roll-up in the shape of its type; `compiler` compiles for the children."""
    if children.known is not None:
        return children.known
    where = None if children.where is None else compiler.truth(children.where)
    return children.select(_aggregate(compiler, children, shape), where)


def _aggregate(compiler: Recursion, children: Children, shape: ValueType) -> Element:
    backend, argument = compiler.backend, children.argument
    if argument is None:
        return backend.from_integer(sa.func.count(), _COUNT)
    return aggregate(backend, children.function, compiler.value(argument), argument.type, shape)


def aggregate(
    backend: Backend,
    function: Literal["count", "sum", "min", "max", "avg"],
    value: Element,
    given: ValueType,
    shape: ValueType,
) -> Element:
    """The raw element of an aggregate over values of the type `given`, in the shape of its own type."""
    match function:
        case "count":
            return backend.from_integer(sa.func.count(value), _COUNT)
        case "sum":
            return backend.total(value, given, shape)
        case "avg":
            size = NumberShape(given.digits, given.scale).summed()
            total = number(size.digits, size.scale)
            divided = backend.divide(
                backend.total(value, given, total), backend.from_integer(sa.func.count(value), _COUNT), total, _COUNT
            )
            return backend.rescale(divided, number(max(shape.digits, 19), shape.scale), shape)
        case extreme:
            return backend.extreme(extreme, value, given)
