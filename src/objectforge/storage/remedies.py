"""What is missing in an org's tables to the SQL that makes it again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.schema import ExecutableDDLElement

from objectforge.relations.schema import Schema
from objectforge.storage.ddl import AddColumn, AddKey, CreateIndex, Key
from objectforge.storage.engines import schema_of
from objectforge.storage.expected import indexes_of
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry import Registry

__all__ = ["Remedies"]


class Remedies:
    """The statements for an org's tables as a connection would take them."""

    def __init__(self, connection: sa.Connection, registry: Registry, schema: Schema) -> None:
        self._dialect = connection.dialect
        self._name = schema_of(connection)
        self._registry = registry
        self._schema = schema
        self._tables = PhysicalTables(registry)
        self._numbers = {stored.storage_name: stored.number for stored in registry.objects}

    def index(self, table: str, name: str) -> str:
        """The statement that makes an index."""
        stored = self._registry.by_number[self._numbers[table]]
        made = next(each for each in indexes_of(stored, self._registry, self._schema) if each.name == name)
        return self._text(CreateIndex(self._tables.table(stored.number), made))

    def column(self, table: str, name: str) -> str:
        """The statement that adds a column, with its foreign key; its values are lost."""
        number = self._numbers[table]
        column = self._tables.table(number).c[name]
        return self._text(AddColumn(column.table, column, self._key(number, name)))

    def key(self, table: str, column: str) -> str | None:
        """The statement that adds a foreign key; None on SQLite, which adds none to a column that is there."""
        number = self._numbers[table]
        key = self._key(number, column)
        if key is None or self._dialect.name == "sqlite":
            return None
        return self._text(AddKey(self._tables.table(number), column, key))

    def _key(self, number: int, column: str) -> Key | None:
        keys = {key.column: Key(key.name, self._tables.table(key.target)) for key in self._tables.keys(number)}
        return keys.get(column)

    def _text(self, element: ExecutableDDLElement) -> str:
        names = {None: self._name} if self._name else None
        compiled = element.compile(
            dialect=self._dialect, schema_translate_map=names, render_schema_translate=bool(names)
        )
        return str(compiled)
