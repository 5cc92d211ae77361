"""A field of Salesforce's source format to one of ObjectForge's, as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from changes import Changes
from convert_filters import condition
from source_format import Node, many, text

__all__ = ["convert_field", "plain_values"]

Data = dict[str, Any]
_PLAIN = {
    "Email": "email", "Phone": "phone", "Url": "url", "Date": "date", "DateTime": "datetime", "Time": "time",
    "Checkbox": "checkbox", "TextArea": "textarea", "Text": "text", "LongTextArea": "long_text", "Html": "rich_text",
    "Number": "number", "Currency": "currency", "Percent": "percent", "Picklist": "picklist",
    "MultiselectPicklist": "multipicklist", "Lookup": "lookup", "MetadataRelationship": "lookup",
    "MasterDetail": "master_detail", "Summary": "rollup", "Location": "geolocation", "AutoNumber": "autonumber",
}  # fmt: skip
_SCALED = {"number", "currency", "percent"}
_LINKS = {"lookup", "master_detail"}
_ON_DELETE = {"SetNull": "set_null", "Restrict": "restrict", "Cascade": "cascade"}


def convert_field(owner: str, node: Node, children: Callable[[str, str], str], changes: Changes) -> Data:
    """The field; `children` gives the name of a lookup's other end: ("Invoice__c", "Account__c") -> "Invoices__r"."""
    kind = _PLAIN[text(node, "type")]
    where = f"{owner}.{text(node, 'fullName')}"
    data: Data = {"label": text(node, "label")}
    if help_text := text(node, "inlineHelpText"):
        data["help"] = help_text
    if formula := text(node, "formula"):
        data |= {"type": "formula", "returns": kind, "formula": formula}
        if kind in _SCALED:
            data["scale"] = int(text(node, "scale") or 0)
        if text(node, "formulaTreatBlanksAs") == "BlankAsBlank":
            data["blanks"] = "null"
        return data
    data["type"] = kind
    for flag, key in (("externalId", "external_id"), ("unique", "unique"), ("trackHistory", "track_history")):
        if text(node, flag) == "true":
            data[key] = True
    if text(node, "required") == "true" and kind != "master_detail":
        data["required"] = True
    if text(node, "caseSensitive") == "true":
        data["case_sensitive"] = True
    data |= _parameters(owner, where, kind, node, children, changes)
    if (default := text(node, "defaultValue")) and not (kind == "checkbox" and default == "false"):
        data["default"] = _default(default, kind)
        for value in data.get("values", ()):
            value.pop("default", None)  # it may be said twice; the field's own counts
    return data


def _parameters(
    owner: str, where: str, kind: str, node: Node, children: Callable[[str, str], str], changes: Changes
) -> Data:
    match kind:
        case "text" | "long_text" | "rich_text":
            return {"length": int(text(node, "length"))}
        case "number" | "currency" | "percent":
            return {"precision": int(text(node, "precision")), "scale": int(text(node, "scale"))}
        case "geolocation":
            return {"scale": int(text(node, "scale"))}
        case "autonumber":
            return {"format": text(node, "displayFormat"), "start": int(text(node, "startingNumber") or 1)}
        case "picklist" | "multipicklist":
            return _choices(where, node, changes)
        case "lookup" | "master_detail":
            return _link(owner, where, kind, node, children, changes)
        case "rollup":
            return _rollup(node, children)
        case _:
            return {}


def _choices(where: str, node: Node, changes: Changes) -> Data:
    found: Data = {}
    if text(node, "valueSet/restricted") != "true":
        found["restricted"] = False
    if shared := text(node, "valueSet/valueSetName"):
        found["value_set"] = shared
    elif values := plain_values(node.findall("valueSet/valueSetDefinition/value"), where, changes):
        found["values"] = values
    if text(node, "valueSet/valueSetDefinition/sorted") == "true":
        found["sorted"] = True
    if controller := text(node, "valueSet/controllingField"):
        allowed: dict[str, list[str]] = {}
        for setting in node.findall("valueSet/valueSettings"):
            for value in many(setting, "controllingFieldValue"):
                allowed.setdefault(value, []).append(text(setting, "valueName"))
        found |= {"controlled_by": controller, "when": allowed}
    return found


def plain_values(nodes: list[Node], where: str, changes: Changes) -> list[Data]:
    """The values of a picklist or value set."""
    found: dict[str, Data] = {}
    for node in nodes:
        value = text(node, "fullName")
        if value.lower() in found:
            changes.add("a value that is declared already but for its case", f"{where}: {value}")
            continue
        label = text(node, "label")
        data: Data = {"value": value} | ({"label": label} if label not in ("", value) else {})
        data |= {"default": True} if text(node, "default") == "true" else {}
        data |= {"active": False} if text(node, "isActive") == "false" else {}
        found[value.lower()] = data
    return list(found.values())


def _link(owner: str, where: str, kind: str, node: Node, children: Callable[[str, str], str], changes: Changes) -> Data:
    found: Data = {"to": text(node, "referenceTo"), "children": children(owner, text(node, "fullName"))}
    if kind == "master_detail":
        return found | ({"reparentable": True} if text(node, "reparentableMasterDetail") == "true" else {})
    if constraint := text(node, "deleteConstraint"):
        found["on_delete"] = _ON_DELETE[constraint]
    lookup_filter = node.find("lookupFilter")
    if lookup_filter is not None:
        if text(lookup_filter, "isOptional") == "true":
            changes.add("a lookup's filter that only suggests", where)
        else:
            asked = condition(lookup_filter, "filterItems", {found["to"]: "", "$Source": "$source."})
            found |= {"filter": asked, "filter_message": text(lookup_filter, "errorMessage")}
    return found


def _rollup(node: Node, children: Callable[[str, str], str]) -> Data:
    child, _, field = text(node, "summaryForeignKey").partition(".")
    name = children(child, field)
    summed = text(node, "summarizedField").partition(".")[2]
    found: Data = {"value": f"{text(node, 'summaryOperation')}({name}{f'.{summed}' if summed else ''})"}
    if node.find("summaryFilterItems") is not None:
        found["where"] = condition(node, "summaryFilterItems", {child: ""})
    return found


def _default(written: str, kind: str) -> Any:
    """A literal of the type where it is one, else the formula it is."""
    if quoted := re.fullmatch(r'"([^"]*)"', written):
        return quoted.group(1)
    if kind == "checkbox" and written in ("true", "false"):
        return written == "true"
    if kind in _SCALED and re.fullmatch(r"-?\d+(\.\d+)?", written):
        return Decimal(written)
    return f"={written}"
