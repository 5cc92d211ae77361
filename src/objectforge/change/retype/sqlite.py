"""A column converted on SQLite: in place, or in a new column that takes the old one's name.

SQLite calls the conversion as a function of its own, so that no value travels to Python and back in a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import OperationalError

from objectforge.change.conversion.outcome import Conversion, Unconvertible
from objectforge.change.retype.column_change import ColumnChange, Progress, Remembered
from objectforge.change.retype.exact import exact_sql
from objectforge.change.retype.failures import ValuesRefused, check_values, find_failures
from objectforge.change.risk import Risk
from objectforge.storage.ddl import AddColumn, DropColumn, RenameColumn

__all__ = ["retype_sqlite"]

_CHUNK = 25_000
_FUNCTION = "of_retype"
_RAISED = "user-defined function raised exception"
"""What SQLite says of a function of ours, whatever it raised."""


def retype_sqlite(
    connection: sa.Connection, change: ColumnChange, conversion: Conversion, progress: Progress | None, *, stays: bool
) -> int:
    """Convert the column; with `stays` no value has another form than before."""
    if conversion.parents or conversion.lacking or (stays and conversion.risk is not Risk.SAFE):
        check_values(connection, change, conversion)
    same_key = change.key_before == change.key_after
    if stays and same_key:
        return 0
    with _function(connection, change, conversion):
        if same_key and _in_place(connection, change, conversion):
            return _fill(connection, change, conversion, change.old, change.column, progress)
        return _moved(connection, change, conversion, progress)


def _in_place(connection: sa.Connection, change: ColumnChange, conversion: Conversion) -> bool:
    """Whether the column can hold the new values: of the same word, and without a default of the old values' form."""
    dialect = connection.dialect
    before, after = (field.column_type().compile(dialect=dialect) for field in (change.before, change.after))
    if before != after or conversion.filled is not None:
        return False
    columns = sa.inspect(connection).get_columns(change.table)
    return all(column["default"] is None for column in columns if column["name"] == change.column)


def _moved(connection: sa.Connection, change: ColumnChange, conversion: Conversion, progress: Progress | None) -> int:
    filled = None if conversion.filled is None else sa.literal(conversion.filled, change.after.column_type())
    column: sa.Column[Any] = sa.Column(change.scratch, change.after.column_type(), server_default=filled)
    wide = change.with_scratch(column)
    connection.execute(AddColumn(wide, column, change.key_after))
    done = _fill(connection, change, conversion, wide, change.scratch, progress)
    connection.execute(DropColumn(wide, change.column))
    connection.execute(RenameColumn(wide, change.scratch, change.column))
    return done


def _fill(
    connection: sa.Connection,
    change: ColumnChange,
    conversion: Conversion,
    table: sa.Table,
    target: str,
    progress: Progress | None,
) -> int:
    """Convert the values into a column, where they are not there yet: by one UPDATE, or one per part to be told of."""
    source = table.c[change.column]
    converted: sa.ColumnElement[Any] = sa.Function(_FUNCTION, source, type_=table.c[target].type)
    exact = exact_sql(change, conversion, source, connection.dialect)
    if exact is not None:
        converted = exact.or_else(converted)
    statement = sa.update(table).values({target: converted}).where(source.is_not(None))
    if target == change.column and exact is None:
        statement = statement.where(source.is_distinct_from(converted))
    if progress is None:
        return connection.execute(statement).rowcount
    written = done = 0
    total = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    for start, end, rows in _parts(connection, table.c.id):
        written += connection.execute(statement.where(table.c.id > start, table.c.id <= end)).rowcount
        done += rows
        progress(done, total)
    return written


def _parts(connection: sa.Connection, ids: sa.Column[int]) -> Iterator[tuple[int, int, int]]:
    """Above which id, and up to which one, each part is, and how many records it has."""
    last = -1
    while True:
        part = sa.select(ids).where(ids > last).order_by(ids).limit(_CHUNK).subquery()
        end, rows = connection.execute(sa.select(sa.func.max(part.c.id), sa.func.count(part.c.id))).one()
        if not rows:
            return
        yield last, end, rows
        last = end


@contextmanager
def _function(connection: sa.Connection, change: ColumnChange, conversion: Conversion) -> Generator[None]:
    """Let SQLite call the conversion; a value that does not convert shows with all its like."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "the driver of SQLite"
    raised: list[BaseException] = []
    convert = _watched(_raw(change, conversion, connection.dialect), raised)
    driver.create_function(_FUNCTION, 1, Remembered(convert).__getitem__, deterministic=True)
    try:
        yield
    except OperationalError as wrong:
        if _RAISED not in str(wrong.orig):
            raise
        match raised:
            case [Unconvertible(), *_]:
                raise ValuesRefused(change, find_failures(connection, change, conversion)) from wrong
            case [other, *_]:
                raise other from wrong
            case _:  # SQLite keeps to itself what ended the call before any of our lines: only Ctrl-C does
                raise KeyboardInterrupt from wrong
    finally:
        if not connection.invalidated:  # after Ctrl-C it is closed
            driver.create_function(_FUNCTION, 1, None)


def _watched(convert: Callable[[Any], Any], raised: list[BaseException]) -> Callable[[Any], Any]:
    def call(value: Any) -> Any:
        try:
            return convert(value)
        except BaseException as wrong:
            raised.append(wrong)
            raise

    return call


def _raw(change: ColumnChange, conversion: Conversion, dialect: Dialect) -> Callable[[Any], Any]:
    """The conversion of what SQLite holds to what it shall hold."""
    read = change.before.column_type().dialect_impl(dialect).result_processor(dialect, None)
    write = change.after.column_type().dialect_impl(dialect).bind_processor(dialect)

    def convert(raw: Any) -> Any:
        converted = conversion.convert(raw if read is None else read(raw))
        return converted if write is None else write(converted)

    return convert
