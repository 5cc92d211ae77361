"""How much SQL an expression becomes, known before it is compiled: what would be too much is refused with its place."""

from __future__ import annotations

from collections.abc import Callable

from objectforge.expressions import typed as t
from objectforge.expressions.sql.functions.build import factor
from objectforge.expressions.walk import children

__all__ = ["MOST_OF_CONDITION", "MOST_OF_FORMULA", "ROLLUP_SIZE", "size"]

MOST_OF_CONDITION = 10_000
"""The largest condition, and the largest sum of what a query computes."""
MOST_OF_FORMULA = 5_000
"""The largest formula field, what it takes from other formulas included."""
ROLLUP_SIZE = 10
"""The size of a roll-up besides what it adds up and its filter."""

_ENDLESS = 1_000_000
_FEW = 20
"""Values of a list that stand in the SQL one by one; longer lists are one bind."""
_PER_QUERY = 10


def size(tree: t.Typed, of_field: Callable[[t.Ref], int]) -> int:
    """How many names, values and operations the SQL of an expression has; `of_field` says it of what a field computes.

    What a function needs several times counts as often. Nothing counts more than a million.
    """
    match tree:
        case t.Ref():
            found = of_field(tree)
        case t.InList(operand=operand, items=items):
            found = size(operand, of_field) * (len(items) if 1 < len(items) <= _FEW else 1) + min(len(items), _FEW) + 1
        case t.InPeriod(operand=operand) | t.OnDay(operand=operand):
            found = 2 * size(operand, of_field) + 2
        case t.Includes(operand=operand, groups=groups):
            found = sum(map(_parts, groups)) * (2 + size(operand, of_field)) + 1
        case t.InSelect(operand=operand, select=select):
            where = 0 if select.where is None else size(select.where, of_field)
            found = _PER_QUERY + size(operand, of_field) + of_field(select.column) + where
        case _:
            inside = sum(size(child, of_field) for child in children(tree))
            found = 1 + inside * factor(tree)
    return min(found, _ENDLESS)


def _parts(group: t.Typed) -> int:
    return group.value.count(";") + 1 if isinstance(group, t.Const) and isinstance(group.value, str) else 1
