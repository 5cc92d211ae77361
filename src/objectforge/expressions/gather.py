"""Many comparisons of one value, joined by OR, to the list they are: `a = 1 OR a = 2 OR ...` to `a IN (1, 2, ...)`."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.blank import unfill
from objectforge.expressions.typed import Compare, CompareOp, Const, InList, Not, Ref, Typed

__all__ = ["gathered_and", "gathered_or"]

_MANY = 20
"""Fewer conditions stay as they are written."""

_Key = tuple[Typed, bool]


def gathered_or(items: Sequence[Typed]) -> tuple[Typed, ...]:
    """The conditions of an OR, those that compare one value with many in one list."""
    return _gathered(items, "=")


def gathered_and(items: Sequence[Typed]) -> tuple[Typed, ...]:
    """The conditions of an AND, those by which one value is none of many in one list."""
    return _gathered(items, "!=")


def _gathered(items: Sequence[Typed], op: CompareOp) -> tuple[Typed, ...]:
    if len(items) <= _MANY:
        return tuple(items)
    found: list[Typed | _Key] = []
    values: dict[_Key, list[Typed]] = {}
    for item in items:
        match item:
            case Compare(op=asked, left=left, right=Const(value=value) as right, exact=exact) if (
                asked == op
                and isinstance(unfill(left), Ref)
                and right.type.kind is left.type.kind
                and value not in (None, "")
            ):
                key = left, exact
                if key not in values:
                    values[key] = []
                    found.append(key)
                values[key].append(right)
            case _:
                found.append(item)
    return tuple(_listed(each, values[each], op) if isinstance(each, tuple) else each for each in found)


def _listed(key: _Key, values: Sequence[Typed], op: CompareOp) -> Typed:
    operand, exact = key
    if len(values) == 1:
        return Compare(op, operand, values[0], exact)
    one_of = InList(operand, tuple(values), exact)
    return one_of if op == "=" else Not(one_of)
