"""Reports as written to resolved ones: a tree of joins, keys, measures, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from objectforge.errors.exceptions import MetadataError
from objectforge.errors.issue import suggest
from objectforge.expressions.typed import Typed
from objectforge.metadata import models
from objectforge.metadata.fields.base import Reading
from objectforge.metadata.places import NOWHERE, Path, Places
from objectforge.relations import checking
from objectforge.relations.charts import check_chart, mention_name
from objectforge.relations.columns import read_columns, read_sort
from objectforge.relations.findings import Findings
from objectforge.relations.list_views import find_object
from objectforge.relations.naming import label_of
from objectforge.relations.orders import order_meant
from objectforge.relations.params import param_types, read_defaults
from objectforge.relations.reading import reading_of
from objectforge.relations.report import Node, Report, ReportSort
from objectforge.relations.report_joins import join
from objectforge.relations.report_keys import check_key_names, read_keys
from objectforge.relations.report_measures import Measured, read_measures
from objectforge.relations.report_scopes import HavingScope, ReportScope
from objectforge.relations.schema import Objects, Schema
from objectforge.relations.tree import ancestors, one_branch
from objectforge.relations.value_sets import ValueSets
from objectforge.relations.view import Column
from objectforge.relations.walking import ref_path

__all__ = ["build_report", "resolve_report"]


def resolve_report(schema: Schema, model: models.Report, places: Places = NOWHERE) -> Report:
    """A report given at run time.

    Raises:
        MetadataError: something in it is wrong; it holds every issue, placed where `places` knows it.
    """
    findings = Findings(places)
    settings = schema.metadata.settings
    sets = ValueSets.of(schema.metadata, findings)
    found = build_report(schema, model, settings.report_objects, sets, reading_of(settings), findings)
    if found is None or findings.wrong:
        raise MetadataError(findings.issues)
    return found


def build_report(
    objects: Objects, model: models.Report, most: int, sets: ValueSets, reading: Reading, findings: Findings
) -> Report | None:
    """A report with every name looked up, over at most `most` objects; None when its base does not exist."""
    path: Path = ("reports", model.name)
    base = find_object(objects, model.from_, f"report '{model.name}'", (*path, "from"), findings)
    if base is None:
        return None
    declared = sets.fill_all(model.params, (*path, "params"), findings)
    params = param_types(declared)
    joined = join(objects, base, model.joins, params, most, path, findings)
    scope = ReportScope(objects, joined.nodes, params, joined.lost)
    starts = {each.path: each.object for each in joined.nodes.values()}
    rows = read_keys(scope, model.rows, (*path, "rows"), findings)
    across = read_keys(scope, model.across, (*path, "across"), findings)
    columns = read_columns(objects, starts, model.columns, scope, (*path, "columns"), findings)
    measured = read_measures(scope, model.measures, (*path, "measures"), findings)
    names = [(key.name, at) for at, key in (*rows.items(), *across.items())]
    check_key_names([*names, *((name, (*path, "measures", name)) for name in model.measures)], findings)
    _check_branches(joined.nodes, columns, model, path, findings)
    where = checking.condition(model.where, scope, (*path, "where"), findings) if model.where is not None else None
    report = Report(
        name=model.name,
        label=model.label or label_of(model.name),
        nodes=joined.nodes,
        where=where,
        rows=tuple(rows.values()),
        across=tuple(across.values()),
        measures=measured.measures,
        columns=columns,
        having=None,
        sort=(),
        limit=model.limit,
        params=declared,
        defaults=read_defaults(objects, declared, (*path, "params"), reading, findings),
    )
    _check_format(model, report, path, findings)
    having = _having(objects, model, report, measured, path, findings)
    grouped = bool(model.rows or model.across)
    report = replace(report, having=having)
    sort = (
        _group_sort(model, report, measured, path, findings)
        if grouped
        else _row_sort(scope, model, columns, path, findings)
    )
    chart = check_chart(model.chart, report, measured.lost, (*path, "chart"), findings) if model.chart else None
    return replace(report, sort=sort, chart=chart)


def _check_branches(
    nodes: Mapping[str, Node], columns: Sequence[Column], model: models.Report, path: Path, findings: Findings
) -> None:
    if len(columns) < len(model.columns):
        return
    shown: list[str] = []
    for number, column in enumerate(columns):
        if column.ref.node in shown:
            continue
        shown.append(column.ref.node)
        clash = one_branch(nodes, shown)
        if clash is not None:
            message = f"columns of '{clash[0]}' and '{clash[1]}' lie on two branches: a row would have to multiply them"
            hint = "show one branch in `columns`, the other in measures"
            findings.add("OF518", message, (*path, "columns", number), hint)
            return


def _check_format(model: models.Report, report: Report, path: Path, findings: Findings) -> None:
    rows, across = bool(model.rows), bool(model.across)
    is_now = "matrix" if across else "summary" if rows else "tabular"
    if model.format is not None and model.format != is_now:
        hints = {
            "matrix": "a matrix has keys under `across:`",
            "summary": "a summary has keys under `rows:` and none under `across:`",
            "tabular": "a tabular report has `columns:`, and no keys under `rows:` or `across:`",
        }
        message = f"the format is {model.format}, but its keys make it {is_now}"
        findings.add("OF521", message, (*path, "format"), hints[model.format])
    if not (rows or across or model.columns or model.measures):
        hint = "give it `columns:` to list records, or `rows:` and `measures:` to group them"
        findings.add_at_key("OF520", f"the report '{report.name}' shows nothing", path, hint)


def _having(
    objects: Objects, model: models.Report, report: Report, measured: Measured, path: Path, findings: Findings
) -> Typed | None:
    if model.having is None:
        return None
    at = (*path, "having")
    if not model.rows:
        findings.add("OF517", "`having` chooses among the groups of `rows`, and there are none", at, "use `where`")
        return None
    keys = tuple(key.name for key in (*report.rows, *report.across))
    scope = HavingScope(objects, measured.types, param_types(report.params), measured.lost, keys)
    return checking.condition(model.having, scope, at, findings, asked=False)


def _group_sort(
    model: models.Report, report: Report, measured: Measured, path: Path, findings: Findings
) -> tuple[ReportSort, ...]:
    known = {name.lower(): name for name in _names(report)}
    lost = measured.lost | {(key.as_ or key.field).lower() for key in (*model.rows, *model.across)}
    found: list[ReportSort] = []
    for number, text in enumerate(model.sort):
        wanted, descending = text.removeprefix("-").strip(), text.startswith("-")
        name = known.get(wanted.lower())
        if name is not None:
            found.append(ReportSort(name, descending))
            mention_name(report, name, (*path, "sort", number), text.find(wanted), findings)
        elif wanted.lower() not in lost:
            hint = order_meant(text) or suggest(wanted, known.values(), what="keys and measures", limit=20)
            findings.add("OF519", f"there is no key or measure '{wanted}' to sort by", (*path, "sort", number), hint)
    return tuple(found)


def _names(report: Report) -> Iterable[str]:
    return [*(key.name for key in (*report.rows, *report.across)), *report.measures]


def _row_sort(
    scope: ReportScope, model: models.Report, columns: Sequence[Column], path: Path, findings: Findings
) -> tuple[ReportSort, ...]:
    """The order of a tabular report: fields of the records that make up a row."""
    at = (*path, "sort")
    keys = read_sort(scope.objects, model.sort, scope, at, findings)
    shown = {node for column in columns for node in ancestors(scope.nodes, column.ref.node)} | {""}
    found: list[ReportSort] = []
    for number, key in enumerate(keys):
        name = ref_path(scope.objects, scope.nodes[key.ref.node].object, key.ref)
        if key.ref.node not in shown and len(columns) == len(model.columns):
            message = f"'{name}' is not in the rows: no column is of '{key.ref.node}'"
            findings.add("OF519", message, (*at, number), f"add {name} to `columns`")
        found.append(ReportSort(name, key.descending, key.ref))
    return tuple(found)
