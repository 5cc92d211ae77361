"""A report's result as people read it in a terminal: groups with subtotals, a matrix with totals, or rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from objectforge.metadata.leaves import Label
from objectforge.query.render.fitting import one_line, pad, shorten, width_of
from objectforge.query.render.list_text import rows_line
from objectforge.query.render.matrix_text import matrix_table
from objectforge.query.render.measure_text import measure_text
from objectforge.query.render.record_table import record_table
from objectforge.query.render.screen import Screen
from objectforge.query.render.table import TableColumn, TableRow, draw_table
from objectforge.query.render.words import say
from objectforge.query.report.data import Group, ReportData
from objectforge.relations.report import Measure
from objectforge.values.locales import pick_label

__all__ = ["report_text"]

_NO_VALUE = "-"


def report_text(result: ReportData, screen: Screen | None = None) -> str:
    """The report as text, without a line break at the end.

    Args:
        result: What the report returned.
        screen: Where the text is shown; standard output unless told otherwise.
    """
    at = screen or Screen.current()
    return "\n".join([shorten(one_line(_title(result)), at.width, at.ellipsis), *_body(result, at)])


def _title(result: ReportData) -> str:
    """The report's label; of a matrix with one measure that too, since no column is headed by it."""
    title = _label(result, result.report.label)
    measures = list(result.report.measures.values())
    if result.report.format != "matrix" or len(measures) != 1:
        return title
    return f"{title}: {_label(result, measures[0].label)}"


def _body(result: ReportData, screen: Screen) -> Iterator[str]:
    report = result.report
    match report.format:
        case "matrix" if result.columns:
            columns, rows = matrix_table(result, _key_columns(result), _grouped(result))
            yield draw_table(columns, rows, screen, frozen=max(len(report.rows), 1))
        case "summary" if result.groups:
            yield _summary(result, screen)
        case "tabular" if result.flat and report.columns:
            columns, rows = record_table(report.columns, result.flat, result.names, result.locale, result.region)
            yield draw_table(columns, rows, screen)
            if not result.limited:
                yield rows_line(len(result.flat), result.locale)
            yield from _measure_lines(result)
        case "tabular" if not report.columns:
            yield from _measure_lines(result)
        case _:
            yield say("nothing", result.locale)
    if result.limited:
        yield _limited(result)


def _summary(result: ReportData, screen: Screen) -> str:
    columns = [
        *_key_columns(result),
        *(TableColumn((_label(result, measure.label),), right=True) for measure in result.report.measures.values()),
    ]
    rows = [
        TableRow((*keys, *_measures(result, result.totals if group is None else group.measures)), ruled)
        for keys, group, ruled in _grouped(result)
    ]
    return draw_table(columns, rows, screen, frozen=len(result.report.rows))


def _key_columns(result: ReportData) -> list[TableColumn]:
    """The columns of the rows levels; one for the word Total where there are none."""
    report = result.report
    return [TableColumn((_label(result, key.label),)) for key in report.rows] or [TableColumn(("",))]


def _grouped(result: ReportData) -> Iterator[tuple[tuple[str, ...], Group | None, bool]]:
    """The rows of a grouped report: their key texts, their group (None: all) and whether a line goes above.

    A group's label stands once, beside the first of the groups in it; its subtotal follows the last one.
    """
    width = max(len(result.report.rows), 1)
    nested = width > 1
    shown = [""] * width

    def below(groups: Sequence[Group], level: int) -> Iterator[tuple[tuple[str, ...], Group | None, bool]]:
        for group in groups:
            shown[level] = group.label or _NO_VALUE
            if level == width - 1:
                yield tuple(shown), group, nested and shown[0] != ""
                shown[:] = [""] * width
                continue
            yield from below(group.groups, level + 1)
            word = say("subtotal", result.locale)
            yield tuple(word if place == level + 1 else "" for place in range(width)), group, False
            shown[:] = [""] * width

    yield from below(result.groups, 0)
    yield (say("total", result.locale), *[""] * (width - 1)), None, True


def _measures(result: ReportData, values: Any) -> tuple[str, ...]:
    return tuple(_measure(result, measure, values.get(name)) for name, measure in result.report.measures.items())


def _measure(result: ReportData, measure: Measure, value: Any) -> str:
    return measure_text(value, measure, result.locale, result.region)


def _measure_lines(result: ReportData) -> Iterator[str]:
    """The measures over everything, a line each: label and value."""
    labels = {name: _label(result, measure.label) for name, measure in result.report.measures.items()}
    texts = dict(zip(labels, _measures(result, result.totals), strict=True))
    left = max(map(width_of, labels.values()), default=0)
    right = max(map(width_of, texts.values()), default=0)
    for name, label in labels.items():
        yield f"{pad(label, left)}  {pad(texts[name] or _NO_VALUE, right, right=True)}"


def _limited(result: ReportData) -> str:
    count = result.report.limit
    if result.report.format == "tabular":
        return say("limited_rows", result.locale, count=count)
    return say("limited_groups", result.locale, count=count, by=_label(result, result.report.rows[0].label))


def _label(result: ReportData, label: Label) -> str:
    return pick_label(label, result.locale)
