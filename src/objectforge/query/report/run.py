"""A report run: the cube ordered, cut and made into a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from objectforge.expressions.typed import Call, MeasureRef
from objectforge.query.context import Context
from objectforge.query.record import Record
from objectforge.query.record_names import record_names
from objectforge.query.report.cube import Cell, Cube, Identity, build_cube
from objectforge.query.report.data import AcrossColumn, Group
from objectforge.query.report.details import detail_rows
from objectforge.query.report.explain import explain
from objectforge.query.report.keys import GroupValue
from objectforge.query.report.result import ReportResult
from objectforge.relations.report import Key, Measure, Report
from objectforge.values.kinds import Kind
from objectforge.values.numbers import add, round_half_away

__all__ = ["Reopen", "run_report"]

Reopen = Callable[[], AbstractContextManager[Context]]
"""Gives a context again later, for details that are asked for once the report has run."""


def run_report(report: Report, context: Context, params: Mapping[str, Any], reopen: Reopen) -> ReportResult:
    """Run a report.

    Args:
        report: The report.
        context: Where to run it; every statement of a run sees the same moment.
        params: The values of its params.
        reopen: Opens a context for `group.details()`.
    """

    def show(key: Key, value: Any) -> str:
        return key.field_type.display(value, context.locale, context.region)

    cube = build_cube(report, context, params, show)
    names = record_names(context, _ids(cube))
    shaped = _Shaping(cube, context, params, reopen, names)
    totals = _declared(report, cube.total.measures)
    if report.format == "tabular":
        limit = None if report.limit is None else report.limit + 1
        rows = tuple(detail_rows(report, context, params, limit=limit))
        limited = report.limit is not None and len(rows) > report.limit
        flat: tuple[Mapping[str, Any], ...] = rows[: report.limit]
        groups: tuple[Group, ...] = ()
        lookups = [column.key for column in report.columns if column.ref.type.kind is Kind.ID]
        names = record_names(context, (row[key] for row in flat for key in lookups if row[key] is not None))
    else:
        every = shaped.groups(0, ())
        groups = every[: report.limit]
        limited = len(groups) < len(every)
        flat = tuple(shaped.records(groups)) if report.rows else tuple(shaped.cells_of((), ()))
    return ReportResult(
        report,
        groups,
        totals,
        shaped.across(()),
        tuple(shaped.columns),
        flat,
        limited,
        names,
        context.locale,
        context.region,
        lambda: _explained(report, params, reopen),
    )


@dataclass
class _Shaping:
    """Turns a cube's cells into ordered groups."""

    cube: Cube
    context: Context
    params: Mapping[str, Any]
    reopen: Reopen
    names: Mapping[str, str]

    def __post_init__(self) -> None:
        self.report = self.cube.report
        self.width = len(self.report.rows)
        self.column_cells = self._columns()
        self.columns = [
            AcrossColumn(
                tuple(value.value for value in cell.values), tuple(self._label(value) for value in cell.values)
            )
            for _, cell in self.column_cells
        ]
        self.children = self._children()

    def groups(self, level: int, parent: Identity) -> tuple[Group, ...]:
        """The groups below a parent, in order, with theirs."""
        if level == self.width:
            return ()
        siblings = self._ordered(self.children.get(parent, []), self.report.rows[level], level)
        if level == self.width - 1:
            self._running(siblings)
        return tuple(self._group(level, identity, cell) for identity, cell in siblings)

    def across(self, identity: Identity) -> dict[tuple[Any, ...], Mapping[str, Any]]:
        """The measures of a group for every prefix of column values that occurs in it."""
        level = len(identity)
        found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
        for column_identity, column in self.column_cells:
            cell = self.cube.cells[level, len(column_identity)].get((*identity, *column_identity))
            if cell is not None:
                found[tuple(value.value for value in column.values)] = _declared(self.report, cell.measures)
        return found

    def records(self, groups: Sequence[Group]) -> list[dict[str, Any]]:
        """The flat records of the finest groups, in order."""
        found: list[dict[str, Any]] = []
        for group in groups:
            if group.groups:
                found += self.records(group.groups)
            else:
                found += self.cells_of(group.identity, group.key)
        return found

    def cells_of(self, identity: Identity, key: Sequence[Any]) -> list[dict[str, Any]]:
        """The flat records of one finest group: itself, or its cells in a matrix."""
        rows = [each.name for each in self.report.rows]
        if not self.report.across:
            measures = self.cube.cells[self.width, 0][identity].measures
            return [dict(zip(rows, key, strict=True)) | dict(_declared(self.report, measures))]
        names = rows + [each.name for each in self.report.across]
        found: list[dict[str, Any]] = []
        for column_identity, _ in self.column_cells:
            if len(column_identity) < len(self.report.across):
                continue
            cell = self.cube.cells[self.width, len(column_identity)].get((*identity, *column_identity))
            if cell is not None:
                values = (value.value for value in cell.values)
                found.append(dict(zip(names, values, strict=True)) | dict(_declared(self.report, cell.measures)))
        return found

    def _group(self, level: int, identity: Identity, cell: Cell) -> Group:
        own = cell.values[-1]
        keys = tuple(zip(self.report.rows, (value.raw for value in cell.values), strict=False))
        return Group(
            level=level,
            name=self.report.rows[level].name,
            value=own.value,
            label=self._label(own),
            key=tuple(value.value for value in cell.values),
            measures=_declared(self.report, cell.measures),
            groups=self.groups(level + 1, identity),
            across=self.across(identity) if self.report.across else {},
            identity=identity,
            _details=lambda: self._details(identity, keys),
        )

    def _details(self, identity: Identity, keys: Sequence[tuple[Key, Any]]) -> tuple[Record, ...]:
        survivors = self._survivors(identity)
        with self.reopen() as context:
            now = replace(context, moment=self.context.moment)
            return tuple(detail_rows(self.report, now, self.params, keys, survivors=survivors))

    def _survivors(self, identity: Identity) -> list[str] | None:
        """What `having` left of a group that holds others; None where all of it is left."""
        width = len(identity)
        if self.report.having is None or width == self.width:
            return None
        finest = self.cube.cells[self.width, 0].items()
        return [cell.token or "" for below, cell in finest if below[:width] == identity]

    def _label(self, value: GroupValue) -> str:
        return self.names.get(value.value, value.label) if isinstance(value.value, str) else value.label

    def _children(self) -> dict[Identity, list[tuple[Identity, Cell]]]:
        found: dict[Identity, list[tuple[Identity, Cell]]] = {}
        for level in range(1, self.width + 1):
            for identity, cell in self.cube.cells[level, 0].items():
                found.setdefault(identity[:-1], []).append((identity, cell))
        return found

    def _columns(self) -> list[tuple[Identity, Cell]]:
        """Every prefix of column values that occurs, each followed by what it holds, in order."""
        found: list[tuple[Identity, Cell]] = []

        def below(parent: Identity) -> None:
            level = len(parent)
            if level == len(self.report.across):
                return
            cells = self.cube.cells[0, level + 1].items()
            siblings = [(identity, cell) for identity, cell in cells if identity[:-1] == parent]
            for identity, cell in self._ordered(siblings, self.report.across[level], level):
                found.append((identity, cell))
                below(identity)

        below(())
        return found

    def _ordered(self, siblings: list[tuple[Identity, Cell]], key: Key, level: int) -> list[tuple[Identity, Cell]]:
        ordered = sorted(siblings, key=lambda each: each[1].values[level].order)
        across = key in self.report.across
        for entry in reversed(self.report.sort):
            name = entry.name.lower()
            if name == key.name.lower():
                ordered.sort(key=lambda each: each[1].values[level].order, reverse=entry.descending)
            elif not across and (measure := _measure_named(self.report, name)) is not None:
                ordered.sort(key=_by_measure(measure), reverse=entry.descending)
        return ordered

    def _running(self, siblings: Sequence[tuple[Identity, Cell]]) -> None:
        """Running totals along the last level, in the order of the groups, in each column for itself."""
        for measure in self.report.measures.values():
            call = measure.value
            if not isinstance(call, Call) or call.name != "RUNNING":
                continue
            of = call.args[0]
            assert isinstance(of, MeasureRef), "the checker lets only measures through"
            for column in [(), *(identity for identity, _ in self.column_cells)]:
                total: Any = None
                for identity, _ in siblings:
                    cell = self.cube.cells[self.width, len(column)].get((*identity, *column))
                    if cell is None:
                        continue
                    value = cell.measures.get(of.name)
                    total = value if total is None else total if value is None else add(total, value)
                    cell.measures[measure.name] = total


def _measure_named(report: Report, name: str) -> str | None:
    return next((measure for measure in report.measures if measure.lower() == name), None)


def _by_measure(name: str) -> Callable[[tuple[Identity, Cell]], tuple[Any, ...]]:
    def order(each: tuple[Identity, Cell]) -> tuple[Any, ...]:
        value = each[1].measures.get(name)
        return (0,) if value is None else (1, value)

    return order


def _declared(report: Report, measures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The measures in declared order, rounded to their scale; counts are ints."""
    return {name: _shown(measures.get(name), measure) for name, measure in report.measures.items()}


def _shown(value: Any, measure: Measure) -> Any:
    if value is None or measure.type.kind is not Kind.NUMBER:
        return value
    from_count = getattr(measure.value, "function", None) == "count"
    return int(value) if from_count else round_half_away(value, measure.type.scale)


def _ids(cube: Cube) -> list[str]:
    report = cube.report
    found: list[Any] = []
    for place, key in enumerate(report.rows):
        if key.ref.type.kind is Kind.ID:
            found += [cell.values[place].value for cell in cube.cells[len(report.rows), 0].values()]
    for place, key in enumerate(report.across):
        if key.ref.type.kind is Kind.ID:
            found += [cell.values[place].value for cell in cube.cells[0, len(report.across)].values()]
    return [value for value in found if value is not None]


def _explained(report: Report, params: Mapping[str, Any], reopen: Reopen) -> str:
    with reopen() as context:
        return explain(report, context, params)
