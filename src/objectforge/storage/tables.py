"""A resolved schema to tables: one per object, one column per stored field, permissive but exact.

Tables are built when first asked for. What the database enforces stands beside them as values: references (foreign
keys) and indexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import sqlalchemy as sa

from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.indexes import Index, object_indexes
from objectforge.storage.names import ObjectNames, StorageNames, foreign_key_name
from objectforge.values.kinds import Kind
from objectforge.values.storage_types import RecordId

__all__ = ["Reference", "Tables", "build_tables"]

_ID = "Id"


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: a lookup's column and the table of the one object it points to."""

    name: str
    field: str
    column: str
    target: str


class Tables:
    """The tables of an org's objects, by API name."""

    def __init__(self, schema: Schema, names: StorageNames) -> None:
        self.names = names
        self._objects: Mapping[str, Object] = schema.objects
        self._metadata = sa.MetaData()
        self._tables: dict[str, sa.Table] = {}
        self._building = Lock()

    def table(self, object_name: str) -> sa.Table:
        """The table of an object.

        Raises:
            KeyError: there is no such object.
        """
        found = self._tables.get(object_name)
        if found is None:
            with self._building:  # or another thread could see a table without its columns
                found = self._tables.get(object_name)
                if found is None:
                    found = self._tables[object_name] = self._build(self._objects[object_name])
        return found

    def column_name(self, object_name: str, field_name: str) -> str:
        """The name of a stored field's column.

        Raises:
            KeyError: there is no such object, or no such stored field.
        """
        return self.names.objects[object_name].columns[field_name]

    def column(self, object_name: str, field_name: str) -> sa.Column[object]:
        """The column of a stored field.

        Raises:
            KeyError: there is no such object, or no such stored field.
        """
        return self.table(object_name).c[self.column_name(object_name, field_name)]

    def references(self, object_name: str) -> tuple[Reference, ...]:
        """The foreign keys of an object's table: one per lookup to a single object."""
        object_, names = self._objects[object_name], self.names.objects[object_name]
        return tuple(
            Reference(foreign_key_name(names.identities[lookup.field]), lookup.field, column, lookup.targets[0])
            for lookup in object_.lookups.values()
            if not lookup.polymorphic and (column := names.columns.get(lookup.field))
        )

    def indexes(self, object_name: str) -> tuple[Index, ...]:
        """The indexes of an object's table."""
        return object_indexes(self._objects[object_name], self.names.objects[object_name])

    @cached_property
    def metadata(self) -> sa.MetaData:
        """All tables, for tools that want them together."""
        for name in self._objects:
            self.table(name)
        return self._metadata

    def _build(self, object_: Object) -> sa.Table:
        names = self.names.objects[object_.name]
        columns = [_column(field, names) for field in object_.stored_fields]
        return sa.Table(names.table, self._metadata, *columns)


def build_tables(schema: Schema, names: StorageNames) -> Tables:
    """The tables of every object of a schema, under the names that the org has given them."""
    return Tables(schema, names)


def _column(field: Field, names: ObjectNames) -> sa.Column[object]:
    name = names.columns[field.name]
    if field.name == _ID:
        return sa.Column(name, RecordId(), primary_key=True, autoincrement=False)
    default = sa.false() if field.value_type.kind is Kind.BOOLEAN else None
    return sa.Column(name, field.type.column_type(), nullable=True, server_default=default)
