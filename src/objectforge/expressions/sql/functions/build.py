"""What every function's SQL form is: a call and a compiler to a raw element, and the guard against growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.expressions.walk import children
from objectforge.values.kinds import Kind, ValueType

__all__ = ["Build", "branch", "guarded", "refuse_growth"]

Build = Callable[[Recursion, t.Call], Element]

_COPIES: Mapping[str, int] = {
    "CEILING": 2, "DATEVALUE": 250, "DAYOFYEAR": 3, "LEFT": 3, "MAX": 2, "MID": 3, "MIN": 2, "RIGHT": 3,
}  # fmt: skip
"""How often the SQL of these functions holds that of their arguments."""
_MOST_COPIES = 10_000


def branch(compiler: Recursion, tree: t.Typed, call: t.Call) -> Element:
    """An argument that may become the call's value, in the shape of its type."""
    if tree.type.kind is Kind.NULL:
        return compiler.backend.null(call.type)
    if call.type.kind is Kind.NUMBER:
        return compiler.number(tree, call.type)
    return compiler.text(tree) if tree.type.kind is not call.type.kind else compiler.value(tree)


def guarded(build: Build) -> Build:
    """The form of a function that copies its arguments: refused where the copies would multiply beyond reason."""

    def guard(compiler: Recursion, call: t.Call) -> Element:
        refuse_growth(call, call.name)
        return build(compiler, call)

    return guard


def refuse_growth(tree: t.Typed, name: str) -> None:
    """Refuse an expression whose SQL would be thousands of times as long as itself.

    Raises:
        UnsupportedInSql: it would.
    """
    if _copies(tree) > _MOST_COPIES:
        raise UnsupportedInSql(f"{name} within itself so many times")


def _copies(tree: t.Typed) -> int:
    inner = max((_copies(child) for child in children(tree)), default=1)
    return min(inner * _factor(tree), _MOST_COPIES + 1)


def _factor(tree: t.Typed) -> int:
    match tree:
        case t.Call(name=name):
            return _COPIES.get(name, 1)
        case t.Arithmetic(type=ValueType(kind=Kind.DATETIME)):
            return 5
        case _:
            return 1
