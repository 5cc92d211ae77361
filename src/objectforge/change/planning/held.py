"""A registry to what is held: by its name, what it is, and how many records have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from objectforge.change.describe import count_of
from objectforge.change.planning.facts import Facts
from objectforge.change.steps import PurgeField, PurgeObject, PurgeValue
from objectforge.change.subject import subject_of
from objectforge.storage.registry import Registry, State, StoredField, StoredObject

__all__ = ["Held", "Purge", "held_things", "purge_steps", "stored_fields"]

Purge = PurgeObject | PurgeField | PurgeValue


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is held: its name, as `org.purge` takes it, and how many records it has or is in."""

    name: str
    what: Literal["object", "field", "value"]
    records: int

    def __str__(self) -> str:
        return f"{self.what} {self.name}, {count_of(self.records, 'record', 'records')}"


def held_things(registry: Registry, facts: Facts) -> Iterator[Held]:
    """Whatever is held: objects, then fields and values of those in sight."""
    hidden = {stored.number for stored in registry.objects if stored.state is State.HELD}
    seen = {field.identity for field in registry.fields if field.object not in hidden}
    for step in purge_steps(registry, facts, lambda _: True):
        match step:
            case PurgeObject(object=name, records=records):
                yield Held(name, "object", records)
            case PurgeField(identity=identity, values=values) if identity in seen:
                yield Held(subject_of(step), "field", values)
            case PurgeValue(identity=identity, records=records) if identity in seen:
                yield Held(subject_of(step), "value", records)
            case _:  # it goes and comes back with its object
                pass


def purge_steps(registry: Registry, facts: Facts, wanted: Callable[[str], bool]) -> Iterator[Purge]:
    """The steps that forget what is held under the names that are wanted."""
    for stored in registry.objects:
        if stored.state is State.HELD and wanted(stored.name):
            yield PurgeObject(stored.name, stored.number, facts.records(stored.number))
    for owner, field in stored_fields(registry):
        full = f"{owner.name}.{field.name}"
        if field.state is State.HELD and wanted(full):
            yield PurgeField(owner.name, field.name, field.identity, facts.values(field))
        for value in field.values:
            if value.state is State.HELD and wanted(f"{full}.{value.value}"):
                records = facts.distribution(field).get(value.value, 0)
                yield PurgeValue(owner.name, field.name, value.value, field.identity, records)


def stored_fields(registry: Registry) -> Iterator[tuple[StoredObject, StoredField]]:
    """The fields that have a column, each with its object."""
    return ((registry.by_number[field.object], field) for field in registry.fields if field.storage_name is not None)
