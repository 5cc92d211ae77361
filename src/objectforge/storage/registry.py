"""What an org knows of its objects and fields beyond their definitions: identities, storage names, id prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from objectforge.storage.names import ObjectNames, StorageNames
from objectforge.storage.record_ids import RecordIds

__all__ = ["FORMAT", "Registry", "State", "StoredField", "StoredObject", "empty_registry"]

FORMAT = 1
"""The version of the org's own tables."""


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
class StoredField:
    """A field's identity: its column (None for what is not stored), its history of names, and its type as JSON."""

    identity: int
    object: int
    storage_name: str | None
    path: tuple[str, ...]
    type: str
    state: State = State.ACTIVE

    @property
    def name(self) -> str:
        """The API name."""
        return self.path[0]


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

    @cached_property
    def names(self) -> StorageNames:
        """Where everything in sight is kept."""
        gathered: dict[int, list[StoredField]] = {object_.number: [] for object_ in self.objects}
        for field in self.fields:
            if field.state is State.ACTIVE:
                gathered[field.object].append(field)
        return StorageNames({object_.name: _names(object_, gathered[object_.number]) for object_ in self.in_sight})

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


def _names(object_: StoredObject, fields: list[StoredField]) -> ObjectNames:
    return ObjectNames(
        number=object_.number,
        table=object_.storage_name,
        columns={field.name: field.storage_name for field in fields if field.storage_name is not None},
        identities={field.name: field.identity for field in fields},
    )
