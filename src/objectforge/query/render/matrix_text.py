"""A matrix as a table: row groups down, column groups across with their totals, the grand total in the corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from objectforge.query.render.measure_text import measure_text
from objectforge.query.render.table import TableColumn, TableRow
from objectforge.query.render.words import say
from objectforge.query.report.data import AcrossColumn, Group, ReportData
from objectforge.values.locales import pick_label

__all__ = ["matrix_table"]

_NO_VALUE = "-"


@dataclass(frozen=True, slots=True)
class _Across:
    """One column of cells: the column values, None for all of them, and its texts in the header lines."""

    key: tuple[Any, ...] | None
    heading: tuple[str | None, ...]


def matrix_table(
    result: ReportData, keys: Sequence[TableColumn], rows: Iterable[tuple[tuple[str, ...], Group | None, bool]]
) -> tuple[list[TableColumn], list[TableRow]]:
    """The columns and rows of a matrix. The name of a single measure is left to the title.

    Args:
        result: What the report returned.
        keys: The columns of the row groups.
        rows: Each row's key texts, its group (None: all groups) and whether a line goes above it.
    """
    across = list(_across(result))
    measures = result.report.measures
    labels = [pick_label(measure.label, result.locale) for measure in measures.values()]
    single = len(labels) == 1
    depth = len(result.report.across) + (0 if single else 1)
    columns = [TableColumn((*[""] * (depth - 1), column.heading[-1]), column.right) for column in keys]
    for column in across:
        for number, label in enumerate(labels):
            heading = column.heading if number == 0 else (None,) * len(column.heading)
            columns.append(TableColumn(heading if single else (*heading, label), right=True))
    drawn: list[TableRow] = []
    for texts, group, ruled in rows:
        cells: list[str] = list(texts)
        for column in across:
            values = _values(result, group, column.key)
            for name, measure in measures.items():
                cells.append(measure_text(values.get(name), measure, result.locale, result.region))
        drawn.append(TableRow(tuple(cells), ruled))
    return columns, drawn


def _values(result: ReportData, group: Group | None, key: tuple[Any, ...] | None) -> Mapping[str, Any]:
    source = result if group is None else group
    if key is None:
        return result.totals if group is None else group.measures
    return source.across.get(key, {})


def _across(result: ReportData) -> Iterator[_Across]:
    """The columns from left to right, each group's total after what it holds, the total of all at the end."""
    depth = len(result.report.across)
    total = say("total", result.locale)
    below: dict[tuple[Any, ...], list[AcrossColumn]] = {}
    for column in result.columns:
        below.setdefault(column.key[:-1], []).append(column)

    def under(parent: tuple[Any, ...], headings: tuple[str | None, ...]) -> Iterator[_Across]:
        for column in below.get(parent, []):
            texts = (*headings, column.labels[-1] or _NO_VALUE)
            if len(texts) == depth:
                yield _Across(column.key, texts)
            else:
                yield from under(column.key, texts)
                covered = (None,) * len(texts)
                yield _Across(column.key, (*covered, total, *[""] * (depth - len(texts) - 1)))
            headings = (None,) * len(headings)

    yield from under((), ())
    yield _Across(None, (total, *[""] * (depth - 1)))
