"""An early version's schema to the identities that its names stood for, where the org did not keep them yet.

No name had changed then: what was called so is what had that name, with that history, first.
"""

from __future__ import annotations

from collections.abc import Iterable

from objectforge.change.identity.identify import histories_of
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Identities, Registry

__all__ = ["former_identities"]


def former_identities(registry: Registry, schema: Schema) -> Identities:
    """What each name of the schema stood for, as far as the org still has it."""
    histories = histories_of(schema)
    objects: dict[str, int] = {}
    fields: dict[tuple[str, str], int] = {}
    values: dict[tuple[int, str], int] = {}
    for object_ in schema:
        path = (object_.name, *histories.get((object_.name,), ()))
        number = _first(path, ((each.path, each.number) for each in registry.objects))
        if number is None:
            continue
        objects[object_.name] = number
        for field in object_.fields.values():
            there = [one for one in registry.by_object[number] if (one.storage_name is not None) is field.stored]
            path = (field.name, *histories.get((object_.name, field.name), ()))
            identity = _first(path, ((each.path, each.identity) for each in there))
            if identity is None:
                continue
            fields[object_.name, field.name] = identity
            known = registry.by_identity[identity].values
            for choice in field.type.choices:
                value = _first((choice.value, *choice.was), ((each.path, each.identity) for each in known))
                if value is not None:
                    values[identity, choice.value] = value
    return Identities(objects, fields, values)


def _first(path: tuple[str, ...], stored: Iterable[tuple[tuple[str, ...], int]]) -> int | None:
    """The oldest thing whose history ends so."""
    return min((identity for names, identity in stored if names[-len(path) :] == path), default=None)
