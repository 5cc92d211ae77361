"""What an org knows of its objects and fields beyond their definitions: identities, storage names, id prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from objectforge.storage.names import HeldLink, ObjectNames, StorageNames
from objectforge.storage.record_ids import RecordIds

__all__ = [
    "FORMAT", "SYSTEM_LINKS", "Identities", "Registry", "State", "StoredField", "StoredObject", "StoredValue",
    "empty_registry",
]  # fmt: skip

FORMAT = 2
"""The version of the org's own tables."""

SYSTEM_LINKS = ("OwnerId", "CreatedById", "LastModifiedById")
"""The lookups to users that every record has."""


class State(StrEnum):
    """Whether a thing is declared, or kept out of sight with its data."""

    ACTIVE = "active"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object's identity: its number, which is part of its records' ids, its table and its history of names."""

    number: int
    storage_name: str
    prefix: str
    path: tuple[str, ...]
    """Its name, then the names it had before, newest first."""
    package: str | None = None
    state: State = State.ACTIVE

    @property
    def name(self) -> str:
        """The API name."""
        return self.path[0]


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A picklist value's identity within its field; one that is held is what records may keep and not choose."""

    identity: int
    path: tuple[str, ...]
    """The value, then what it was called before, newest first."""
    state: State = State.ACTIVE

    @property
    def value(self) -> str:
        """What records hold."""
        return self.path[0]


@dataclass(frozen=True, slots=True)
class StoredField:
    """A field's identity: its column (None for what is not stored), its history of names, and its type as JSON."""

    identity: int
    object: int
    storage_name: str | None
    path: tuple[str, ...]
    type: str
    state: State = State.ACTIVE
    values: tuple[StoredValue, ...] = ()
    """Of a picklist, every value it ever had."""
    targets: tuple[int, ...] = ()
    """Of a lookup, the numbers of the objects it may point to; to a single one it has a foreign key."""

    @property
    def name(self) -> str:
        """The API name."""
        return self.path[0]


@dataclass(frozen=True)
class Identities:
    """Which identity each declared name of a version stood for: what a rollback to it goes by."""

    objects: Mapping[str, int]
    fields: Mapping[tuple[str, str], int]
    """By names of object and field."""
    values: Mapping[tuple[int, str], int]
    """By the field's identity and the value."""


@dataclass(frozen=True)
class Registry:
    """Everything an org has ever given out, at one version of its metadata. Version 0 is before the first deploy.

    `next_object` and `next_identity` only ever rise, so that no number is given twice, not even after a purge.
    """

    version: int
    next_object: int
    next_identity: int
    objects: tuple[StoredObject, ...] = ()
    fields: tuple[StoredField, ...] = ()
    format: int = FORMAT
    uid: str = ""
    """What tells this org from every other."""

    @cached_property
    def identities(self) -> Identities:
        """What the names in sight stand for."""
        names = {object_.number: object_.name for object_ in self.in_sight}
        fields = [field for field in self.fields if field.state is State.ACTIVE and field.object in names]
        return Identities(
            objects={name: number for number, name in names.items()},
            fields={(names[field.object], field.name): field.identity for field in fields},
            values={
                (field.identity, value.value): value.identity
                for field in fields
                for value in field.values
                if value.state is State.ACTIVE
            },
        )

    @cached_property
    def by_number(self) -> Mapping[int, StoredObject]:
        """Every object by number, those held too."""
        return {object_.number: object_ for object_ in self.objects}

    @cached_property
    def by_object(self) -> Mapping[int, tuple[StoredField, ...]]:
        """Every field by its object's number, those held too."""
        gathered: dict[int, list[StoredField]] = {object_.number: [] for object_ in self.objects}
        for field in self.fields:
            gathered[field.object].append(field)
        return {number: tuple(fields) for number, fields in gathered.items()}

    @cached_property
    def by_identity(self) -> Mapping[int, StoredField]:
        """Every field by identity, those held too."""
        return {field.identity: field for field in self.fields}

    @cached_property
    def names(self) -> StorageNames:
        """Where everything in sight is kept, and what out of sight points at records."""
        objects = {object_.name: _names(object_, self.by_object[object_.number]) for object_ in self.in_sight}
        return StorageNames(objects, tuple(self._held_links()))

    def _held_links(self) -> Iterator[HeldLink]:
        for field in self.fields:
            owner = self.by_number[field.object]
            if field.targets and field.storage_name and State.HELD in (owner.state, field.state):
                system = field.name in SYSTEM_LINKS
                yield HeldLink(owner.number, owner.storage_name, field.storage_name, field.targets, system)

    @cached_property
    def ids(self) -> RecordIds:
        """The ids of the objects in sight."""
        return RecordIds({object_.name: (object_.number, object_.prefix) for object_ in self.in_sight})

    @property
    def in_sight(self) -> Iterable[StoredObject]:
        """The objects that are declared."""
        return (object_ for object_ in self.objects if object_.state is State.ACTIVE)

    @cached_property
    def by_name(self) -> Mapping[str, StoredObject]:
        """The objects in sight by API name."""
        return {object_.name: object_ for object_ in self.in_sight}


def empty_registry() -> Registry:
    """The registry of an org before its first deploy. The numbers below 1024 are the standard objects'."""
    return Registry(version=0, next_object=1024, next_identity=1)


def _names(object_: StoredObject, fields: Iterable[StoredField]) -> ObjectNames:
    seen = [field for field in fields if field.state is State.ACTIVE]
    return ObjectNames(
        number=object_.number,
        table=object_.storage_name,
        columns={field.name: field.storage_name for field in seen if field.storage_name is not None},
        identities={field.name: field.identity for field in seen},
        held=tuple(field.storage_name for field in fields if field.state is State.HELD and field.storage_name),
    )
