"""What every function's SQL form is: a call and a compiler to a raw element, and the guard against growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from objectforge.expressions import typed as t
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.expressions.walk import children
from objectforge.values.kinds import Kind

if TYPE_CHECKING:
    from objectforge.expressions.sql.backend import Element
    from objectforge.expressions.sql.compiler import Compiler

__all__ = ["Build", "branch", "guarded"]

Build = Callable[["Compiler", t.Call], "Element"]

_COPIES: Mapping[str, int] = {
    "CEILING": 2, "DATEVALUE": 250, "DAYOFYEAR": 3, "LEFT": 3, "MAX": 2, "MID": 3, "MIN": 2, "RIGHT": 3,
}  # fmt: skip
"""How often the SQL of these functions holds that of their arguments."""
_MOST_COPIES = 10_000


def branch(compiler: Compiler, tree: t.Typed, call: t.Call) -> Element:
    """An argument that may become the call's value, in the shape of its type."""
    if tree.type.kind is Kind.NULL:
        return compiler.backend.null(call.type)
    if call.type.kind is Kind.NUMBER:
        return compiler.number(tree, call.type)
    return compiler.text(tree) if tree.type.kind is not call.type.kind else compiler.value(tree)


def guarded(build: Build) -> Build:
    """The form of a function that copies its arguments: refused where the copies would multiply beyond reason."""

    def guard(compiler: Compiler, call: t.Call) -> Element:
        if _copies(call) > _MOST_COPIES:
            raise UnsupportedInSql(f"{call.name} within itself so many times")
        return build(compiler, call)

    return guard


def _copies(tree: t.Typed) -> int:
    inner = max((_copies(child) for child in children(tree)), default=1)
    return min(inner * (_COPIES.get(tree.name, 1) if isinstance(tree, t.Call) else 1), _MOST_COPIES + 1)
