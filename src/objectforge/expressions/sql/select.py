"""`x IN (SELECT ...)` to SQL: a subquery that knows nothing of the statement around it, so that engines run it once."""

from __future__ import annotations

from objectforge.expressions import typed as t
from objectforge.expressions.sql.columns import Others
from objectforge.expressions.sql.comparisons import union
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import Kind, ValueType

__all__ = ["in_select"]


def in_select(
    outside: Recursion, inside: Recursion, others: Others, operand: t.Typed, select: t.Selected, *, exact: bool
) -> Element:
    """TRUE where the operand is one of the values; `inside` compiles for the records selected."""
    shape = select.column.type
    where = None if select.where is None else inside.truth(select.where)
    if shape.kind is not operand.type.kind:  # an id and a text that may be one
        return outside.long_id(operand).in_(others.select(inside.long_id(select.column), where))
    if shape.kind is Kind.NUMBER:
        shape = union(shape, operand.type)
    wanted = _comparable(outside, operand, shape, exact=exact)
    return wanted.in_(others.select(_comparable(inside, select.column, shape, exact=exact), where))


def _comparable(compiler: Recursion, tree: t.Typed, shape: ValueType, *, exact: bool) -> Element:
    if shape.kind is Kind.NUMBER:
        return compiler.backend.comparable(compiler.number(tree, shape), shape)
    element = compiler.value(tree)
    if shape.kind in (Kind.TEXT, Kind.MULTI):
        return compiler.backend.text_exact(element) if exact else compiler.backend.text_key(element)
    return element
