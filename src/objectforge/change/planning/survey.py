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
from objectforge.storage.indexes import Index, key_of
from objectforge.storage.living import living
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.registry import Registry, StoredField

__all__ = ["Survey"]

_CHUNK = 10_000


class Survey:
    """The facts of the records that a connection sees."""

    def __init__(self, connection: sa.Connection, registry: Registry) -> None:
        self._connection = connection
        self._tables = PhysicalTables(registry)
        self._ids = RecordIds({f"{each.name} {each.number}": (each.number, each.prefix) for each in registry.objects})

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

    def sharing(self, index: Index, number: int) -> Failures:
        """The living records that share what is to be unique."""
        return gather_failures(self.each_sharing(index, number))

    def each_sharing(self, index: Index, number: int) -> Iterator[Failure]:
        """All of them, those that share a value side by side."""
        table = self._tables.table(number)
        columns = [table.c[part.column] for part in index.parts]
        pairs = zip(index.parts, columns, strict=True)
        keys = [key_of(part, column, self._connection.dialect) for part, column in pairs]
        sharers = sa.func.count().over(partition_by=keys).label("sharers")
        filled = (column.is_not(None) for column in columns)
        every = sa.select(table.c.id, *columns, sharers, *keys).where(living(table), *filled).subquery()
        found, count = list(every.c), len(columns)
        query = sa.select(*found[: count + 2]).where(every.c.sharers > 1).order_by(*found[count + 2 :], found[0])
        for id_, *values, records in self._connection.execute(query.execution_options(yield_per=_CHUNK)):
            yield Failure(id_, self._joined(number, index, values), f"{records} records share it")

    def columns_used(self, number: int) -> int:
        """How many columns the object's table ever had, as far as the database counts them."""
        return columns_used(self._connection, self._tables.table(number).name)

    def _joined(self, number: int, index: Index, values: list[Any]) -> Any:
        """The values of an index as one that people can read; ids as they know them."""
        links = {field.storage_name for field in self._tables.fields(number) if field.targets}
        shown = [
            self._ids.format(value) if part.column in links else value
            for part, value in zip(index.parts, values, strict=True)
        ]
        return shown[0] if len(shown) == 1 else ", ".join(map(str, shown))

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
