"""Syntax trees to the names in them, before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from objectforge.expressions.parser import parse
from objectforge.expressions.soql.syntax import Query
from objectforge.expressions.syntax import Bind, DateWord, Expression, Part, Path
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["binds_in", "inside", "names_in"]


def inside(tree: Expression | Query, enter: Callable[[Expression], bool] = lambda _: True) -> Iterator[Expression]:
    """The nodes of a tree that `enter` lets in, with what they hold; those of a query among its own nodes."""
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += cast("tuple[object, ...]", node)
        elif is_dataclass(node) and not isinstance(node, Part) and enter(cast("Expression", node)):
            yield cast("Expression", node)
            waiting += [getattr(node, each.name) for each in fields(node)]


def binds_in(text: str) -> Iterator[str]:
    """The names of the binds in an expression; none where it cannot be read at all."""
    try:
        tree = parse(text)
    except ExpressionSyntaxError:
        return
    yield from (node.name for node in inside(tree) if isinstance(node, Bind))


def names_in(text: str) -> Iterator[Path]:
    """Every path in an expression; none where it cannot be read at all."""
    try:
        tree = parse(text)
    except ExpressionSyntaxError:
        return
    for node in inside(tree):
        if isinstance(node, Path):
            yield node
        elif isinstance(node, DateWord) and node.n is None:  # may be a field of that name
            yield Path((Part(text[node.start : node.end], node.start, node.end),), node.start, node.end)
