"""How much SQL an expression becomes, known before it is compiled: what would be too much is refused with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.sql.functions.build import LOCAL, factor
from objectforge.expressions.walk import children
from objectforge.values.kinds import Kind

__all__ = ["MOST_OF_CONDITION", "MOST_OF_FORMULA", "ROLLUP_SIZE", "size"]

MOST_OF_CONDITION = 5_000
"""The largest condition, and the largest sum of what a query computes."""
MOST_OF_FORMULA = 4_000
"""The largest formula field, what it takes from other formulas included."""
ROLLUP_SIZE = 10
"""The size of a roll-up besides what it adds up and its filter."""

_ENDLESS = 1_000_000
_FEW = 20
"""Values of a list that stand in the SQL one by one; longer lists are one bind."""
_PER_QUERY = 250
"""A query after IN: engines need long to find out how to join twenty of them."""
_ZONE = 30
"""The day or time that clocks show at an instant: hundreds of transitions of a zone, written at once."""
_PER_ZONE = 20
"""What each part of an instant that is computed counts there."""
_ID_AS_TEXT = 40
_READERS: Mapping[str, int] = {"DATETIMEVALUE": 60, "DATEVALUE": 50, "TIMEVALUE": 10}
"""What the reading of a text counts."""
_COSTLY: Mapping[str, int] = {
    "SUBSTITUTE": 24,
    "MOD": 20,
    "EXP": 20,
    "LN": 10,
    "LOG": 10,
    "SQRT": 10,
    "IFERROR": 3,
    "CASE": 2,
    "^": 10,
    "/": 12,
    "&": 4,
}
"""What functions and operators count besides that, which are long in SQL."""


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
        case t.DatePart(operand=operand, local=True):
            found = _ZONE + _PER_ZONE * (size(operand, of_field) - 1)
        case t.Call(name=name, args=(operand,)) if name in LOCAL and operand.type.kind is Kind.DATETIME:
            found = _ZONE + _PER_ZONE * (size(operand, of_field) - 1)
        case t.Concat(items=items) | t.Call(args=items):
            ids = sum(_ID_AS_TEXT for item in items if item.type.kind is Kind.ID)
            inside = sum(size(item, of_field) for item in items)
            name = tree.name if isinstance(tree, t.Call) else "&"
            found = 1 + inside * factor(tree) + ids + _READERS.get(name, 0) + _COSTLY.get(name, 0)
        case t.Arithmetic(op=op):
            inside = sum(size(child, of_field) for child in children(tree))
            found = 1 + inside * factor(tree) + _COSTLY.get(op, 0)
        case _:
            inside = sum(size(child, of_field) for child in children(tree))
            found = 1 + inside * factor(tree)
    return min(found, _ENDLESS)


def _parts(group: t.Typed) -> int:
    return group.value.count(";") + 1 if isinstance(group, t.Const) and isinstance(group.value, str) else 1
