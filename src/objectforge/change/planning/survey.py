"""An org's records to the facts that a plan needs of them: counted in the database, when they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.failures import Failure, Failures, find_failures, gather_failures
from objectforge.change.retype.of_field import column_change
from objectforge.storage.column_count import columns_used
from objectforge.storage.living import living
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry import Registry, StoredField

__all__ = ["Survey"]

_CHUNK = 10_000


class Survey:
    """The facts of the records that a connection sees."""

    def __init__(self, connection: sa.Connection, registry: Registry) -> None:
        self._connection = connection
        self._tables = PhysicalTables(registry)

    def records(self, number: int) -> int:
        """How many records an object has, those in the recycle bin included."""
        return self._count(sa.select(sa.func.count()).select_from(self._tables.table(number)))

    def values(self, field: StoredField) -> int:
        """How many records have a value in a field."""
        return self._count(sa.select(sa.func.count(self._tables.column(field))))

    def distribution(self, field: StoredField) -> Mapping[str, int]:
        """How many records hold each value of a picklist; each of several values counts."""
        column = self._tables.column(field)
        counted: Counter[str] = Counter()
        query = sa.select(column, sa.func.count()).where(column.is_not(None)).group_by(column)
        for held, records in self._connection.execute(query):
            for value in str(held).split(";"):
                counted[value] += records
        return counted

    def lacking(self, field: StoredField) -> Failures:
        """The living records without a value."""
        return gather_failures(self.each_lacking(field))

    def each_lacking(self, field: StoredField) -> Iterator[Failure]:
        """All of them, by id."""
        table, column = self._tables.table(field.object), self._tables.column(field)
        return self._failing(field, sa.and_(living(table), column.is_(None)), "it has no value")

    def unconvertible(self, before: StoredField, after: StoredField, conversion: Conversion) -> Failures:
        """The values that a conversion refuses."""
        return find_failures(self._connection, column_change(before, after, conversion, self._tables), conversion)

    def leading_to_bin(self, field: StoredField) -> Failures:
        """The living records whose link leads to a record in the recycle bin."""
        return gather_failures(self.each_leading_to_bin(field))

    def each_leading_to_bin(self, field: StoredField) -> Iterator[Failure]:
        """All of them, by id."""
        table, column = self._tables.table(field.object), self._tables.column(field)
        conditions = [self._in_bin(column, target) for target in field.targets]
        return self._failing(field, sa.and_(living(table), sa.or_(*conditions)), "its record is in the recycle bin")

    def columns_used(self, number: int) -> int:
        """How many columns the object's table ever had, as far as the database counts them."""
        return columns_used(self._connection, self._tables.table(number).name)

    def _in_bin(self, column: sa.ColumnElement[Any], target: int) -> sa.ColumnElement[bool]:
        parent = self._tables.table(target).alias()
        return sa.exists().where(parent.c.id == column, living(parent, deleted=True))

    def _failing(self, field: StoredField, condition: sa.ColumnElement[bool], reason: str) -> Iterator[Failure]:
        table, column = self._tables.table(field.object), self._tables.column(field)
        query = sa.select(table.c.id, column).where(condition).order_by(table.c.id)
        for row in self._connection.execute(query.execution_options(yield_per=_CHUNK)):
            yield Failure(row[0], row[1], reason)

    def _count(self, query: sa.Select[Any]) -> int:
        return self._connection.execute(query).scalar_one()
