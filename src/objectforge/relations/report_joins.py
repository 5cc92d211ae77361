"""The joins of a report to its tree of nodes: each path a child relationship or, upwards, a lookup's path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from objectforge.expressions.names import parts_of
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.syntax import Part
from objectforge.metadata import models
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.findings import SILENT, Findings
from objectforge.relations.former import suggest_in
from objectforge.relations.report import Node
from objectforge.relations.schema import ChildRelationship, Object, Objects
from objectforge.relations.scopes import ObjectScope
from objectforge.relations.spelling import spell_joins
from objectforge.relations.walking import step_up
from objectforge.values.kinds import ValueType

__all__ = ["Joined", "join"]


@dataclass(frozen=True, slots=True)
class Joined:
    """The nodes by join path, the base first; `lost` are the paths that are wrong, in lower case."""

    nodes: Mapping[str, Node]
    lost: frozenset[str]


def join(
    objects: Objects,
    base: Object,
    joins: Mapping[str, models.Join],
    params: Mapping[str, ValueType],
    most: int,
    path: Path,
    findings: Findings,
) -> Joined:
    """Build the tree of at most `most` objects."""
    nodes = {"": Node("", base.name, "", "base")}
    spelling: dict[str, str] = {"": ""}
    lost: set[str] = set()
    for written in sorted(joins, key=lambda each: each.count(".")):
        model, at = joins[written], (*path, "joins", written)
        above, _, _ = written.rpartition(".")
        if above.lower() in lost:
            lost.add(written.lower())
            continue
        node = _node(objects, nodes, spelling, written, model, at, findings)
        if node is None:
            lost.add(written.lower())
            continue
        if node.path in nodes:
            message = f"'{node.path}' is joined twice"
            findings.add_at_key("OF506", message, at, "keep one of the two; names are found in any case")
            continue
        _check_kind(nodes[node.parent], node, at, findings)
        where = None
        if model.where is not None:
            scope = ObjectScope(objects, objects.objects[node.object], params, node=node.path, queries=True)
            where = checking.condition(model.where, scope, (*at, "where"), findings)
        for each in spell_joins({**nodes, node.path: node}, node.path, parts_of(written)):
            findings.mention(each.meaning, at, each.start, each.end, key=True)
        nodes[node.path] = Node(node.path, node.object, node.parent, node.kind, node.up, node.field, where)
        spelling[written.lower()] = node.path
    for written in [each for each in joins if each.lower() in spelling][most - 1 :]:
        message = f"a report has at most {most} objects; '{spelling[written.lower()]}' is one more"
        hint = "reach parents by their path without a join, or raise `settings: {org: {report_objects: ...}}`"
        findings.add_at_key("OF503", message, (*path, "joins", written), hint)
    return Joined(nodes, frozenset(lost))


def _node(
    objects: Objects,
    nodes: Mapping[str, Node],
    spelling: Mapping[str, str],
    written: str,
    model: models.Join,
    at: Path,
    findings: Findings,
) -> Node | None:
    above, _, last = written.rpartition(".")
    parent = nodes.get(spelling.get(above.lower(), above)) if above else nodes[""]
    if parent is None:
        message = f"'{written}' hangs on '{above}', which is not joined"
        findings.add_at_key("OF502", message, at, f"add `{above}: {model.type}` to the joins")
        return None
    start = objects.objects[parent.object]
    name, _, as_object = last.partition(":")
    child = start.child(name)
    if child is not None and not as_object:
        return Node(_under(parent, child.name), child.child, parent.path, model.type, field=child.field)
    lookup = start.parent(name)
    if lookup is None:
        if not objects.missing(start.name, name):
            known = [*start.children, *(each.path for each in start.lookups.values())]
            further = next((f"{each.name}.{child.name}" for each, child in _below(objects, start, name)), None)
            hint = f"write {_under(parent, further)}" if further else None
            hint = hint or suggest_in(objects, start, name, known, what="child relationships and paths", limit=20)
            findings.add_at_key("OF501", f"'{start.name}' has no relationship '{last}'", at, hint)
        return None
    try:
        target = step_up(objects, lookup, Part(name, 0, len(last), as_object or None))
    except NameProblem as problem:
        if problem.code != SILENT:
            findings.add_at_key(problem.code, problem.message, at, problem.hint)
        return None
    step = f"{lookup.path}:{target.name}" if lookup.polymorphic else lookup.path
    return Node(_under(parent, step), target.name, parent.path, model.type, up=True, field=lookup.field)


def _below(objects: Objects, start: Object, name: str) -> Iterator[tuple[ChildRelationship, ChildRelationship]]:
    """The child relationships of that name, or to the object of that name, of the children's own."""
    for each in start.children.values():
        for child in objects.objects[each.child].children.values():
            if name.lower() in (child.name.lower(), child.child.lower()):
                yield each, child


def _under(parent: Node, step: str) -> str:
    return f"{parent.path}.{step}" if parent.path else step


def _check_kind(parent: Node, node: Node, at: Path, findings: Findings) -> None:
    match parent.kind, node.kind:
        case "without", _:
            message = f"nothing can be joined below '{parent.path}', which is joined `without`"
            hint = "a `without` join asks for what is not there; narrow it with its own `where`"
            findings.add_at_key("OF505", message, at, hint)
        case "outer", "inner" | "without":
            message = f"'{node.path}' is joined `{node.kind}` below the outer join '{parent.path}'"
            findings.add_at_key("OF504", message, at, f"write outer here, or make '{parent.path}' inner")
        case _:
            pass
