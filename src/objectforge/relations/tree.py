"""Join trees: what lies above a node, which records are reached from which without meeting more than one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from objectforge.expressions.typed import Ref
from objectforge.relations.report import Node

__all__ = ["ancestors", "common_record", "determined", "one_branch"]


def ancestors(nodes: Mapping[str, Node], path: str) -> tuple[str, ...]:
    """A node and the nodes above it up to the base, in that order."""
    found = [path]
    while path:
        path = nodes[path].parent
        found.append(path)
    return tuple(found)


def determined(nodes: Mapping[str, Node], path: str) -> frozenset[str]:
    """The nodes of which a record of a node meets at most one record: along lookups, never against them."""
    found = {path}
    ahead = [path]
    while ahead:
        at = ahead.pop()
        steps = [other.path for other in nodes.values() if other.path and other.up and other.parent == at]
        if at and not nodes[at].up:
            steps.append(nodes[at].parent)
        ahead += [step for step in steps if step not in found]
        found.update(steps)
    return frozenset(found)


def common_record(nodes: Mapping[str, Node], refs: Sequence[Ref]) -> Ref | None:
    """The reference whose owner reaches the owners of all the others upwards; None when they lie on branches."""
    for candidate in refs:
        if candidate.steps:
            reached = all(
                other.node == candidate.node and other.steps[: len(candidate.steps)] == candidate.steps
                for other in refs
            )
        else:
            above = determined(nodes, candidate.node)
            reached = all(other.node in above for other in refs)
        if reached:
            return candidate
    return None


def one_branch(nodes: Mapping[str, Node], paths: Sequence[str]) -> tuple[str, str] | None:
    """Two of the nodes that multiply each other's rows, None when all lie on one way down from the base.

    A node that is joined upwards never multiplies rows: it counts as the node it hangs on.
    """
    down = [_lowest(nodes, path) for path in paths]
    for number, path in enumerate(down):
        for other, first in zip(down[:number], paths, strict=False):
            if path not in ancestors(nodes, other) and other not in ancestors(nodes, path):
                return first, paths[number]
    return None


def _lowest(nodes: Mapping[str, Node], path: str) -> str:
    while path and nodes[path].up:
        path = nodes[path].parent
    return path
