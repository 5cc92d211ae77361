"""The rows of R to groups of every prefix of the row keys by every prefix of the across keys, with their measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from oracle.conditions import Condition
from oracle.details import detail_rows
from oracle.joined import Joined, Tree
from oracle.keys import Key, Place
from oracle.measures import Measure
from oracle.order import Rank, ranked
from oracle.world import Field, Value, World

__all__ = ["Cube", "Group"]

Cell = tuple[tuple[Any, ...], tuple[Any, ...]]
"""Identities of the row keys and of the across keys, each a prefix."""


@dataclass(frozen=True)
class Group:
    """A row group.

    `level` counts from 0, `key` is what is shown from the first level on, `across` its cells by what is shown there.
    """

    level: int
    name: str
    value: Value
    key: tuple[Value, ...]
    identity: tuple[Any, ...]
    measures: Mapping[str, Value]
    groups: list[Group]
    across: Mapping[tuple[Value, ...], Mapping[str, Value]]
    details: list[dict[str, Value]]


@dataclass(frozen=True)
class Cube:
    """All groups of a report over the rows of R."""

    tree: Tree
    rows: tuple[Key, ...]
    across: tuple[Key, ...]
    measures: Mapping[str, Measure]
    joined: Sequence[Joined]
    orders: Sequence[tuple[str, bool]] = ()

    def where(self, having: Condition) -> Cube:
        """The cube over R', the rows whose full row group passes."""
        whole = len(self.rows)
        passed = {
            key for (key, column) in self.cells if len(key) == whole and not column and having.holds(self.view(key, ()))
        }
        kept = [row for row, (places, _) in zip(self.joined, self.places, strict=True) if _identities(places) in passed]
        return replace(self, joined=kept)

    @cached_property
    def places(self) -> list[tuple[list[Place], list[Place]]]:
        return [([key.place(row) for key in self.rows], [key.place(row) for key in self.across]) for row in self.joined]

    @cached_property
    def cells(self) -> Mapping[Cell, list[int]]:
        """The rows of every cell that occurs, and of the total, by number."""
        cells: dict[Cell, list[int]] = {((), ()): []}
        for number, (down, over) in enumerate(self.places):
            for rows in range(len(self.rows) + 1):
                for columns in range(len(self.across) + 1):
                    cell = (_identities(down[:rows]), _identities(over[:columns]))
                    cells.setdefault(cell, []).append(number)
        return cells

    def view(self, key: tuple[Any, ...], column: tuple[Any, ...]) -> CellView:
        rows = [self.joined[number] for number in self.cells.get((key, column), ())]
        return CellView(self, key, column, rows)

    def shown_measures(self, key: tuple[Any, ...], column: tuple[Any, ...]) -> dict[str, Value]:
        view = self.view(key, column)
        return {name: measure.shown(view.measure(name)) for name, measure in self.measures.items()}

    def siblings(self, parent: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """The identities of the groups right below one, in order."""
        level = len(parent)
        found = [key for key, column in self.cells if not column and len(key) == level + 1 and key[:level] == parent]
        name = self.rows[level].key
        orders = [
            (lambda key, by=by: self._rank(key) if by == name else _plain(self.view(key, ()).measure(by)), down)
            for by, down in self.orders
            if by == name or by in self.measures
        ]
        return ranked(found, self._rank, orders)

    def groups(self, columns: Sequence[str] = (), parent: tuple[Any, ...] = ()) -> list[Group]:
        """The row groups below one, with all that is below them."""
        if len(parent) == len(self.rows):
            return []
        return [self._group(key, columns) for key in self.siblings(parent)]

    def columns(self, key: tuple[Any, ...]) -> dict[tuple[Value, ...], dict[str, Value]]:
        """The cells of a row group that occur, of every prefix of the across keys, in order."""
        occurring = [column for at, column in self.cells if at == key and column]
        ordered = ranked(occurring, lambda column: tuple(self._across_rank(column)), ())
        return {self._across_shown(column): self.shown_measures(key, column) for column in ordered}

    def flat(self, group: Group) -> Iterator[dict[str, Value]]:
        """The finest groups, or in a matrix the finest cells, as flat records."""
        for below in group.groups:
            yield from self.flat(below)
        if not group.groups:
            keys = dict(zip((key.key for key in self.rows), group.key, strict=True))
            yield from self.cells_of(keys, group.across) if self.across else [{**keys, **group.measures}]

    def cells_of(
        self, keys: Mapping[str, Value], across: Mapping[tuple[Value, ...], Mapping[str, Value]]
    ) -> Iterator[dict[str, Value]]:
        """The cells of every across key, as flat records."""
        for shown, measures in across.items():
            if len(shown) == len(self.across):
                yield {**keys, **dict(zip((key.key for key in self.across), shown, strict=True)), **measures}

    def _group(self, key: tuple[Any, ...], columns: Sequence[str]) -> Group:
        level = len(key)
        shown = tuple(self._shown(key[: count + 1], (), count) for count in range(level))
        rows = self.view(key, ()).rows
        return Group(
            level - 1,
            self.rows[level - 1].key,
            shown[-1],
            shown,
            key,
            self.shown_measures(key, ()),
            self.groups(columns, key),
            self.columns(key),
            detail_rows(self.tree, columns, rows, ()) if columns else [],
        )

    def _shown(self, key: tuple[Any, ...], column: tuple[Any, ...], level: int) -> Value:
        found = [self.places[number][1 if column else 0][level].shown for number in self.cells[key, column]]
        texts = [value for value in found if isinstance(value, str)]
        return min(texts) if texts else found[0]

    def _rank(self, key: tuple[Any, ...]) -> Rank:
        return self.places[self.cells[key, ()][0]][0][len(key) - 1].rank

    def _across_rank(self, column: tuple[Any, ...]) -> Iterator[Rank]:
        for level in range(len(column)):
            place = self.places[self.cells[(), column[: level + 1]][0]][1][level]
            yield (Mirrored(place.rank),) if (self.across[level].key, True) in self.orders else place.rank

    def _across_shown(self, column: tuple[Any, ...]) -> tuple[Value, ...]:
        return tuple(self._shown((), column[: level + 1], level) for level in range(len(column)))


@dataclass(frozen=True)
class Mirrored:
    """A rank that sorts the other way round."""

    rank: Rank

    def __lt__(self, other: Mirrored) -> bool:
        return other.rank < self.rank


@dataclass(frozen=True)
class CellView:
    """One cell as its measures and `having` see it."""

    cube: Cube
    key: tuple[Any, ...]
    column: tuple[Any, ...]
    rows: Sequence[Joined]

    @property
    def tree(self) -> Tree:
        return self.cube.tree

    @property
    def world(self) -> World:
        return self.cube.tree.world

    def value(self, path: str) -> Value:
        return self.measure(path)

    def field(self, path: str) -> Field:
        return Field(path, "number")

    def measure(self, name: str) -> Value:
        return self.cube.measures[name].raw(self.cube.view(self.key, self.column))

    def is_percent(self, name: str) -> bool:
        return self.cube.measures[name].is_percent(self.tree)

    def among(self, where: Condition | None) -> CellView:
        kept = [row for row in self.rows if where is None or where.holds(row)]
        return CellView(self.cube, self.key, self.column, kept)

    def whole(self, parent: bool) -> CellView:
        return self.cube.view(self.key[:-1], self.column) if parent else self.cube.view((), ())

    def until(self) -> Iterator[CellView]:
        if not self.key or len(self.key) < len(self.cube.rows):
            return
        siblings = self.cube.siblings(self.key[:-1])
        for sibling in siblings[: siblings.index(self.key) + 1]:
            yield self.cube.view(sibling, self.column)


def _identities(places: Sequence[Place]) -> tuple[Any, ...]:
    return tuple(place.identity for place in places)


def _plain(value: Value) -> Rank:
    return (0,) if value is None else (1, value)
