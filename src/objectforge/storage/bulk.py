"""Rows of a table from one database to another, exactly: streamed, converted between the engines, written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.types import NullType

__all__ = ["BATCH", "copy_rows"]

BATCH = 5000
"""Rows in memory at a time."""

_ConvertRow = Callable[[Sequence[Any]], Sequence[Any]]


class CopyFrom(ExecutableDDLElement):
    """COPY of rows from the client into a table; PostgreSQL only."""

    inherit_cache = False

    def __init__(self, table: sa.Table) -> None:
        self.table = table


@compiles(CopyFrom, "postgresql")
def _copy_from(element: CopyFrom, compiler: DDLCompiler, **options: Any) -> str:
    columns = ", ".join(compiler.preparer.quote(column.name) for column in element.table.c)
    return f"COPY {compiler.preparer.format_table(element.table)} ({columns}) FROM STDIN"


def copy_rows(
    source: sa.Connection, target: sa.Connection, table: sa.Table, columns: Sequence[sa.ColumnElement[Any]] = ()
) -> Iterator[int]:
    """Copy a table's rows in the order of its key, and say after each batch how many it had.

    Args:
        source: Where they are.
        target: Where the table is there and empty.
        table: The table, the same in both.
        columns: What to read for each of its columns, where that is not the column itself.
    """
    # Between alike engines values travel as their drivers have them.
    alike = source.dialect.name == target.dialect.name
    asked = columns or list(table.c)
    read = [sa.type_coerce(column, NullType()).label(column.name) for column in asked] if alike else asked
    query = sa.select(*read).select_from(table).order_by(*table.primary_key)
    convert = None if alike else _row_converter(table, target.dialect)
    write = _write_postgresql if target.dialect.name == "postgresql" else _write
    result = source.execute(query, execution_options={"yield_per": BATCH})
    for part in result.partitions():
        write(target, table, part if convert is None else [convert(row) for row in part])
        yield len(part)


def _row_converter(table: sa.Table, target: Dialect) -> _ConvertRow:
    """What turns a row of values into one as the engine's driver takes it."""
    writers = [
        (at, write)
        for at, column in enumerate(table.c)
        if (write := column.type.dialect_impl(target).bind_processor(target)) is not None
    ]

    def convert(row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for at, write in writers:
            if values[at] is not None:
                values[at] = write(values[at])
        return values

    return convert


def _write(target: sa.Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    raw = sa.table(table.name, *(sa.column(column.name, NullType()) for column in table.c))
    statement = str(sa.insert(raw).compile(dialect=target.dialect))
    # As tuples to the driver: a mapping per row takes as long as the writing.
    target.exec_driver_sql(statement, [tuple(row) for row in rows])


def _write_postgresql(target: sa.Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    translated = target.get_execution_options().get("schema_translate_map")
    compiled = CopyFrom(table).compile(
        dialect=target.dialect, schema_translate_map=translated, render_schema_translate=bool(translated)
    )
    driver: Any = target.connection.cursor()
    with driver as cursor, cursor.copy(str(compiled)) as copy:
        for row in rows:
            copy.write_row(row)
