"""The registry against the metadata: each declared thing has its identity, under its name and type."""

from __future__ import annotations

from collections.abc import Iterator

from objectforge.relations.schema import Field, Object
from objectforge.storage.finding import Finding
from objectforge.storage.registry import Registry, State, StoredField, StoredObject
from objectforge.storage.type_json import type_to_json
from objectforge.upkeep.examination import Examination

__all__ = ["examine_registry"]

_RESTORE = "the org's own tables were changed by hand: restore it from a backup"


def examine_registry(examination: Examination) -> Iterator[Finding]:
    """What the registry and the metadata do not agree about."""
    registry, objects = examination.registry, examination.schema.objects
    for owner in objects.values():
        stored = registry.by_name.get(owner.name)
        if stored is None:
            yield _finding("unregistered", owner.name, "it is declared, and the registry does not know it")
        else:
            yield from _fields(registry, owner, stored)
    for stored in registry.in_sight:
        if stored.name not in objects:
            yield _finding("undeclared", stored.name, "the registry has it in sight, and it is not declared")


def _fields(registry: Registry, owner: Object, stored: StoredObject) -> Iterator[Finding]:
    known = {field.name: field for field in registry.by_object[stored.number] if field.state is State.ACTIVE}
    for field in owner.fields.values():
        name = f"{owner.name}.{field.name}"
        found = known.pop(field.name, None)
        if found is None:
            yield _finding("unregistered", name, "it is declared, and the registry does not know it")
        elif difference := _difference(registry, owner, field, found):
            yield _finding("registered_otherwise", name, difference)
    for name in known:
        yield _finding("undeclared", f"{owner.name}.{name}", "the registry has it in sight, and it is not declared")


def _difference(registry: Registry, owner: Object, field: Field, found: StoredField) -> str:
    if found.type != (declared := type_to_json(field.type)):
        return f"it is declared as {declared}, and the registry has {found.type}"
    if field.stored != (found.storage_name is not None):
        return "the registry has no column for it" if field.stored else "the registry has a column for it"
    lookup = owner.lookups.get(field.name)
    targets = {registry.by_number[number].name for number in found.targets if number in registry.by_number}
    if lookup is not None and targets != set(lookup.targets):
        return f"it points to {', '.join(lookup.targets)}, and in the registry to {', '.join(sorted(targets))}"
    return ""


def _finding(kind: str, name: str, message: str) -> Finding:
    return Finding(kind, name, message, _RESTORE, "table of_field" if "." in name else "table of_object")
