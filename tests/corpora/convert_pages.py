"""List views and layouts to plain data, with the names of the schema they are for."""

from __future__ import annotations

import re
from typing import Any

from changes import Changes
from convert_filters import condition
from source_format import App, Node, many, text

from objectforge.relations.schema import Object, Schema

__all__ = ["convert_layouts", "convert_list_views"]

Data = dict[str, Any]
_COLUMNS = {
    "LAST_UPDATE": "LastModifiedDate", "CREATED_DATE": "CreatedDate", "CREATEDBY_USER": "CreatedBy.Name",
    "OBJECT_ID": "Id", "CORE.USERS.FULL_NAME": "Owner.Name", "CORE.USERS.ALIAS": "Owner.Name",
    "TASK.DUE_DATE": "ActivityDate", "TASK.WHO_NAME": "WhoId", "TASK.WHAT_NAME": "WhatId",
    "TASK.LAST_UPDATE": "LastModifiedDate", "TASK.CLOSED": "IsClosed", "Account.ACC_NAME": "Account.Name",
    "FULL_NAME": "Name", "CONTACT.PHONE1": "Phone", "CONTACT.EMAIL": "Email", "CASES.CREATED_DATE": "CreatedDate",
}  # fmt: skip
"""Columns whose name says another thing than that of the field."""
_RELATED: dict[str, tuple[str | None, Data]] = {
    "RelatedActivityList": ("Tasks", {"label": "Open Activities", "where": "NOT IsClosed"}),
    "RelatedHistoryList": ("Tasks", {"label": "Activity History", "where": "IsClosed"}),
    "RelatedContactList": ("Contacts", {}),
    "RelatedOpportunityList": ("Opportunities", {}),
    "RelatedContactRoleList": ("OpportunityContactRoles", {}),
    "RelatedCaseList": ("Cases", {}),
    "RelatedCampaignMemberList": ("CampaignMembers", {}),
}
_BEHAVIOR = {"Readonly": "readonly", "Required": "required"}


def convert_list_views(app: App, schema: Schema, changes: Changes) -> Data:
    """All list views, `Invoice__c.Open`."""
    found: Data = {}
    for each in app.objects.values():
        obj = schema.objects.get(each.name)
        for name, node in each.list_views.items() if obj else ():
            assert obj is not None
            at = f"{obj.name}.{name}"
            columns = _columns(schema, obj, many(node, "columns"), at, changes)
            view: Data = {"label": text(node, "label"), "columns": columns or [obj.name_field]}
            if text(node, "filterScope") == "Mine":
                changes.add("a list view of the reader's own records, which shows all", at)
            if node.find("filters") is not None:
                names = {written: column(schema, obj, written) or written for written in many(node, "filters/field")}
                types = {old: field.type.type_name for old, new in names.items() if (field := obj.field(new))}
                view["where"] = condition(node, "filters", {}, names, types)
            found[at] = view
    return found


def convert_layouts(app: App, schema: Schema, changes: Changes) -> Data:
    """All layouts, `Invoice__c.Invoice_Layout`."""
    found: Data = {}
    for (owner, label), node in app.layouts.items():
        obj = schema.objects.get(owner)
        if obj is None:
            changes.add("a layout of an object that there is not", f"{owner}-{label}")
            continue
        at = f"{owner}.{re.sub(r'[^A-Za-z0-9]+', '_', label).strip('_')}"
        sections = [_section(obj, each, at, changes) for each in node.findall("layoutSections")]
        related = [_related(schema, obj, each, at, changes) for each in node.findall("relatedLists")]
        found[at] = {
            "label": label,
            "sections": [each for each in sections if each is not None],
            "related": [each for each in related if each is not None],
        }
    return found


def column(schema: Schema, obj: Object, written: str) -> str | None:
    """The path that a column means: `OPPORTUNITY.CLOSE_DATE` -> `CloseDate`, `ACCOUNT.NAME` -> `Account.Name`."""
    known = _COLUMNS.get(written)
    if known is not None:
        lookup = obj.parent(known.partition(".")[0])
        return known if obj.field(known) or lookup else None
    before, _, last = written.rpartition(".")
    owner, prefix = obj, ""
    if before and not _same(before, obj.name, obj.name + "s"):
        lookup = next((each for path, each in obj.lookups.items() if _same(before, path, each.path)), None)
        if lookup is None or len(lookup.targets) > 1:
            return None
        owner, prefix = schema.objects[next(iter(lookup.targets))], f"{lookup.path}."
    if last == "NAME":
        return f"{prefix}{owner.name_field}"
    found = owner.field(last) or next((each for name, each in owner.fields.items() if _same(last, name)), None)
    return None if found is None else f"{prefix}{found.name}"


def _same(written: str, *names: str) -> bool:
    return written.replace("_", "").lower() in {name.replace("_", "").lower() for name in names}


def _columns(schema: Schema, obj: Object, written: list[str], at: str, changes: Changes) -> list[str]:
    found: dict[str, None] = {}
    for each in written:
        path = column(schema, obj, each)
        if path is None:
            changes.add("a column of a field that there is not", f"{at}: {each}")
        else:
            found[path] = None
    return list(found)


def _section(obj: Object, node: Node, at: str, changes: Changes) -> Data | None:
    columns: list[list[Any]] = []
    for part in node.findall("layoutColumns"):
        items: list[Any] = []
        for item in part.findall("layoutItems"):
            written = text(item, "field")
            field = obj.field(written)
            if field is not None:
                behavior = _BEHAVIOR.get(text(item, "behavior"))
                items.append({"field": field.name, "behavior": behavior} if behavior else field.name)
            elif written:
                changes.add("a place on a layout for a field that there is not", f"{at}: {written}")
        if items:
            columns.append(items)
    if not columns:
        return None
    label = text(node, "label")
    return {"fields": columns} | ({"label": label} if label else {})


def _related(schema: Schema, obj: Object, node: Node, at: str, changes: Changes) -> Data | None:
    written = text(node, "relatedList")
    name, said = _RELATED.get(written, (_child_name(schema, obj, written), {}))
    relationship = obj.child(name) if name else None
    if relationship is None:
        changes.add("a related list of what there is not", f"{at}: {written}")
        return None
    child = schema.objects[relationship.child]
    found: Data = {"list": relationship.name, **said}
    if columns := _columns(schema, child, many(node, "fields"), at, changes):
        found["columns"] = columns
    if (by := text(node, "sortField")) and (key := column(schema, child, by)):
        found["sort"] = [f"-{key}" if text(node, "sortOrder") == "Desc" else key]
    return found


def _child_name(schema: Schema, obj: Object, written: str) -> str | None:
    child, _, field = written.partition(".")
    children = obj.children.values()
    owner = "Task" if child == "Activity" else child
    return next((each.name for each in children if (each.child, each.field) == (owner, field)), None)
