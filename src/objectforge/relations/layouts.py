"""Page layouts as written to resolved ones."""

from __future__ import annotations

from objectforge.expressions.typed import Typed
from objectforge.metadata import models
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.columns import read_columns, read_sort
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_in
from objectforge.relations.layout import Layout, LayoutItem, RelatedList, Section
from objectforge.relations.list_views import find_object
from objectforge.relations.mentions import ChildName, FieldName
from objectforge.relations.naming import label_of
from objectforge.relations.schema import Object, Objects
from objectforge.relations.scopes import FORMULA_DEPTH, ObjectScope
from objectforge.values.kinds import BOOLEAN

__all__ = ["resolve_layout"]


def resolve_layout(objects: Objects, model: models.Layout, findings: Findings) -> Layout | None:
    """A layout with every name looked up; None when its object does not exist."""
    name = f"{model.object}.{model.name}"
    path: Path = ("layouts", name)
    owner = find_object(objects, model.object, f"layout '{name}'", path, findings, at_key=True)
    if owner is None:
        return None
    sections = tuple(
        _section(objects, owner, section, (*path, "sections", number), findings)
        for number, section in enumerate(model.sections)
    )
    related = (
        _related(objects, owner, each, (*path, "related", number), findings)
        for number, each in enumerate(model.related)
    )
    return Layout(
        name=f"{owner.name}.{model.name}",
        object=owner.name,
        label=model.label or label_of(model.name),
        sections=sections,
        related=tuple(each for each in related if each is not None),
    )


def _section(objects: Objects, owner: Object, model: models.Section, path: Path, findings: Findings) -> Section:
    columns = tuple(
        tuple(
            item
            for row, each in enumerate(items)
            if (item := _item(objects, owner, each, (*path, "fields", column, row), findings)) is not None
        )
        for column, items in enumerate(model.fields)
    )
    return Section(model.label, columns, _show_if(objects, owner, model.show_if, path, findings))


def _item(
    objects: Objects, owner: Object, model: models.LayoutField, path: Path, findings: Findings
) -> LayoutItem | None:
    show_if = _show_if(objects, owner, model.show_if, path, findings)
    field = owner.field(model.field)
    if field is not None:
        findings.mention(FieldName(owner.name, field.name), (*path, "field"))
        return LayoutItem(field.name, model.behavior, show_if)
    if objects.missing(owner.name, model.field):
        return None
    lookup, child = owner.parent(model.field.partition(".")[0]), owner.child(model.field)
    if lookup is not None:
        hint = f"a layout shows fields of the record itself: {lookup.field}"
    elif child is not None:
        hint = f"'{child.name}' is a list of records: put it under `related:`"
    else:
        hint = suggest_in(objects, owner, model.field, owner.fields)
    findings.add("OF405", f"'{owner.name}' has no field '{model.field}'", (*path, "field"), hint)
    return None


def _show_if(objects: Objects, owner: Object, text: str | None, path: Path, findings: Findings) -> Typed | None:
    if text is None:
        return None
    scope = ObjectScope(objects, owner, depth=FORMULA_DEPTH)
    return checking.formula(text, scope, (*path, "show_if"), findings, returns=BOOLEAN, blanks="rule")


def _related(
    objects: Objects, owner: Object, model: models.Related, path: Path, findings: Findings
) -> RelatedList | None:
    relationship = owner.child(model.list)
    if relationship is None:
        if not objects.missing(owner.name, model.list):
            hint = suggest_in(objects, owner, model.list, owner.children, what="child relationships", limit=20)
            message = f"'{owner.name}' has no child relationship '{model.list}'"
            findings.add("OF406", message, (*path, "list"), hint)
        return None
    child = objects.objects[relationship.child]
    findings.mention(ChildName(child.name, relationship.field), (*path, "list"))
    scope = ObjectScope(objects, child, queries=True)
    columns = model.columns or (models.Column(field=child.name_field),)
    where = checking.condition(model.where, scope, (*path, "where"), findings) if model.where is not None else None
    return RelatedList(
        name=relationship.name,
        label=model.label or child.plural_label,
        child=child.name,
        field=relationship.field,
        columns=read_columns(objects, {"": child.name}, columns, scope, (*path, "columns"), findings),
        where=where,
        sort=read_sort(objects, model.sort, scope, (*path, "sort"), findings),
        limit=model.limit,
    )
