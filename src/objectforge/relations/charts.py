"""Charts against their report: what they draw are its keys and measures, or columns where nothing is grouped."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.errors.issue import suggest
from objectforge.metadata.models import Chart
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.report import Report

__all__ = ["check_chart"]

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
    return chart.model_copy(update=changed)
