"""How long a text can be that an expression computes, known before any record is read.

Only what may grow past `LONGEST` is looked at again by the engine, which costs more than joining two names does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from objectforge.expressions import typed as t
from objectforge.expressions.functions.longest import LONGEST
from objectforge.expressions.functions.shapes import constant_int
from objectforge.values.kinds import Kind

__all__ = ["field_length", "longest", "overflows"]

_OfField = Callable[[t.Ref], int]

_SHORT = 1000
"""More than any value has that is a text of one line, a number, a date or an id."""
_ESCAPED = 6
"""`&#x27;` for one quote."""
_LINK = 100
"""More than a link or an image has besides its arguments."""


def longest(tree: t.Typed, of_field: _OfField) -> int:
    """The most characters of a text; of another value, of its text. `of_field` says it of a field."""
    return min(_unbounded(tree, of_field), LONGEST)


def overflows(tree: t.Typed, of_field: _OfField) -> bool:
    """Whether a text could become longer than a computed text may be in this very node."""
    match tree:
        case t.Concat() | t.Call(name="SUBSTITUTE" | "HYPERLINK" | "IMAGE"):
            return _unbounded(tree, of_field) > LONGEST
        case _:
            return False


def field_length(ref: t.Ref) -> int:
    """The most characters of a stored field."""
    if ref.type.kind is Kind.TEXT and ref.type.searchable:
        return _SHORT
    return LONGEST if ref.type.kind in (Kind.TEXT, Kind.MULTI, Kind.JSON) else _SHORT


def _unbounded(tree: t.Typed, of_field: _OfField) -> int:
    match tree:
        case t.Ref():
            return of_field(tree)
        case t.Const(value=str() as text):
            return len(text)
        case t.Param():
            return LONGEST if tree.type.kind in (Kind.TEXT, Kind.MULTI, Kind.NULL) else _SHORT
        case t.Fill(operand=operand):
            return longest(operand, of_field)
        case t.Concat(items=items):
            return _sum(items, of_field)
        case t.Call(name=name, args=args) if tree.type.kind in (Kind.TEXT, Kind.MULTI):
            return _of_call(name, args, of_field)
        case _:
            return _SHORT


def _of_call(name: str, args: tuple[t.Typed, ...], of_field: _OfField) -> int:
    match name, args:
        case "SUBSTITUTE", (text, old, new):
            least = len(old.value) if isinstance(old, t.Const) and isinstance(old.value, str) else 1
            length, size = longest(text, of_field), longest(new, of_field)
            return max(length, length // max(least, 1) * size + length)
        case "LPAD" | "RPAD", (_, count, *_):
            size = constant_int(count)
            return LONGEST if size is None else max(size, 0)
        case "LEFT" | "RIGHT", (text, count):
            return _cut(text, count, of_field)
        case "MID" | "SUBSTR", (text, _, count):
            return _cut(text, count, of_field)
        case "HYPERLINK" | "IMAGE", _:
            return _ESCAPED * _sum(args, of_field) + _LINK
        case _:
            return max((longest(arg, of_field) for arg in args), default=_SHORT)


def _cut(text: t.Typed, count: t.Typed, of_field: _OfField) -> int:
    length, size = longest(text, of_field), constant_int(count)
    return length if size is None else min(length, max(size, 0))


def _sum(trees: Iterable[t.Typed], of_field: _OfField) -> int:
    return sum(longest(each, of_field) for each in trees)
