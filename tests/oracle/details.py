"""Detail rows: the distinct combinations of records from the base to the deepest node that the columns name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oracle.joined import Joined, Tree
from oracle.order import Rank, rank, ranked
from oracle.world import Value

__all__ = ["detail_rows"]


def detail_rows(
    tree: Tree, columns: Sequence[str], rows: Iterable[Joined], orders: Sequence[tuple[str, bool]]
) -> list[dict[str, Value]]:
    """One mapping per detail row, in order."""
    chain = tree.chain(_deepest(tree, columns))
    distinct: dict[Rank, Joined] = {}
    for row in rows:
        distinct.setdefault(tuple(_age(tree, row, node) for node in chain), row)
    sorting = [(lambda entry, name=name: _rank(entry[1], name), down) for name, down in orders if name in columns]
    entries = ranked(distinct.items(), lambda entry: entry[0], sorting)
    return [{column: row.value(column) for column in columns} for _, row in entries]


def _deepest(tree: Tree, columns: Sequence[str]) -> str:
    """The node at the end of the chain: upward joins alone neither multiply rows nor branch."""
    nodes = {tree.split(column)[0] for column in columns}
    multiplying = {".".join(_without_ups(tree, node)) for node in nodes}
    deepest = max(multiplying, key=len)
    assert all(node in tree.chain(deepest) for node in multiplying), f"two branches in {columns}"
    return deepest


def _without_ups(tree: Tree, node: str) -> list[str]:
    parts = node.split(".") if node else []
    while parts and tree.nodes[".".join(parts)].up:
        parts.pop()
    return parts


def _rank(row: Joined, path: str) -> Rank:
    return rank(row.value(path), row.field(path), row.world)


def _age(tree: Tree, row: Joined, node: str) -> Rank:
    record = row.records[node]
    return (0,) if record is None else (1, tree.world.ranks[str(record["Id"])])
