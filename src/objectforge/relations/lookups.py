"""Relational fields to lookups and child relationships: targets found, paths and names of both ends decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from objectforge.metadata.fields.traits import Relation
from objectforge.metadata.models import ObjectDef
from objectforge.metadata.places import Path
from objectforge.relations.circles import ordered
from objectforge.relations.draft import Missing
from objectforge.relations.fields import field_path
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_object
from objectforge.relations.mentions import ObjectName
from objectforge.relations.naming import default_children, parent_path
from objectforge.relations.schema import ChildRelationship, Field, Lookup

__all__ = ["Links", "link"]

_MASTERS = 2


@dataclass(slots=True)
class Links:
    """The lookups of every object, and the child relationships that every object has as a parent, in order."""

    lookups: dict[str, dict[str, Lookup]] = field(default_factory=lambda: defaultdict(dict))
    children: dict[str, list[ChildRelationship]] = field(default_factory=lambda: defaultdict(list))


def link(
    definitions: Mapping[str, ObjectDef], fields: Mapping[str, Iterable[Field]], missing: Missing, findings: Findings
) -> Links:
    """Find both ends of every relational field."""
    by_key = {name.lower(): name for name in definitions}
    links = Links()
    for object_name, own in fields.items():
        definition = definitions[object_name]
        for each in own:
            relation = each.type.relation
            if relation is None:
                continue
            path = field_path(definition, each.name)
            targets = _targets(each, relation, by_key, definitions, path, missing, findings)
            if targets is None:
                missing.add_children(object_name, each.name, relation.targets, relation.children)
                continue
            _check_hierarchy(each, relation, targets, path, findings)
            name = None
            if not each.system:
                name = relation.children or default_children(object_name, definition.plural, each.name)
                for target in targets:
                    links.children[target].append(ChildRelationship(name, target, object_name, each.name))
            links.lookups[object_name][each.name] = Lookup(
                object=object_name,
                field=each.name,
                targets=targets,
                path=parent_path(each.name),
                children=name,
                on_delete=relation.on_delete,
                master=relation.master,
                reparentable=relation.reparentable,
                hierarchy=relation.hierarchy,
                filter_message=relation.filter_message,
            )
        _check_masters(definition, links.lookups[object_name].values(), findings)
    _check_circles(definitions, links, findings)
    return links


def _targets(
    each: Field,
    relation: Relation,
    by_key: Mapping[str, str],
    definitions: Mapping[str, ObjectDef],
    path: Path,
    missing: Missing,
    findings: Findings,
) -> tuple[str, ...] | None:
    found = [by_key.get(target.lower()) for target in relation.targets]
    for number, (target, known) in enumerate(zip(relation.targets, found, strict=True)):
        if known is not None and not each.system:
            findings.mention(ObjectName(known), (*path, "to", number))
        if known is None and not missing.has_object(target):
            hint = suggest_object(definitions, target)
            place = (*path, "to") if len(found) == 1 else (*path, "to", number)
            findings.add("OF222", f"'{each.object}.{each.name}' points to an unknown object, '{target}'", place, hint)
    return None if None in found else tuple(name for name in found if name)


def _check_hierarchy(each: Field, relation: Relation, targets: tuple[str, ...], path: Path, findings: Findings) -> None:
    if relation.hierarchy and targets != (each.object,):
        message = f"'{each.object}.{each.name}' is a hierarchy, but points to {', '.join(targets)}"
        hint = f"a hierarchy leads to the field's own object: `to: {each.object}`, or take `hierarchy:` out"
        findings.add("OF226", message, (*path, "hierarchy"), hint)


def _check_masters(definition: ObjectDef, lookups: Iterable[Lookup], findings: Findings) -> None:
    masters = [lookup for lookup in lookups if lookup.master]
    for extra in masters[_MASTERS:]:
        message = f"'{definition.name}' has {len(masters)} master_detail fields; {_MASTERS} is the most"
        hint = "make it a lookup: {type: lookup, required: true, on_delete: cascade}"
        first = ("the first one is here", field_path(definition, masters[0].field))
        findings.add_at_key("OF224", message, field_path(definition, extra.field), hint, first=first)


def _check_circles(definitions: Mapping[str, ObjectDef], links: Links, findings: Findings) -> None:
    """Masters in a circle: no record of them could ever be the first."""
    masters = {
        name: {lookup.targets[0]: lookup for lookup in links.lookups[name].values() if lookup.master}
        for name in definitions
    }
    _, circles = ordered({name: list(found) for name, found in masters.items()})
    for circle in circles:
        first, second = circle[0], circle[1 % len(circle)]
        path = field_path(definitions[first], masters[first][second].field)
        message = f"masters and details in a circle: {' -> '.join((*circle, first))}"
        findings.add_at_key("OF225", message, path, "make one of them a lookup")
