"""A report as data, which prints itself as the contract's keys and evaluates itself on a world.

Choices where the contract leaves one:

- The value shown for a text is the smallest of its own level's group: a row key's over all `across` values, an across
  key's over all rows; finer groups repeat what their ancestors show.
- Measures in `sort` order the row groups by their value with `across` collapsed; across values order by their keys,
  and by `sort` only where it names an across key.
- The detail rows of a tabular report are sorted by the columns that `sort` names, then by the Ids of their records
  from the base on, a missing record first; those of a group by the Ids alone.
- A matrix without `rows` has the cells of its across keys as records, no groups, and `limit` cuts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oracle.conditions import Condition
from oracle.cube import Cube, Group
from oracle.details import detail_rows
from oracle.joined import Join, Joined, Tree, joined_rows
from oracle.keys import Key
from oracle.measures import Measure
from oracle.world import Value, World

__all__ = ["Outcome", "Report", "Sorted"]


@dataclass(frozen=True)
class Sorted:
    """One entry of `sort`."""

    name: str
    descending: bool = False

    def text(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Outcome:
    """What a report must give."""

    records: list[dict[str, Value]]
    groups: list[Group]
    totals: dict[str, Value]
    limited: bool
    across: Mapping[tuple[Value, ...], Mapping[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The keys of a report."""

    base: str
    joins: tuple[Join, ...] = ()
    where: Condition | None = None
    rows: tuple[Key, ...] = ()
    across: tuple[Key, ...] = ()
    measures: tuple[Measure, ...] = ()
    columns: tuple[str, ...] = ()
    having: Condition | None = None
    sort: tuple[Sorted, ...] = ()
    limit: int | None = None

    def written(self) -> dict[str, object]:
        """As YAML has it; empty keys are left out."""
        joins = {
            join.path: {"type": join.kind, "where": join.where.text()} if join.where else join.kind
            for join in self.joins
        }
        keys = {
            "from": self.base,
            "joins": joins,
            "where": self.where and self.where.text(),
            "rows": [key.written() for key in self.rows],
            "across": [key.written() for key in self.across],
            "measures": {measure.name: measure.written() for measure in self.measures},
            "columns": list(self.columns),
            "having": self.having and self.having.text(),
            "sort": [one.text() for one in self.sort],
            "limit": self.limit,
        }
        return {name: value for name, value in keys.items() if value}

    def run(self, world: World) -> Outcome:
        tree = Tree(world, self.base, self.joins)
        rows = joined_rows(tree, self.where)
        return self._grouped(tree, rows) if self.rows or self.across else self._tabular(tree, rows)

    def _grouped(self, tree: Tree, rows: list[Joined]) -> Outcome:
        cube = Cube(tree, self.rows, self.across, {one.name: one for one in self.measures}, rows, self._orders())
        if self.having:
            cube = cube.where(self.having)
        groups = cube.groups(self.columns)
        cut = groups[: self.limit] if self.limit else groups
        across = cube.columns(())
        records = [record for group in cut for record in cube.flat(group)] if self.rows else cube.cells_of({}, across)
        return Outcome(list(records), cut, cube.shown_measures((), ()), len(cut) < len(groups), across)

    def _tabular(self, tree: Tree, rows: list[Joined]) -> Outcome:
        details = detail_rows(tree, self.columns, rows, self._orders())
        cut = details[: self.limit] if self.limit else details
        cube = Cube(tree, (), (), {one.name: one for one in self.measures}, rows, self._orders())
        return Outcome(cut, [], cube.shown_measures((), ()), len(cut) < len(details))

    def _orders(self) -> tuple[tuple[str, bool], ...]:
        return tuple((one.name, one.descending) for one in self.sort)
