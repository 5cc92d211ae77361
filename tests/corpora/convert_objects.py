"""An app's objects, fields, validations and value sets to the sections `objects`, `extend` and `value_sets`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from changes import Changes
from convert_fields import convert_field, plain_values
from source_format import App, SourceObject, text

__all__ = ["convert_objects"]

Data = dict[str, Any]
_RECORD_OF_METADATA = {"DeveloperName": "text(40)", "NamespacePrefix": "text(15)", "IsProtected": "checkbox"}
_OF_SALESFORCE = ("EntityDefinition", "FieldDefinition")
_ACTIVITIES = ("Task", "Event")


def convert_objects(app: App, changes: Changes) -> Data:
    """The objects. Those of the package `sales` are extended; what else lookups name gets a name alone."""
    children = _children(app, changes)
    objects: Data = {}
    extend: Data = {}
    for each in app.objects.values():
        fields = {name: convert_field(each.name, node, children, changes) for name, node in each.fields.items()}
        validations = {
            name: {
                "error_if": text(node, "errorConditionFormula"),
                "message": text(node, "errorMessage"),
                **({"field": text(node, "errorDisplayField")} if text(node, "errorDisplayField") else {}),
                **({"active": False} if text(node, "active") == "false" else {}),
            }
            for name, node in each.validations.items()
        }
        parts = {"fields": fields} | ({"validations": validations} if validations else {})
        if "__" in each.name:
            if each.head is None:
                changes.add("an object that another app declares, taken with a name and the fields known", each.name)
            added = _RECORD_OF_METADATA if each.name.endswith("__mdt") else {}
            objects[each.name] = _head(each) | parts | {"fields": {**added, **fields}}
        elif not fields:
            changes.add("an object of Salesforce's own without fields of the app", each.name)
        elif each.name == "Activity":
            changes.add("fields of all activities, given to Task and Event each", each.name)
            extend |= {name: {"fields": _of_activity(name, fields)} for name in _ACTIVITIES}
        else:
            extend[each.name] = parts
    for target in _targets(objects, extend):
        if target in _OF_SALESFORCE:
            changes.add("an object of Salesforce's own, declared with a name alone", target)
            objects[target] = {"label": target}
    sets = {name: plain_values(node.findall("customValue"), name, changes) for name, node in app.value_sets.items()}
    found: Data = {"uses": ["sales"], "objects": objects, "extend": extend}
    return found | ({"value_sets": sets} if sets else {})


def _head(each: SourceObject) -> Data:
    if each.head is None:
        return {"label": _bare(each.name).rpartition("__")[2].replace("_", " ")}
    found: Data = {"label": text(each.head, "label")}
    if plural := text(each.head, "pluralLabel"):
        found["plural_label"] = plural
    if each.name.endswith("__mdt"):
        found["name_field"] = {"name": "MasterLabel", "type": "text", "length": 40, "required": True}
        return found
    match text(each.head, "nameField/type"):
        case "AutoNumber":
            name: Data = {"type": "autonumber", "format": text(each.head, "nameField/displayFormat")}
        case _:
            name = {"type": "text", "length": 80, "required": True}
    label = text(each.head, "nameField/label")
    return found | {"name_field": name | ({"label": label} if label else {})}


def _of_activity(owner: str, fields: Data) -> Data:
    """The fields with other names for the other ends of lookups, for a name is given once per target."""
    return {
        name: {**field, "children": f"{owner}s_of_{field['children']}"} if "children" in field else field
        for name, field in fields.items()
    }


def _children(app: App, changes: Changes) -> Callable[[str, str], str]:
    """The names of all lookups' other ends: `relationshipName` with `__r`, or one made of object and field."""
    names: dict[tuple[str, str], str] = {}
    for each in app.objects.values():
        for name, node in each.fields.items():
            if node.find("referenceTo") is None:
                continue
            given = text(node, "relationshipName")
            if not given:
                changes.add("a lookup without a name of its other end, which gets one", f"{each.name}.{name}")
                given = f"{_bare(each.name)}_{_bare(name)}"
            names[each.name, name] = f"{given}__r"

    def child(owner: str, field: str) -> str:
        return names[owner, field]

    return child


def _bare(name: str) -> str:
    return name.removesuffix("__c").removesuffix("__mdt")


def _targets(*sections: Data) -> list[str]:
    fields = [field for section in sections for each in section.values() for field in each.get("fields", {}).values()]
    return sorted({field["to"] for field in fields if "to" in field})
