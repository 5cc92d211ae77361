"""What an examination of an org's data works on: the tables that are there, and counts of what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from objectforge.errors.issue import Severity
from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.finding import Finding
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry import Registry, State, StoredField, StoredObject
from objectforge.storage.shapes import TableShape
from objectforge.values.ids import format_id, object_number

__all__ = ["SHOWN", "Examination", "RowCheck", "counted", "met"]

SHOWN = 5
"""How many records a finding names."""

_NEEDED = frozenset(("id", "is_deleted"))
_AT_ONCE = 100
"""Checks in one pass over a table."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A condition that no row of a table should meet, and what to say of those that do.

    `message` says it of records: `have no value`, with their number before it.
    """

    kind: str
    name: str
    condition: sa.ColumnElement[bool]
    message: str
    hint: str
    column: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Examination:
    """An org's database as one transaction sees it, with what it should be and the tables that there are."""

    connection: sa.Connection
    schema: Schema
    registry: Registry
    shapes: Mapping[str, TableShape]

    @cached_property
    def tables(self) -> PhysicalTables:
        """The tables of the objects, held ones too."""
        return PhysicalTables(self.registry)

    @cached_property
    def objects(self) -> tuple[StoredObject, ...]:
        """The objects whose tables can be read, held ones too."""
        return tuple(stored for stored in self.registry.objects if self.columns(stored) >= _NEEDED)

    @cached_property
    def readable(self) -> frozenset[int]:
        """Their numbers."""
        return frozenset(stored.number for stored in self.objects)

    def columns(self, stored: StoredObject) -> frozenset[str]:
        """The columns that an object's table has in the database."""
        shape = self.shapes.get(stored.storage_name)
        return frozenset(shape.columns) if shape else frozenset()

    def fields(self, stored: StoredObject) -> Iterator[StoredField]:
        """The fields of an object whose columns are there, held ones too."""
        there = self.columns(stored)
        return (field for field in self.registry.by_object[stored.number] if field.storage_name in there)

    def declared(self, stored: StoredObject) -> Object | None:
        """The object as declared; None if it is held."""
        return self.schema.objects.get(stored.name) if stored.state is State.ACTIVE else None

    def declared_field(self, stored: StoredObject, field: StoredField) -> Field | None:
        """The field as declared; None if it or its object is held."""
        owner = self.declared(stored)
        return owner.fields.get(field.name) if owner is not None and field.state is State.ACTIVE else None

    def has(self, table: sa.Table) -> bool:
        """Whether one of the org's own tables is there, with all its columns."""
        shape = self.shapes.get(table.name)
        return shape is not None and {column.name for column in table.c} <= shape.columns.keys()

    def shown(self, ids: Iterable[int]) -> tuple[str, ...]:
        """Ids as people see them; those of no object of this org as their numbers."""
        return tuple(self._shown(one) for one in ids)

    def _shown(self, id_: int) -> str:
        stored = self.registry.by_number.get(object_number(id_))
        return str(id_) if stored is None or id_ < 0 else format_id(id_, stored.prefix)

    # -- looking --------------------------------------------------------------------------------------------------
    def check_rows(self, stored: StoredObject, checks: Sequence[RowCheck]) -> Iterator[Finding]:
        """What the conditions find in an object's table: one pass over it counts for all of them."""
        table = self.tables.table(stored.number)
        for start in range(0, len(checks), _AT_ONCE):
            part = checks[start : start + _AT_ONCE]
            counts = self.connection.execute(sa.select(*(met(check.condition) for check in part)).select_from(table))
            for check, count in zip(part, counts.one(), strict=True):
                if count:
                    yield self.of_records(check, table, count, self._first(table, check.condition))

    def of_records(self, check: RowCheck, table: sa.Table, count: int, ids: Iterable[int]) -> Finding:
        """The finding that a check makes of so many records."""
        return Finding(
            check.kind, check.name, f"{counted(count)} {check.message}", check.hint,
            f"table {table.name}, column {check.column}" if check.column else f"table {table.name}",
            check.severity, count, self.shown(ids),
        )  # fmt: skip

    def _first(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> Sequence[int]:
        return self.connection.scalars(sa.select(table.c.id).where(condition).order_by(table.c.id).limit(SHOWN)).all()


def counted(records: int) -> str:
    """`1 record`, `1,200 records`."""
    return f"{records:,} record{'' if records == 1 else 's'}"


def met(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    """How many rows meet a condition, in a query that counts several at once."""
    return sa.func.count(sa.case((condition, 1)))
