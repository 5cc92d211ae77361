"""A part of the JSON Schema to the words that say which values fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["value_words"]

_NAMED = {
    "Column": "path",
    "FieldType": "field",
    "NameField": "field",
    "PicklistValue": "value",
    "GroupKey": "group key",
    "Measure": "measure",
    "LayoutField": "field",
    "FiscalYear": "mapping",
    "ListView": "list view",
    "Related": "related list",
    "Component": "component",
    "DashboardFilter": "filter",
}


def value_words(part: Mapping[str, Any]) -> str:
    """Which values a part of the schema takes, in a few words."""
    inner: Mapping[str, Any] | bool = part.get("additionalProperties", False)
    match part:
        case {"$ref": str(ref)}:
            name = ref.rsplit("/", 1)[1]
            return _NAMED.get(name, name.lower())
        case {"enum": _}:
            return ", ".join(f"`{value}`" for value in part["enum"])
        case {"anyOf": [{"enum": _}, {"$ref": _}]}:
            return value_words(part["anyOf"][0])
        case {"anyOf": _}:
            return _either([value_words(option) for option in part["anyOf"]])
        case {"type": "array", "items": _}:
            return f"list of {_several(value_words(part['items']))}"
        case {"type": "object" | ["object", "null"]} if not isinstance(inner, bool):
            return "texts by locale" if "minProperties" in part else f"{_several(value_words(inner))} by name"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"type": "integer"}:
            return f"whole number{_bounds(part)}"
        case _:
            return "text"


def _either(options: list[str]) -> str:
    known = list(dict.fromkeys(options))
    if known[0] == "text" and len(known) == 2 and not known[1].startswith(("texts", "list")):
        return known[1]  # the short form of the same thing
    return " or ".join(known)


def _several(what: str) -> str:
    first, sign, rest = what.partition(" or ")
    plural = first if first.endswith("s") or first.startswith(("list of", "`")) else f"{first}s"
    return f"{plural}{sign}{rest}"


def _bounds(part: Mapping[str, Any]) -> str:
    least, most = part.get("minimum"), part.get("maximum")
    match least, most:
        case None, None:
            return ""
        case _, None:
            return f" from {least}"
        case _:
            return f" from {least} to {most}"
