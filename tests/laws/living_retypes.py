"""Random changes of a field's type, each with a rule of its own for the values."""

from __future__ import annotations

from typing import Any

from living_draft import Draft
from living_model import Field
from living_specs import VALUES, values_of

__all__ = ["retyped"]

_INTO = {
    "text": ("text", "text", "number", "integer", "checkbox", "date", "picklist", "free", "multipicklist"),
    "number": ("number", "number", "currency", "percent", "integer", "text", "checkbox"),
    "currency": ("number", "currency", "integer", "text"),
    "percent": ("number", "percent", "text"),
    "integer": ("number", "integer", "text", "checkbox"),
    "checkbox": ("text", "number", "integer", "flags"),
    "date": ("datetime", "text"),
    "datetime": ("date", "text"),
    "picklist": ("text", "picklist", "multipicklist", "number", "checkbox", "free"),
    "multipicklist": ("picklist", "text"),
    "autonumber": ("text",),
}
_SAME = ("label", "help")


def retyped(draft: Draft, each: Field) -> None:
    """Make a field one of another type that its own may become."""
    kind = draft.chooser.pick(_INTO[each.kind])
    draft.touched.add(each.key)
    options: dict[str, Any] = {key: value for key, value in each.options.items() if key in _SAME}
    values: list[str] = []
    match kind:
        case "text":
            options["length"] = draft.chooser.pick([5, 30, 255])
        case "number" | "currency" | "percent":
            options |= {"precision": draft.chooser.pick([8, 18]), "scale": draft.chooser.pick([0, 2, 3])}
        case "picklist" | "free" | "multipicklist":
            values = list(VALUES) if draft.chooser.number(0, 2) else values_of(draft)
            if each.kind in ("picklist", "multipicklist"):
                values = list(dict.fromkeys([*(value.name for value in each.declared), *values]))
                values = [name for at, name in enumerate(values) if name.lower() not in map(str.lower, values[:at])]
            options["restricted"] = kind != "free"
            if kind == "multipicklist":
                del options["restricted"]
        case "flags":
            values = ["Yes", "No"]
        case _:
            pass
    draft.retype(each, {"free": "picklist", "flags": "picklist"}.get(kind, kind), options, values)
