"""List views as written to resolved ones."""

from __future__ import annotations

from objectforge.errors.issue import suggest
from objectforge.metadata import models
from objectforge.metadata.fields.base import Reading
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.columns import field_of, read_columns, read_sort
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_object
from objectforge.relations.mentions import ObjectName, OwnerName
from objectforge.relations.naming import label_of
from objectforge.relations.params import param_types, read_defaults
from objectforge.relations.report import Node
from objectforge.relations.report_scopes import MeasureScope
from objectforge.relations.schema import Object, Objects
from objectforge.relations.scopes import ObjectScope
from objectforge.relations.value_sets import ValueSets
from objectforge.relations.view import Kanban, ListView

__all__ = ["find_object", "resolve_list_view"]


def resolve_list_view(
    objects: Objects, model: models.ListView, sets: ValueSets, reading: Reading, findings: Findings
) -> ListView | None:
    """A list view with every name looked up; None when its object does not exist."""
    name = f"{model.object}.{model.name}"
    path: Path = ("list_views", name)
    owner = find_object(objects, model.object, f"list view '{name}'", path, findings, at_key=True)
    if owner is None:
        return None
    declared = sets.fill_all(model.params, (*path, "params"), findings)
    params = param_types(declared)
    scope = ObjectScope(objects, owner, params, queries=True)
    where = checking.condition(model.where, scope, (*path, "where"), findings) if model.where is not None else None
    return ListView(
        name=f"{owner.name}.{model.name}",
        object=owner.name,
        label=model.label or label_of(model.name),
        columns=read_columns(objects, {"": owner.name}, model.columns, scope, (*path, "columns"), findings),
        params=declared,
        defaults=read_defaults(objects, declared, (*path, "params"), reading, findings),
        where=where,
        sort=read_sort(objects, model.sort, scope, (*path, "sort"), findings),
        kanban=_kanban(objects, owner, model.kanban, scope, (*path, "kanban"), findings) if model.kanban else None,
    )


def find_object(
    objects: Objects, name: str, what: str, path: Path, findings: Findings, *, at_key: bool = False
) -> Object | None:
    """The object that a definition is about; reported when there is none."""
    owner = objects.object(name)
    if owner is None and not objects.missing(name, ""):
        add = findings.add_at_key if at_key else findings.add
        hint = suggest_object(objects.objects, name)
        add("OF241", f"the {what} is about an unknown object, '{name}'", path, hint)
    elif owner is not None:
        findings.mention(OwnerName(owner.name) if at_key else ObjectName(owner.name), path, key=at_key)
    return owner


def _kanban(
    objects: Objects, owner: Object, model: models.Kanban, scope: ObjectScope, path: Path, findings: Findings
) -> Kanban | None:
    by = checking.path(model.by, scope, (*path, "by"), findings)
    value = None
    if model.value is not None:
        base = {"": Node("", owner.name, "", "base")}
        counted = MeasureScope(objects, base, scope.params)
        value = checking.measure(model.value, counted, (*path, "value"), findings)
    if by is None:
        return None
    field = field_of(objects, by)
    rules = field.type.choice_rules
    if by.steps or rules is None or rules.multiple:
        known = [each.name for each in owner.fields.values() if each.type.choice_rules is not None]
        hint = suggest(model.by, known, what="picklists")
        findings.add("OF404", f"a kanban has a column per value of a picklist of '{owner.name}'", (*path, "by"), hint)
        return None
    return Kanban(by, value, model.cards)
