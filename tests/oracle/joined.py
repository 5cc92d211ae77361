"""R of the contract's section 6: every combination of records along a tree of joins, as one scope per row.

Choice where the contract leaves one: a path that begins with a join's path reads the joined record, so what an outer
upward join's condition left out is null even though the lookup is filled; the lookup's own value (its Id) stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from oracle.conditions import Condition
from oracle.world import Field, Record, Relationship, Row, Value, World

__all__ = ["Join", "JoinKind", "Joined", "Node", "Tree", "joined_rows"]

JoinKind = Literal["inner", "outer", "without"]


@dataclass(frozen=True)
class Join:
    """One more object: `path` from the base, ending in a child relationship or in a lookup's path."""

    path: str
    kind: JoinKind = "inner"
    where: Condition | None = None


@dataclass(frozen=True)
class Node:
    """A place in the tree: the base's path is empty."""

    path: str
    name: str
    up: bool
    relationship: Relationship | None
    join: Join | None

    @property
    def parent(self) -> str:
        return self.path.rpartition(".")[0]


@dataclass(frozen=True)
class Tree:
    """The base and its joins, every parent before its children."""

    world: World
    base: str
    joins: tuple[Join, ...] = ()

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        nodes = {"": Node("", self.base, False, None, None)}
        for join in sorted(self.joins, key=lambda one: one.path.count(".")):
            above, _, segment = join.path.rpartition(".")
            up, down = (way(nodes[above].name, segment) for way in (self.world.up, self.world.down))
            found = up or down
            assert found, f"{nodes[above].name} has no {segment}"
            nodes[join.path] = Node(join.path, found.parent if up else found.child, up is not None, found, join)
        return nodes

    def split(self, path: str) -> tuple[str, str]:
        """The deepest node that a path passes, and what follows it."""
        best = max((node for node in self.nodes if node and path.startswith(f"{node}.")), key=len, default="")
        return best, path[len(best) + 1 :] if best else path

    def chain(self, path: str) -> tuple[str, ...]:
        """The nodes from the base to one of them."""
        parts = path.split(".") if path else []
        return tuple(".".join(parts[:count]) for count in range(len(parts) + 1))

    def reaches(self, start: str, end: str) -> bool:
        """Tell whether each record at `start` has one record at `end`, found by going upwards only."""
        between = [
            node for path, node in self.nodes.items() if _within(path, start) and _within(end, path, itself=True)
        ]
        if _within(end, start, itself=True) and all(node.up for node in between):
            return True
        node = self.nodes.get(start)
        return node is not None and node.path != "" and not node.up and self.reaches(node.parent, end)


@dataclass(frozen=True)
class Joined:
    """One row of R: a record, or None for a missing one, per node."""

    tree: Tree
    records: Mapping[str, Row | None]

    @property
    def world(self) -> World:
        return self.tree.world

    def value(self, path: str) -> Value:
        record, rest = self._start(path)
        return record.value(rest)

    def field(self, path: str) -> Field:
        record, rest = self._start(path)
        return record.field(rest)

    def record(self, path: str) -> Row | None:
        """The record at a path of joins and parents; the base's for the empty path."""
        if path in self.tree.nodes:
            return self.records[path]
        record, rest = self._start(path)
        return record.climb(rest).row

    def _start(self, path: str) -> tuple[Record, str]:
        node, rest = self.tree.split(path)
        return Record(self.tree.world, self.tree.nodes[node].name, self.records[node]), rest


def joined_rows(tree: Tree, where: Condition | None) -> list[Joined]:
    """R before any `having`."""
    rows: list[Mapping[str, Row | None]] = [{"": row} for row in tree.world.rows[tree.base]]
    for node in tree.nodes.values():
        if node.join:
            rows = [longer for row in rows for longer in _extended(tree.world, node, node.join, row)]
    joined = [Joined(tree, row) for row in rows]
    return [row for row in joined if where is None or where.holds(row)]


def _extended(
    world: World, node: Node, join: Join, row: Mapping[str, Row | None]
) -> Iterator[Mapping[str, Row | None]]:
    found = list(_partners(world, node, join, row[node.parent]))
    match join.kind:
        case "without":
            if not found:
                yield {**row, node.path: None}
        case "outer":
            for partner in found or [None]:
                yield {**row, node.path: partner}
        case "inner":
            for partner in found:
                yield {**row, node.path: partner}


def _partners(world: World, node: Node, join: Join, record: Row | None) -> Iterator[Row]:
    link = node.relationship
    assert link
    for partner in world.rows[node.name]:
        near, far = (record, partner) if node.up else (partner, record)
        linked = near is not None and far is not None and near[link.lookup] == far["Id"]
        if linked and (join.where is None or join.where.holds(Record(world, node.name, partner))):
            yield partner


def _within(path: str, above: str, *, itself: bool = False) -> bool:
    if path == above:
        return itself
    return not above or path.startswith(f"{above}.")
