"""A report explained: its joins, the grain of every measure, how each is counted, and the SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from objectforge.expressions.typed import Ref
from objectforge.query.context import Context
from objectforge.query.report.cube import statements
from objectforge.query.report.details import detail_select
from objectforge.query.report.facets import aggregates, facets
from objectforge.query.sql_text import sql_text
from objectforge.relations.report import Node, Report

__all__ = ["explain"]

_KINDS = {
    "inner": "with",
    "outer": "with or without",
    "without": "without",
}


def explain(report: Report, context: Context, params: Mapping[str, Any]) -> str:
    """The report in words, then its statements."""
    lines = [f"report {report.name}: {report.format}", "", "joins"]
    lines += [f"  {_join(node)}" for node in report.nodes.values()]
    if report.measures:
        lines += ["", "measures"]
    for name, measure in report.measures.items():
        for aggregate in aggregates(measure.value):
            grain = "rows" if aggregate.grain is None else f"{_grain(aggregate.grain)}, each once"
            lines.append(f"  {name}: {aggregate.function} over {grain}")
        if not any(True for _ in aggregates(measure.value)):
            lines.append(f"  {name}: computed from other measures")
    lines += ["", "scans"]
    for facet in facets(report):
        joined = ", ".join(sorted(path or report.base for path in facet.nodes))
        how = "one row per record and group first" if facet.distinct else "as joined"
        subtotals = "subtotals are added up" if facet.additive else "every level is asked for"
        lines.append(f"  {joined}: {how}; {subtotals}")
    selects = (
        [statement.select for statement in statements(report, context, params)]
        if report.measures or (report.rows or report.across)
        else []
    )
    if report.columns and report.format == "tabular":
        selects.append(detail_select(report, context, params, (), report.limit)[0])
    for select in selects:
        lines += ["", "SQL", sql_text(select, context.connection.dialect)]
    return "\n".join(lines)


def _join(node: Node) -> str:
    if not node.path:
        return node.object
    direction = "up to" if node.up else "down to"
    return f"{node.path}: {direction} {node.object} by {node.field}, {_KINDS[node.kind]}"


def _grain(grain: Ref) -> str:
    path = ".".join((*([grain.node] if grain.node else []), *grain.path))
    return f"{grain.object}{f' ({path})' if path else ''}"
