"""Passes over typed trees that do not care what the nodes mean: children, references, rewriting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

from objectforge.expressions.typed import RUNNING, InSelect, Param, Ref, Step, Typed

__all__ = ["children", "params", "rebase", "refs", "transform", "walk"]


def children(tree: Typed) -> tuple[Typed, ...]:
    """The nodes directly below, in order."""
    found: list[Typed] = []
    for name in _branches(type(tree)):
        value = getattr(tree, name)
        if isinstance(value, tuple):
            found.extend(value)  # pyright: ignore[reportUnknownArgumentType]
        elif value is not None:
            found.append(value)
    return tuple(found)


def walk(tree: Typed) -> Iterator[Typed]:
    """The node and all below it, each before what it holds."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def refs(tree: Typed) -> Iterator[Ref]:
    """Every reference to a field, in order; the grain of an aggregate is not one of them."""
    return (node for node in walk(tree) if isinstance(node, Ref))


def params(tree: Typed) -> Iterator[Param]:
    """Every bind, in order, those of the queries within it included."""
    for node in walk(tree):
        match node:
            case Param():
                yield node
            case InSelect(select=select) if select.where is not None:
                yield from params(select.where)
            case _:
                pass


def transform(tree: Typed, change: Callable[[Typed], Typed]) -> Typed:
    """The tree with every node replaced by what `change` makes of it, from the leaves upwards."""
    changed: dict[str, Any] = {}
    for name in _branches(type(tree)):
        before = getattr(tree, name)
        if isinstance(before, tuple):
            items: list[Typed] = [transform(item, change) for item in before]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            if any(a is not b for a, b in zip(items, before, strict=True)):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
                changed[name] = tuple(items)
        elif before is not None:
            after = transform(before, change)
            if after is not before:
                changed[name] = after
    return change(replace(tree, **changed) if changed else tree)


def rebase(tree: Typed, node: str, steps: tuple[Step, ...]) -> Typed:
    """The tree as seen from `node`, `steps` below the object it was written for.

    So the formula of a parent's field takes the place of a reference to it.
    """

    def prefix(each: Typed) -> Typed:
        if not isinstance(each, Ref) or each.node == RUNNING:
            return each
        return replace(each, node=node, steps=steps + each.steps)

    return transform(tree, prefix)


# Attributes that hold nodes. An aggregate's grain is a place in the join tree, not a value; what IN (SELECT ...)
# selects is rooted at records of its own.
_NODE_ATTRIBUTES = frozenset({"operand", "left", "right", "items", "pattern", "groups", "args", "argument", "day"})


@cache
def _branches(node: type[Typed]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(node) if field.name in _NODE_ATTRIBUTES)
