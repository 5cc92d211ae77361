"""Steps to those that a database carries out, which come to the same tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy.engine import Dialect

from objectforge.change.steps import AddField, AddIndex, CreateObject, PurgeObject, RenameValue, Step
from objectforge.storage.ddl import Key
from objectforge.storage.indexes import Index
from objectforge.storage.tables import Tables

__all__ = ["CarriedOut", "CutKeys", "RenameValues", "carried_out", "keys_of"]


@dataclass(frozen=True, slots=True)
class RenameValues:
    """All new spellings of one picklist's values at once, so that two can change places."""

    object: str
    field: str
    renamed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CutKeys:
    """An object's lookups let go of what they lead to, so that tables that lead to each other can be dropped."""

    number: int


CarriedOut = Step | RenameValues | CutKeys


def carried_out(steps: Iterable[Step], dialect: Dialect) -> tuple[CarriedOut, ...]:
    """The steps as the database takes them best; they come to the same tables.

    On SQLite a foreign key may point to a table still to come, while each column added later costs a reading of the
    whole database's schema: there a new object is made with all its fields and indexes at once.
    """
    together = tuple(_purged(_together(steps)))
    if dialect.name != "sqlite":
        return together
    later: dict[str, list[CarriedOut]] = {step.object: [] for step in together if isinstance(step, CreateObject)}
    return tuple(_gathered(_put_off(together, later), later))


def _purged(steps: Iterable[CarriedOut]) -> Iterator[CarriedOut]:
    """Columns go first, then all foreign keys of the tables that go, then the tables."""
    every = tuple(steps)
    tables = [step for step in every if isinstance(step, PurgeObject)]
    yield from (step for step in every if not isinstance(step, PurgeObject))
    yield from (CutKeys(step.number) for step in tables)
    yield from tables


def _together(steps: Iterable[Step]) -> Iterator[CarriedOut]:
    for key, group in groupby(steps, key=_renamed_in):
        if key is None:
            yield from group
        else:
            renamed = tuple((step.before, step.value) for step in group if isinstance(step, RenameValue))
            yield RenameValues(*key, renamed)


def _renamed_in(step: Step) -> tuple[str, str] | None:
    return (step.object, step.field) if isinstance(step, RenameValue) else None


def _put_off(steps: Iterable[CarriedOut], later: dict[str, list[CarriedOut]]) -> list[CarriedOut]:
    """The steps without those that add to a new object, which `later` gets."""
    kept: list[CarriedOut] = []
    for step in steps:
        match step:
            case AddField(object=name) | AddIndex(index=Index(object=name)) if name in later:
                later[name].append(step)
            case _:
                kept.append(step)
    return kept


def _gathered(steps: Iterable[CarriedOut], later: dict[str, list[CarriedOut]]) -> Iterator[CarriedOut]:
    for step in steps:
        match step:
            case CreateObject(object=name, fields=fields, indexes=indexes):
                added = later[name]
                yield replace(
                    step,
                    fields=(*fields, *(each.field for each in added if isinstance(each, AddField))),
                    indexes=(*indexes, *(each.index for each in added if isinstance(each, AddIndex))),
                )
            case _:
                yield step


def keys_of(object_name: str, tables: Tables) -> dict[str, Key]:
    """The foreign keys of an object's table by column."""
    return {
        reference.column: Key(reference.name, tables.table(reference.target))
        for reference in tables.references(object_name)
    }
