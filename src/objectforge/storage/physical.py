"""A registry to the tables as they stand in the database: every column, those of held fields and objects too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from objectforge.storage.names import foreign_key_name
from objectforge.storage.registry import Registry, StoredField
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.values.kinds import Kind
from objectforge.values.storage_types import RecordId

__all__ = ["PhysicalKey", "PhysicalTables"]


@dataclass(frozen=True, slots=True)
class PhysicalKey:
    """A foreign key: its name, its column, and the number of the object it points to."""

    name: str
    column: str
    target: int


class PhysicalTables:
    """The tables of a registry's objects by number, with what the database keeps and no one may see."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.metadata = sa.MetaData()
        self._tables: dict[int, sa.Table] = {}

    def table(self, number: int) -> sa.Table:
        """The table of an object, in sight or held."""
        if number not in self._tables:
            stored = self.registry.by_number[number]
            columns = [column_of(field) for field in self.fields(number)]
            self._tables[number] = sa.Table(stored.storage_name, self.metadata, *columns)
        return self._tables[number]

    def fields(self, number: int) -> Iterator[StoredField]:
        """The fields of an object that have a column."""
        return (field for field in self.registry.by_object[number] if field.storage_name is not None)

    def column(self, field: StoredField) -> sa.Column[object]:
        """The column of a field."""
        assert field.storage_name is not None, "what is not stored has no column"
        return self.table(field.object).c[field.storage_name]

    def keys(self, number: int) -> Iterator[PhysicalKey]:
        """The foreign keys of an object's table."""
        for field in self.fields(number):
            if len(field.targets) == 1 and field.storage_name is not None:
                yield PhysicalKey(foreign_key_name(field.identity), field.storage_name, field.targets[0])


def column_of(field: StoredField) -> sa.Column[object]:
    """The column that a stored field has."""
    assert field.storage_name is not None, "what is not stored has no column"
    if is_id(field.type):
        return sa.Column(field.storage_name, RecordId(), primary_key=True, autoincrement=False)
    declared = type_from_json(field.type)
    default = sa.false() if declared.value_type().kind is Kind.BOOLEAN else None
    return sa.Column(field.storage_name, declared.column_type(), nullable=True, server_default=default)
