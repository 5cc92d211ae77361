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
_TEXT = ["string", "number", "boolean"]


def value_words(part: Mapping[str, Any]) -> str:
    """Which values a part of the schema takes, in a few words."""
    match part:
        case {"$ref": str(ref)}:
            name = ref.rsplit("/", 1)[1]
            return _NAMED.get(name, name.lower())
        case {"enum": list(values)}:
            return ", ".join(f"`{value}`" for value in values)
        case {"anyOf": [{"enum": list()} as words, {"$ref": str()}]}:
            return value_words(words)
        case {"anyOf": list(options)}:
            return _either([value_words(option) for option in options])
        case {"type": "array", "items": dict(items)}:
            return _list_of(value_words(items))
        case {"type": "object" | ["object", "null"], "additionalProperties": dict(inner)}:
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


def _list_of(what: str) -> str:
    return f"list of {_several(what)}"


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
