"""A whole org to another database: its registry and history, every record, those in the bin and what is held."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from dataclasses import replace
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.relations.schema import Schema
from objectforge.storage import registry_tables as t
from objectforge.storage.bulk import copy_rows
from objectforge.storage.database_errors import database_errors
from objectforge.storage.ddl import AddKey, CreateIndex, CreateTable, Key
from objectforge.storage.drift import missing_tables
from objectforge.storage.engines import schema_of, writing_options
from objectforge.storage.expected import indexes_of
from objectforge.storage.introspection import read_shapes
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry import FORMAT, Registry, empty_registry
from objectforge.storage.registry_store import create_registry, is_org, readable, save_registry
from objectforge.storage.table_names import foreign_tables

__all__ = ["CopyProgress", "copy_org"]

_NOWHERE = "links that lead to no record"

CopyProgress = Callable[[str, int, int], None]
"""Called now and then with the object whose records are being copied, the records done and how many there are."""


def copy_org(
    source: sa.Connection,
    target: sa.Engine,
    registry: Registry,
    schema: Schema,
    progress: CopyProgress | None = None,
) -> None:
    """Copy the org that a transaction sees into an empty database, in one transaction.

    Ids, storage names and identities stay what they are; only the org's own mark is new, for the copy goes its own way,
    and a plan that was saved for one of the two is none for the other.

    Raises:
        ObjectForgeError: there is an org already, a table is in the way, or the records or tables of the org are not
            in order.
    """
    _check_whole(source, registry)
    with target.connect() as connection:
        connection.execution_options(**writing_options(connection.dialect))
        with _without_keys(connection), database_errors(making=True), connection.begin():
            _check_empty(connection, registry)
            if name := schema_of(connection):
                connection.execute(sa.schema.CreateSchema(name, if_not_exists=True))
            _Copy(source, connection, registry, schema, progress).run()


def _check_whole(source: sa.Connection, registry: Registry) -> None:
    for finding in missing_tables(read_shapes(source), registry, source.dialect):
        raise ObjectForgeError(f"the org cannot be copied, for a part of it is missing (objectforge drift): {finding}")


def _check_empty(target: sa.Connection, registry: Registry) -> None:
    if is_org(target):
        raise ObjectForgeError("there is an org already where the copy should be; nothing was changed. Copy elsewhere")
    taken = {name.lower() for name in foreign_tables(target, None)}
    if found := sorted(taken & {stored.storage_name for stored in registry.objects}):
        raise ObjectForgeError(
            f"tables are in the way where the copy should be: {', '.join(found)}; nothing was changed. Copy elsewhere"
        )


class _Copy:
    """One copy of an org on its way. Use once."""

    def __init__(
        self,
        source: sa.Connection,
        target: sa.Connection,
        registry: Registry,
        schema: Schema,
        progress: CopyProgress | None,
    ) -> None:
        self._source = source
        self._target = target
        self._registry = registry
        self._schema = schema
        self._tables = PhysicalTables(registry)
        self._progress = progress

    def run(self) -> None:
        """Make the tables, fill them, then add what is quicker made over all records at once."""
        copied = replace(self._registry, uid=uuid4().hex, format=FORMAT)
        create_registry(self._target, copied)
        save_registry(self._target, empty_registry(), copied)
        for stored in self._registry.objects:
            table = self._tables.table(stored.number)
            inline = self._keys(stored.number) if self._on_sqlite else {}
            self._target.execute(CreateTable(table, stored.number, [column.name for column in table.c], inline))
        self._own_rows()
        self._records()
        for stored in self._registry.objects:
            for index in indexes_of(stored, self._registry, self._schema):
                try:
                    self._target.execute(CreateIndex(self._tables.table(stored.number), index))
                except IntegrityError as wrong:
                    raise _broken(stored.storage_name, "records that share what must be unique") from wrong
        if self._on_sqlite:
            _check_keys(self._target)
        else:
            self._add_keys()

    @property
    def _on_sqlite(self) -> bool:
        return self._target.dialect.name == "sqlite"

    def _keys(self, number: int) -> dict[str, Key]:
        return {key.column: Key(key.name, self._tables.table(key.target)) for key in self._tables.keys(number)}

    def _add_keys(self) -> None:
        for stored in self._registry.objects:
            for column, key in self._keys(stored.number).items():
                try:
                    self._target.execute(AddKey(self._tables.table(stored.number), column, key))
                except IntegrityError as wrong:
                    raise _broken(stored.storage_name, _NOWHERE) from wrong

    def _own_rows(self) -> None:
        for table in (t.counters, t.history, t.bin_records, t.bin_links):
            for _ in copy_rows(self._source, self._target, table, readable(table, self._registry.format)):
                pass

    def _records(self) -> None:
        total, done = self._total(), 0
        for stored in self._registry.objects:
            for count in copy_rows(self._source, self._target, self._tables.table(stored.number)):
                done += count
                if self._progress is not None:
                    self._progress(stored.name, done, total)

    def _total(self) -> int:
        if self._progress is None:
            return 0
        counts = (
            sa.select(sa.func.count()).select_from(self._tables.table(each.number)) for each in self._registry.objects
        )
        return sum(self._source.execute(count).scalar_one() for count in counts)


# -- keys on SQLite ---------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _without_keys(connection: sa.Connection) -> Generator[None]:
    """Let records come before those they point to: SQLite's keys stand in the tables from the start.

    It can be told so only outside of a transaction, and only for a connection.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_keys(target: sa.Connection) -> None:
    check = sa.func.pragma_foreign_key_check().table_valued("table", name="broken")
    wrong = target.scalar(sa.select(check.c.table).limit(1))
    if wrong is not None:
        raise _broken(wrong, _NOWHERE)


def _broken(table: str, what: str) -> ObjectForgeError:
    return ObjectForgeError(f"the table {table} has {what}, so nothing was copied; objectforge doctor names them")
