"""A report's groups as numbers: run the statement, fill every level, apply `having`, compute the measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.typed import Aggregate, Call, Const, MeasureRef, Param, Typed
from objectforge.expressions.walk import transform
from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.report.columns import Combined, combine, decode, empty, finish
from objectforge.query.report.facets import Item, facets
from objectforge.query.report.keys import GroupValue, group_value
from objectforge.query.report.statement import Level, Part, Statement, build_statement, levels
from objectforge.relations.report import Key, Measure, Report
from objectforge.values.numbers import divide, multiply

__all__ = ["Cell", "Cube", "Identity", "build_cube", "statements"]

Identity = tuple[Any, ...]
"""What tells a group apart: the identities of its row keys, then of its column keys."""
Show = Callable[[Key, Any], str]
_HUNDRED = Decimal(100)


@dataclass
class Cell:
    """One group on one level, as it is being filled: its keys' values, its aggregates, at last its measures."""

    values: tuple[GroupValue, ...]
    token: str | None = None
    combined: dict[Item, Combined] = field(default_factory=dict[Item, Combined])
    measures: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Cube:
    """All groups of a report on all levels, with their measures (running totals come with the order).

    Measures are exact here; they are rounded where they are returned.
    """

    report: Report
    cells: Mapping[Level, Mapping[Identity, Cell]]

    @property
    def total(self) -> Cell:
        """The group of everything."""
        return self.cells[0, 0].get((), Cell(()))


def build_cube(report: Report, context: Context, params: Mapping[str, Any], show: Show) -> Cube:
    """Run a report down to its cube."""
    parts, again = _parts(report)
    cells = _Cells(report, context, show)
    cells.read(build_statement(report, parts, context, params), context)
    full = (len(report.rows), 0)
    if report.having is not None:
        cells.fill_coarser([full])
        survivors = _survivors(report, cells, context)
        cells.keep(survivors)
        if again:
            tokens = [cell.token or "" for identity, cell in cells.at(full).items() if identity in survivors]
            if tokens:
                cells.read(build_statement(report, again, context, params, tokens), context)
    cells.fill_coarser(levels(report))
    cells.show_alike()
    for level in levels(report):
        for cell in cells.at(level).values():
            cell.measures = _measures(report.measures, cell, context)
    if (0, 0) in cells.levels and () not in cells.at((0, 0)):
        cells.at((0, 0))[()] = _nothing(report, context)
    _shares(report, cells)
    return Cube(report, cells.levels)


def statements(report: Report, context: Context, params: Mapping[str, Any]) -> tuple[Statement, ...]:
    """The statements that `build_cube` runs, the second (where `having` needs one) without its group list."""
    parts, again = _parts(report)
    found = [build_statement(report, parts, context, params)]
    if report.having is not None and again:
        found.append(build_statement(report, again, context, params, [""]))
    return tuple(found)


def _parts(report: Report) -> tuple[list[Part], list[Part]]:
    """What to ask first, and what to ask once `having` is known."""
    every = facets(report)
    finest, full = (len(report.rows), len(report.across)), (len(report.rows), 0)
    first: list[Part] = []
    again: list[Part] = []
    for facet in every:
        for level in levels(report):
            if facet.additive and level != finest:
                continue
            after_having = report.having is not None and level[0] < full[0]
            (again if after_having else first).append(Part(facet, level))
    return first, again


class _Cells:
    """The cells of all levels while they are filled."""

    def __init__(self, report: Report, context: Context, show: Show) -> None:
        self.report = report
        self.facets = facets(report)
        self.levels: dict[Level, dict[Identity, Cell]] = {level: {} for level in levels(report)}
        self._context, self._show = context, show
        self._keys = (*report.rows, *report.across)

    def at(self, level: Level) -> dict[Identity, Cell]:
        return self.levels[level]

    def read(self, statement: Statement, context: Context) -> None:
        """Take in the rows of a statement."""
        first_key = 2
        fetched: list[tuple[Any, ...]] = [tuple(row) for row in execute(context, statement.select)]
        for row in fetched:
            number: int = row[0]
            reader = statement.readers[number]
            rows, across = reader.part.level
            places = [*range(rows), *range(len(self.report.rows), len(self.report.rows) + across)]
            raw = [context.backend.decode_raw(row[first_key + at], statement.key_types[at]) for at in places]
            values = tuple(self._value(self._keys[at], value) for at, value in zip(places, raw, strict=True))
            cell = self._cell(reader.part.level, values)
            cell.token = row[1] if cell.token is None else cell.token
            for item, slots in zip(reader.part.facet.items, reader.slots, strict=True):
                found = decode(item.aggregate, [row[slot] for slot in slots], context.backend)
                before = cell.combined.get(item)
                cell.combined[item] = found if before is None else combine(item.aggregate, before, found)

    def fill_coarser(self, wanted: Iterable[Level]) -> None:
        """Give coarser levels what finer ones add up to, for facets whose records fall into one group each."""
        finest = (len(self.report.rows), len(self.report.across))
        items = [item for facet in self.facets if facet.additive for item in facet.items]
        for level in wanted:
            if level == finest:
                continue
            rows, across = level
            gathered: defaultdict[Identity, list[Cell]] = defaultdict(list)
            for cell in self.at(finest).values():
                values = (*cell.values[:rows], *cell.values[len(self.report.rows) : len(self.report.rows) + across])
                target = self._cell(level, values)
                target.token = cell.token if rows == len(self.report.rows) else None
                gathered[tuple(value.identity for value in values)].append(cell)
            for identity, cells in gathered.items():
                target = self.at(level)[identity]
                for item in items:
                    total = empty(item.aggregate)
                    for cell in cells:
                        total = combine(item.aggregate, total, cell.combined.get(item, empty(item.aggregate)))
                    target.combined[item] = total

    def keep(self, survivors: frozenset[Identity]) -> None:
        """Drop the groups that `having` refused, on the levels that know the full row key, and all coarser ones."""
        width = len(self.report.rows)
        for level, cells in self.levels.items():
            if level[0] < width:
                cells.clear()
                continue
            for identity in [identity for identity in cells if identity[:width] not in survivors]:
                del cells[identity]

    def show_alike(self) -> None:
        """Let every group show its keys as the groups it lies in do, those of its rows and those of its columns."""
        for (rows, _), cells in self.levels.items():
            for identity, cell in cells.items():
                down, over = identity[:rows], identity[rows:]
                cell.values = (
                    *(self.at((at + 1, 0))[down[: at + 1]].values[at] for at in range(len(down))),
                    *(self.at((0, at + 1))[over[: at + 1]].values[at] for at in range(len(over))),
                )

    def _cell(self, level: Level, values: tuple[GroupValue, ...]) -> Cell:
        """The cell of a group, showing of equal values the smallest by code point."""
        identity = tuple(value.identity for value in values)
        cells = self.levels[level]
        cell = cells.get(identity)
        if cell is None:
            cell = cells[identity] = Cell(values)
        else:
            cell.values = tuple(_smaller(new, old) for new, old in zip(values, cell.values, strict=True))
        return cell

    def _value(self, key: Key, raw: Any) -> GroupValue:
        context = self._context
        return group_value(key, raw, context.moment.calendar, context.locale, context.ids.format, self._show)


def _smaller(new: GroupValue, old: GroupValue) -> GroupValue:
    return new if isinstance(new.value, str) and new.value < old.value else old


def _survivors(report: Report, cells: _Cells, context: Context) -> frozenset[Identity]:
    assert report.having is not None, "asked only where there is one"
    full = (len(report.rows), 0)
    kept: set[Identity] = set()
    for identity, cell in cells.at(full).items():
        measures = _measures(report.measures, cell, context)
        if evaluate(_with_measures(report.having), context.running, params=measures, moment=context.moment):
            kept.add(identity)
    return frozenset(kept)


def _measures(measures: Mapping[str, Measure], cell: Cell, context: Context) -> dict[str, Any]:
    """The measures of a group in order of need; shares and running totals stay for later."""
    done: dict[str, Any] = {}
    waiting = dict(measures)
    while waiting:
        ready = [name for name, measure in waiting.items() if not (_needs(measure.value) & waiting.keys())]
        for name in ready:
            measure = waiting.pop(name)
            if not _is_share(measure):
                done[name] = _value_of(measure, cell, done, context)
        assert ready, "the resolver refuses measures that need each other"
    return done


def _value_of(measure: Measure, cell: Cell, done: Mapping[str, Any], context: Context) -> Any:
    params: dict[str, Any] = dict(done)

    def replaced(node: Typed) -> Typed:
        if isinstance(node, Aggregate):
            item = Item(node, measure.where)
            name = f"#{len(params)}"
            params[name] = finish(node, cell.combined.get(item, empty(node)))
            return Param(name, node.type)
        return node

    tree = _with_measures(transform(measure.value, replaced))
    return evaluate(tree, context.running, params=params, moment=context.moment)


def _with_measures(tree: Typed) -> Typed:
    return transform(tree, lambda node: Param(node.name, node.type) if isinstance(node, MeasureRef) else node)


def _needs(tree: Typed) -> set[str]:
    found: set[str] = set()

    def note(node: Typed) -> Typed:
        if isinstance(node, MeasureRef):
            found.add(node.name)
        return node

    transform(tree, note)
    return found


def _nothing(report: Report, context: Context) -> Cell:
    cell = Cell(())
    cell.measures = _measures(report.measures, cell, context)
    return cell


# -- shares ------------------------------------------------------------
def _is_share(measure: Measure) -> bool:
    return isinstance(measure.value, Call) and measure.value.name in ("PERCENT_OF", "RUNNING")


def _shares(report: Report, cells: _Cells) -> None:
    """`percent_of`: of everything, or with `parent` of the group one row key above, in the same column."""
    for measure in report.measures.values():
        call = measure.value
        if not isinstance(call, Call) or call.name != "PERCENT_OF":
            continue
        of = call.args[0]
        assert isinstance(of, MeasureRef), "the checker lets only measures through"
        parent = len(call.args) > 1 and isinstance(call.args[1], Const)
        for (rows, across), level in cells.levels.items():
            for identity, cell in level.items():
                if not parent:
                    whole = cells.at((0, 0))[()]
                elif rows:
                    width = rows - 1
                    whole = cells.at((width, across))[(*identity[:width], *identity[rows:])]
                else:
                    whole = cell
                cell.measures[measure.name] = _share(cell.measures.get(of.name), whole.measures.get(of.name))


def _share(part: Any, whole: Any) -> Any:
    if part is None or whole is None:
        return None
    return divide(multiply(part, _HUNDRED), whole)
