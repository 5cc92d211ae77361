"""Random definitions of fields."""

from __future__ import annotations

from typing import Any

from living_draft import Draft, declare
from living_model import Field

__all__ = ["FIELD_NAMES", "KINDS", "OBJECT_NAMES", "VALUES", "links", "spec", "values_of"]

OBJECT_NAMES = ("Firm", "Deal", "Visit", "Order", "Room", "Trip__c")
FIELD_NAMES = ("Fax", "City", "Code", "Rank", "Size", "Tag", "Mark", "Note", "Zone__c", "Home", "Boss", "Main")
VALUES = ("Gold", "Silver", "Tin", "Iron", "Yes", "No", "12", "a")
KINDS = (
    "text", "text", "number", "integer", "currency", "percent", "checkbox", "date", "datetime", "picklist",
    "picklist", "multipicklist", "lookup", "lookup", "lookup", "autonumber", "formula",
)  # fmt: skip
_NUMBERS = ("number", "currency", "integer")


def spec(draft: Draft, each: Field) -> bool:
    """Define a field that is no link; False if nothing can be defined."""
    chooser, options = draft.chooser, each.options
    match each.kind:
        case "text":
            options["length"] = chooser.pick([10, 30, 255])
        case "number" | "currency" | "percent":
            options |= {"precision": chooser.pick([8, 18]), "scale": chooser.pick([0, 2, 3])}
        case "picklist":
            options["restricted"] = bool(chooser.number(0, 3))
            declare(each, values_of(draft))
        case "multipicklist":
            declare(each, values_of(draft))
        case "autonumber":
            options |= {"format": "N-{0000}", "start": chooser.pick([1, 7])}
        case "formula":
            one = draft.model.objects[each.object]
            read = [other for other in one.seen if other.kind in _NUMBERS and other.key not in draft.touched]
            if not read:
                return False
            each.reads = chooser.pick(read).key
            draft.touched.add(each.reads)
            return True
        case _:
            pass
    text: dict[str, Any] = {"text": "abc", "integer": "5", "number": "5", "date": "2026-04-01"}
    if each.kind in text and chooser.number(0, 3) == 0:
        options["required"] = True
        if chooser.number(0, 1):
            options["default"] = text[each.kind]
    elif each.kind == "text" and chooser.number(0, 3) == 0:
        options["unique"] = True
    elif each.kind == "checkbox" and chooser.number(0, 1):
        options["default"] = chooser.pick(["true", "false"])
    return True


def links(draft: Draft, each: Field) -> bool:
    """Define a lookup to one object or two, or to a master."""
    chooser = draft.chooser
    known = [one.key for one in draft.model.seen if one.key not in draft.touched]
    if each.kind == "master_detail":
        known = [key for key in known if key != each.object]
    if not known:
        return False
    several = each.kind == "lookup" and chooser.number(0, 3) == 0
    each.targets = tuple(dict.fromkeys((chooser.pick(known), *((chooser.pick(known),) if several else ()))))
    each.options["children"] = f"Kids{each.key}"
    if each.kind == "lookup":
        rule = chooser.pick([None, None, "set_null", "restrict", "cascade", "required"])
        each.options |= {"required": True} if rule == "required" else {"on_delete": rule} if rule else {}
    return True


def values_of(draft: Draft) -> list[str]:
    """Two or three values."""
    return list(dict.fromkeys(draft.chooser.pick(VALUES) for _ in range(3)))
