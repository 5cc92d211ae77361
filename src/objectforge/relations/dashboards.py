"""Dashboards against what they show: their components exist and fit in a row, their filters name fields."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.errors.issue import suggest
from objectforge.expressions.check import check_condition
from objectforge.expressions.problem import ExpressionError
from objectforge.metadata import models
from objectforge.metadata.fields.base import Reading
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.charts import check_chart
from objectforge.relations.columns import field_of
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_object
from objectforge.relations.literals import read_literal
from objectforge.relations.mentions import ObjectName, ValueName
from objectforge.relations.report import Report
from objectforge.relations.schema import Objects
from objectforge.relations.scopes import ObjectScope
from objectforge.relations.view import ListView
from objectforge.values.kinds import Kind

__all__ = ["check_dashboard"]

_TWELFTHS = 12


def check_dashboard(
    objects: Objects,
    model: models.Dashboard,
    reports: Mapping[str, Report],
    views: Mapping[str, ListView],
    lost: frozenset[str],
    reading: Reading,
    findings: Findings,
) -> None:
    """Report what is wrong with a dashboard. `lost` are reports and list views that are wrong themselves."""
    path: Path = ("dashboards", model.name)
    for name, each in model.filters.items():
        _check_filter(objects, each, (*path, "filters", name), reading, findings)
    for number, row in enumerate(model.grid):
        width = sum(component.width for component in row)
        if width > _TWELFTHS:
            hint = "a row is twelve wide: make them narrower, or begin another row"
            findings.add("OF409", f"the widths of this row add up to {width}", (*path, "grid", number), hint)
        for place, component in enumerate(row):
            _check_component(component, reports, views, lost, (*path, "grid", number, place), findings)


def _check_component(
    component: models.Component,
    reports: Mapping[str, Report],
    views: Mapping[str, ListView],
    lost: frozenset[str],
    path: Path,
    findings: Findings,
) -> None:
    if (component.report is None) == (component.list_view is None):
        hint = "write {report: NAME} or {list_view: OBJECT.NAME}"
        findings.add("OF407", "a component shows one thing, a report or a list view", path, hint)
        return
    if component.list_view is not None:
        name = component.list_view
        if name.lower() not in {each.lower() for each in views} and name.lower() not in lost:
            hint = suggest(name, views, what="list views")
            findings.add("OF408", f"there is no list view '{name}'", (*path, "list_view"), hint)
        view = next((each for key, each in views.items() if key.lower() == name.lower()), None)
        if view is not None:
            findings.mention(ObjectName(view.object), (*path, "list_view"), 0, len(view.object))
        if component.chart is not None:
            findings.add_at_key("OF407", "a list view has no chart", (*path, "chart"), "charts are drawn of reports")
        return
    assert component.report is not None
    wanted = component.report.lower()
    report = next((each for name, each in reports.items() if name.lower() == wanted), None)
    if report is not None and component.chart is not None:
        check_chart(component.chart, report, frozenset(), (*path, "chart"), findings)
    elif report is None and wanted not in lost:
        hint = suggest(component.report, reports, what="reports")
        findings.add("OF408", f"there is no report '{component.report}'", (*path, "report"), hint)


def _check_filter(
    objects: Objects, model: models.DashboardFilter, path: Path, reading: Reading, findings: Findings
) -> None:
    for number, text in enumerate(model.on):
        at = (*path, "on", number)
        object_name, _, field = text.partition(".")
        owner = objects.object(object_name)
        if owner is None or not field:
            if not objects.missing(object_name, ""):
                hint = "write Object.Field" if not field else suggest_object(objects.objects, object_name)
                findings.add("OF410", f"'{text}' names no field of an object", at, hint)
            continue
        shift = len(object_name) + 1
        findings.mention(ObjectName(owner.name), at, 0, len(object_name))
        scope = ObjectScope(objects, owner)
        ref = checking.path(field, scope, at, findings, shift=shift)
        if ref is None or model.default is None:
            continue
        if ref.type.kind in (Kind.DATE, Kind.DATETIME):
            try:
                check_condition(f"{field} = {model.default}", scope)
            except ExpressionError:
                hint = "a date word such as THIS_FISCAL_YEAR or LAST_N_DAYS:30, or a date"
                message = f"'{model.default}' is no period to compare '{text}' with"
                findings.add("OF411", message, (*path, "default"), hint)
            continue
        findings.mention(ValueName(ref.object, ref.field, model.default), (*path, "default"))
        try:
            read_literal(model.default, field_of(objects, ref).shown, reading)
        except ValueError as wrong:
            message = f"'{model.default}' is no value of '{text}': {wrong}"
            findings.add("OF411", message, (*path, "default"))
