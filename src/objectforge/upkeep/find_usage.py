"""A name to its usage: an object, a field or a picklist value, declared or held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

import sqlalchemy as sa

from objectforge.change.planning.survey import Survey
from objectforge.errors.exceptions import NotFound
from objectforge.errors.issue import suggest
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Registry, State, StoredField, StoredObject
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.upkeep.usage import Usage, ValueCount
from objectforge.upkeep.using import uses_of_field, uses_of_object, uses_of_value

__all__ = ["find_usage"]

_Stored = TypeVar("_Stored", StoredObject, StoredField)


def find_usage(connection: sa.Connection, schema: Schema, registry: Registry, name: str) -> Usage:
    """What uses `Account`, `Account.Industry` or `Account.Industry.Energy`, found in any case.

    Raises:
        NotFound: there is no such thing; the message says what is close.
    """
    object_name, *below = name.split(".", 2)
    stored = _named(registry.objects, object_name, "there is no object")
    survey = Survey(connection, registry)
    total = survey.records(stored.number)
    held = stored.state is State.HELD
    if not below:
        uses = () if held else uses_of_object(schema, stored.name)
        return Usage(stored.name, "object", uses, total, total, held=held)
    field = _named(registry.by_object[stored.number], below[0], f"{stored.name} has no field")
    held = held or field.state is State.HELD
    full = f"{stored.name}.{field.name}"
    values = _values(survey, field)
    if below[1:]:
        return _of_value(schema, stored, field, values, below[1], total, held=held)
    uses = () if held else uses_of_field(schema, stored.name, field.name)
    records = None if field.storage_name is None else survey.values(field)
    return Usage(full, "field", uses, total, records, tuple(values.values()), held)


def _of_value(
    schema: Schema,
    stored: StoredObject,
    field: StoredField,
    values: Mapping[str, ValueCount],
    name: str,
    total: int,
    *,
    held: bool,
) -> Usage:
    full = f"{stored.name}.{field.name}"
    found = values.get(name.lower())
    if found is None:
        if not values:
            raise NotFound(f"{full} is no picklist, so it has no value '{name}'; type {full}")
        raise _missing(f"{full} has no value", name, (one.value for one in values.values()))
    uses = () if held else uses_of_value(schema, stored.name, field.name, found.value)
    return Usage(f"{full}.{found.value}", "value", uses, total, found.records, held=held or found.state == "held")


def _values(survey: Survey, field: StoredField) -> dict[str, ValueCount]:
    """Every value of a picklist by its key: those declared in their order, those held, those in records only."""
    declared = None if is_id(field.type) else type_from_json(field.type)
    if declared is None or declared.choice_rules is None or field.storage_name is None:
        return {}
    counts = dict(survey.distribution(field))
    active = {choice.value for choice in declared.choices if choice.active}
    found: list[ValueCount] = []
    for value in field.values:
        state: Literal["active", "inactive", "held"] = (
            "held" if value.state is State.HELD else "active" if value.value in active else "inactive"
        )
        found.append(ValueCount(value.value, counts.pop(value.value, 0), state))
    found += [ValueCount(value, records, "undeclared") for value, records in sorted(counts.items())]
    return {one.value.lower(): one for one in found}


def _named(among: Iterable[_Stored], name: str, missing: str) -> _Stored:
    """The thing of that name, in any case; one that is declared before one that is held."""
    listed = list(among)
    found = [one for one in listed if one.name.lower() == name.lower()]
    if not found:
        raise _missing(missing, name, (one.name for one in listed))
    return min(found, key=lambda one: one.state is State.HELD)


def _missing(missing: str, name: str, known: Iterable[str]) -> NotFound:
    hint = suggest(name, known)
    return NotFound(f"{missing} '{name}'{f': {hint}' if hint else ''}")
