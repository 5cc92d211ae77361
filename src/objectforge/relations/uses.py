"""What uses what: fields, and the views, reports, layouts and expressions that name them, as a graph.

Nodes are texts: `Account.Industry` for a field, `Account` for an object, and for what uses them `list_view NAME`,
`report NAME`, `layout NAME`, `validation Object.name`, or the field whose formula, default or filter it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from objectforge.expressions.typed import RUNNING, Aggregate, InSelect, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.relations.layout import Layout
from objectforge.relations.report import Node, Report
from objectforge.relations.schema import Field, FormulaValue, Lookup, Object, RollupValue
from objectforge.relations.scopes import SOURCE
from objectforge.relations.view import Column, ListView, SortKey

__all__ = ["build_uses", "users"]


def build_uses(
    objects: Mapping[str, Object],
    views: Iterable[ListView],
    reports: Iterable[Report],
    layouts: Iterable[Layout],
) -> nx.DiGraph[str]:
    """The graph; an edge leads from what uses to what is used."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for owner in objects.values():
        graph.add_node(owner.name)
        graph.add_nodes_from(_name(owner.name, field) for field in owner.fields)
        for user, used in _in_object(owner):
            if user != used:
                graph.add_edge(user, used)
    for view in views:
        start = {"": view.object}
        _add(graph, f"list_view {view.name}", _in_view(view, start))
    for report in reports:
        start = {path: node.object for path, node in report.nodes.items()}
        _add(graph, f"report {report.name}", _in_report(report, start))
    for layout in layouts:
        _add(graph, f"layout {layout.name}", _in_layout(layout))
    return graph


def users(graph: nx.DiGraph[str], name: str) -> tuple[str, ...]:
    """What uses a field or an object directly, in alphabetical order."""
    return tuple(sorted(graph.predecessors(name))) if name in graph else ()


def _add(graph: nx.DiGraph[str], user: str, used: Iterable[str]) -> None:
    graph.add_node(user)
    graph.add_edges_from((user, name) for name in used)


def _name(object_name: str, field: str) -> str:
    return f"{object_name}.{field}"


_Starts = dict[str, str]
_USER = "User"


def _in_tree(tree: Typed | None, starts: _Starts) -> Iterator[str]:
    for node in walk(tree) if tree is not None else ():
        match node:
            case Ref():
                yield from _in_ref(node, starts)
            case Aggregate(grain=Ref() as grain):
                yield from _in_ref(grain, starts)
            case InSelect(select=select):
                inside = {"": select.object}
                yield select.object
                yield from _in_ref(select.column, inside)
                yield from _in_tree(select.where, inside)
            case _:
                pass


def _in_ref(ref: Ref, starts: _Starts) -> Iterator[str]:
    at = _USER if ref.node == RUNNING else starts[ref.node]
    for step in ref.steps:
        yield _name(at, step.field)
        at = step.to
    yield ref.object if ref.field == "Id" else _name(ref.object, ref.field)


def _in_object(owner: Object) -> Iterator[tuple[str, str]]:
    start = {"": owner.name}
    for field in owner.fields.values():
        user = _name(owner.name, field.name)
        for used in _in_field(owner, field, start):
            yield user, used
    for lookup in owner.lookups.values():
        for used in _in_lookup(lookup):
            yield _name(owner.name, lookup.field), used
    for rule in owner.validations:
        user = f"validation {owner.name}.{rule.name}"
        for used in _in_tree(rule.error_if, start):
            yield user, used
        if rule.field is not None:
            yield user, _name(owner.name, rule.field)
    for name, fields in owner.unique.items():
        for field_name in fields:
            yield f"unique {owner.name}.{name}", _name(owner.name, field_name)


def _in_field(owner: Object, field: Field, start: _Starts) -> Iterator[str]:
    yield from _in_tree(field.default, start)
    if field.part_of is not None:
        yield _name(owner.name, field.part_of)
    rules = field.type.choice_rules
    controlling = owner.field(rules.controlled_by) if rules is not None and rules.controlled_by else None
    if controlling is not None:
        yield _name(owner.name, controlling.name)
    for given in field.sets.values():
        yield from (_name(owner.name, target) for target in given)
    match field.computed:
        case FormulaValue(value=tree):
            yield from _in_tree(tree, start)
        case RollupValue(children=children, argument=argument, where=where):
            child = {"": children.child}
            yield _name(children.child, children.field)
            yield from _in_tree(argument, child)
            yield from _in_tree(where, child)
        case None:
            pass


def _in_lookup(lookup: Lookup) -> Iterator[str]:
    yield from lookup.targets
    yield from _in_tree(lookup.filter, {"": lookup.targets[0], SOURCE: lookup.object})


def _in_columns(columns: Iterable[Column | SortKey], starts: _Starts) -> Iterator[str]:
    for column in columns:
        yield from _in_ref(column.ref, starts)


def _in_view(view: ListView, start: _Starts) -> Iterator[str]:
    yield view.object
    yield from _in_columns(view.columns, start)
    yield from _in_columns(view.sort, start)
    yield from _in_tree(view.where, start)
    for default in view.defaults.values():
        yield from _in_tree(default, start)
    if view.kanban is not None:
        yield from _in_ref(view.kanban.by, start)
        yield from _in_tree(view.kanban.value, start)


def _in_report(report: Report, starts: _Starts) -> Iterator[str]:
    for node in report.nodes.values():
        yield node.object
        yield from _in_node(node, report, starts)
    yield from _in_tree(report.where, starts)
    for key in (*report.rows, *report.across):
        yield from _in_ref(key.ref, starts)
    for measure in report.measures.values():
        yield from _in_tree(measure.value, starts)
        yield from _in_tree(measure.where, starts)
    yield from _in_columns(report.columns, starts)
    for entry in report.sort:
        yield from _in_tree(entry.ref, starts)
    for tree in (report.having, *report.defaults.values()):
        yield from _in_tree(tree, starts)


def _in_node(node: Node, report: Report, starts: _Starts) -> Iterator[str]:
    if node.path:
        holder = report.nodes[node.parent].object if node.up else node.object
        yield _name(holder, node.field)
    yield from _in_tree(node.where, starts)


def _in_layout(layout: Layout) -> Iterator[str]:
    start = {"": layout.object}
    yield layout.object
    for section in layout.sections:
        yield from _in_tree(section.show_if, start)
        for items in section.columns:
            for item in items:
                yield _name(layout.object, item.field)
                yield from _in_tree(item.show_if, start)
    for related in layout.related:
        child = {"": related.child}
        yield _name(related.child, related.field)
        yield from _in_columns(related.columns, child)
        yield from _in_columns(related.sort, child)
        yield from _in_tree(related.where, child)
