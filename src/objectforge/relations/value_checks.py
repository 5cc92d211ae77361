"""Values that picklists are compared with, seen through: a comparison with a value that there is not never holds."""

from __future__ import annotations

from collections.abc import Iterable

from objectforge.errors.issue import closest
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.mentions import ValueName
from objectforge.relations.schema import Field, Objects
from objectforge.relations.spelling import Spelled
from objectforge.values.text import fold_key

__all__ = ["advise_values"]

_SHOWN = 12


def advise_values(objects: Objects, heard: Iterable[Spelled], at: Path, shift: int, findings: Findings) -> None:
    """Warn of values that are none of their picklist's: old records may have them, but hardly anybody means those.

    Lists that are not restricted may hold any value.
    """
    for each in heard:
        match each.meaning:
            case ValueName(object=owner, field=name, value=value):
                field = objects.objects[owner].fields[name]
                for part in _undeclared(field, value):
                    message = f"'{part}' is not one of the values of '{owner}.{name}'"
                    findings.advise("OF250", message, at, each.start + shift, each.end + shift, _hint(field, part))
            case _:
                pass


def _undeclared(field: Field, value: str) -> list[str]:
    rules = field.type.choice_rules
    if rules is None or not rules.restricted or not field.type.choices:
        return []
    known = {fold_key(choice.value) for choice in field.type.choices}
    parts = [part.strip() for part in value.split(";")] if rules.multiple else [value.strip()]
    return [part for part in parts if part and fold_key(part) not in known]


def _hint(field: Field, part: str) -> str:
    renamed = (choice.value for choice in field.type.choices if fold_key(part) in map(fold_key, choice.was))
    if (now := next(renamed, None)) is not None:
        return f"it is '{now}' now"
    values = [choice.value for choice in field.type.choices if choice.active]
    meant = closest(part, values, fold_key)
    shown = f"values: {', '.join(values[:_SHOWN])}{', ...' if len(values) > _SHOWN else ''}"
    return shown if meant is None else f"did you mean '{meant}'? {shown}"
