"""Plain data with its shape: objects, fields, relationships and rows, and what a dotted path finds from a record.

Rows stand in the order of their creation, which is the order of their Ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

__all__ = ["NUMERIC", "Calendar", "Field", "Kind", "Record", "Relationship", "Row", "Scope", "Value", "World"]

Value = str | bool | int | Decimal | date | datetime | time | None
Row = dict[str, Value]
Kind = Literal["text", "integer", "number", "currency", "percent", "checkbox", "date", "datetime", "picklist", "id"]
NUMERIC: frozenset[Kind] = frozenset({"integer", "number", "currency", "percent"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Field:
    """A field.

    `digits` are all of a number's, `scale` those after the point; `values` are a picklist's in definition order;
    `exactly` says that its text compares by case.
    """

    name: str
    kind: Kind
    scale: int = 0
    digits: int = 18
    values: tuple[str, ...] = ()
    exactly: bool = False


@dataclass(frozen=True)
class Relationship:
    """A lookup: `child.lookup` holds the Id of a `parent`; `path` leads up from a child, `children` leads down."""

    child: str
    lookup: str
    parent: str
    path: str
    children: str


@dataclass(frozen=True)
class Calendar:
    """The org's zone, the month in which its fiscal year starts, the day on which its weeks start."""

    timezone: str = "UTC"
    fiscal_start: int = 1
    week_start: str = "sunday"

    @property
    def first_weekday(self) -> int:
        return WEEKDAYS.index(self.week_start)

    def local(self, value: datetime) -> datetime:
        return value.astimezone(ZoneInfo(self.timezone))


class Scope(Protocol):
    """What a condition or formula sees: values and fields by path. A missing record's values are None."""

    @property
    def world(self) -> World: ...

    def value(self, path: str) -> Value: ...

    def field(self, path: str) -> Field: ...


@dataclass(frozen=True)
class World:
    """Objects, relationships, rows by object, and the calendar."""

    objects: Mapping[str, Mapping[str, Field]]
    relationships: tuple[Relationship, ...]
    rows: Mapping[str, Sequence[Row]]
    calendar: Calendar = Calendar()

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each Id among all of its object."""
        return {str(row["Id"]): place for rows in self.rows.values() for place, row in enumerate(rows)}

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        return {str(row["Id"]): row for rows in self.rows.values() for row in rows}

    def up(self, name: str, segment: str) -> Relationship | None:
        return next((one for one in self.relationships if (one.child, one.path) == (name, segment)), None)

    def down(self, name: str, segment: str) -> Relationship | None:
        return next((one for one in self.relationships if (one.parent, one.children) == (name, segment)), None)

    def find(self, identity: Value) -> Row | None:
        return None if identity is None else self.by_id.get(str(identity))


@dataclass(frozen=True)
class Record:
    """One record as a scope: its own fields, and those of its parents through dotted paths."""

    world: World
    name: str
    row: Row | None

    def value(self, path: str) -> Value:
        """The value at a path; None where a record on the way is missing."""
        end, field = self._walk(path)
        return None if end.row is None else end.row.get(field)

    def field(self, path: str) -> Field:
        end, field = self._walk(path)
        return Field("Id", "id") if field == "Id" else self.world.objects[end.name][field]

    def parent(self, segment: str) -> Record:
        found = self.world.up(self.name, segment)
        assert found, f"{self.name} has no parent path {segment}"
        row = None if self.row is None else self.world.find(self.row.get(found.lookup))
        return Record(self.world, found.parent, row)

    def climb(self, path: str) -> Record:
        """The record at the end of a path of parents; itself for the empty path."""
        record = self
        for segment in filter(None, path.split(".")):
            record = record.parent(segment)
        return record

    def _walk(self, path: str) -> tuple[Record, str]:
        parents, _, field = path.rpartition(".")
        return self.climb(parents), field
