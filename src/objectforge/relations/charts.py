"""Charts against their report: what they draw are its keys and measures, or columns where nothing is grouped."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.errors.issue import suggest
from objectforge.expressions.names import parts_of
from objectforge.metadata.models import Chart
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.report import Report
from objectforge.relations.spelling import spell_joins, spell_ref

__all__ = ["check_chart", "mention_name"]

_AXES = ("x", "y", "color", "x2")
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "metric": ("y",),
    "gauge": ("y",),
    "scatter": ("x", "y"),
    "heat_map": ("x", "y", "color"),
    "timeline": ("x", "y"),
    "stacked_bar": ("x", "y", "color"),
    "grouped_bar": ("x", "y", "color"),
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "metric": (), "gauge": (), "scatter": ("color",), "heat_map": ("x", "y"), "timeline": (),
}  # fmt: skip
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "heat_map": ("color",), "scatter": ("x", "y"), "timeline": (),
}  # fmt: skip


def check_chart(chart: Chart, report: Report, lost: frozenset[str], path: Path, findings: Findings) -> Chart:
    """The chart with its names in declared spelling, after its wrong ones are reported.

    `lost` are measures that are wrong themselves.
    """
    keys = {key.name.lower(): key.name for key in (*report.rows, *report.across)}
    measures = {name.lower(): name for name in report.measures}
    columns = {} if keys else {column.key.lower(): column.key for column in report.columns}
    known = {**columns, **measures, **keys}
    must_be = dict.fromkeys(_KEYS.get(chart.type, ("x", "color")), ("key", keys))
    must_be |= dict.fromkeys(_MEASURES.get(chart.type, ("y",)), ("measure", measures))
    changed: dict[str, str] = {}
    for axis in _AXES:
        text = getattr(chart, axis)
        if text is None:
            if axis in _NEEDS.get(chart.type, ("x", "y")):
                what, names = must_be.get(axis, ("key or measure", known))
                hint = suggest(axis, names.values(), what=f"{axis}: one of")
                findings.add_at_key("OF525", f"a {chart.type} chart needs `{axis}`, a {what}", path, hint)
            continue
        name = known.get(text.lower())
        what, names = must_be.get(axis, ("key or measure", known))
        if name is None and text.lower() not in lost:
            hint = suggest(text, known.values(), what="keys and measures", limit=20)
            findings.add(
                "OF522", f"the chart's {axis} is no key or measure of the report: '{text}'", (*path, axis), hint
            )
        elif name is not None and text.lower() not in names and not columns:
            hint = suggest(text, names.values(), what=f"{what}s")
            findings.add(
                "OF525", f"the {axis} of a {chart.type} chart is a {what}, '{name}' is none", (*path, axis), hint
            )
        elif name is not None:
            changed[axis] = name
            mention_name(report, name, (*path, axis), 0, findings)
    return chart.model_copy(update=changed)


def mention_name(report: Report, name: str, path: Path, start: int, findings: Findings) -> None:
    """Tell of the name of a key or column at a path what it stands for, where it is the path of a field."""
    keys = [(key.name, key.ref) for key in (*report.rows, *report.across) if not key.named]
    columns = [] if report.rows or report.across else [(column.key, column.ref) for column in report.columns]
    ref = next((ref for known, ref in (*keys, *columns) if known == name), None)
    if ref is not None:
        parts = parts_of(name, start)
        joined = len(parts) - len(ref.steps) - 1
        base = report.nodes[ref.node].object
        spelled = [*spell_joins(report.nodes, ref.node, parts), *spell_ref(base, ref, parts[joined:])]
        for each in spelled:
            findings.mention(each.meaning, path, each.start, each.end)
