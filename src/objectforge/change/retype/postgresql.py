"""A column converted on PostgreSQL: by one ALTER TYPE over a map of its distinct values.

Where those are too many, in parts: in place, or in a new column that takes the old one's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from objectforge.change.conversion.outcome import Conversion, Unconvertible
from objectforge.change.retype.column_change import ColumnChange, Progress, remembering
from objectforge.change.retype.exact import ExactSql, exact_sql
from objectforge.change.retype.failures import ValuesRefused, check_values, find_failures
from objectforge.change.risk import Risk
from objectforge.storage.ddl import (
    AddColumn,
    AddKey,
    AlterType,
    DropColumn,
    DropKey,
    RenameColumn,
    SetDefault,
)

__all__ = ["retype_postgresql"]

_CHUNK = 10_000
_MOST_DISTINCT = 200_000
_MOST_CHARACTERS = 16_000_000
_WRITTEN = str | bool | int | Decimal | date | datetime | time
"""Values whose `str` PostgreSQL reads as they are."""


def retype_postgresql(
    connection: sa.Connection, change: ColumnChange, conversion: Conversion, progress: Progress | None, *, stays: bool
) -> int:
    """Convert the column; with `stays` no value has another form than before."""
    same_key = change.key_before == change.key_after
    if stays and same_key and conversion.risk is Risk.SAFE:
        return 0
    # Defaults do not convert. This also waits for whoever writes, and keeps others from it until the end.
    connection.execute(SetDefault(change.old, change.column, None))
    if conversion.parents or conversion.lacking or (stays and conversion.risk is not Risk.SAFE):
        check_values(connection, change, conversion)
    before, after = (field.column_type().compile(dialect=connection.dialect) for field in (change.before, change.after))
    if change.key_before is not None and not (same_key and before == after):
        connection.execute(DropKey(change.old, change.key_before.name))
    try:
        written = 0 if stays else _converted(connection, change, conversion, progress, altered=before != after)
    except Unconvertible as wrong:
        raise ValuesRefused(change, find_failures(connection, change, conversion)) from wrong
    if conversion.filled is not None:
        default = sa.literal(conversion.filled, change.after.column_type())
        connection.execute(SetDefault(change.old, change.column, default))
    if change.key_after is not None and not (same_key and before == after):
        connection.execute(AddKey(change.old, change.column, change.key_after))
    return written


def _converted(
    connection: sa.Connection, change: ColumnChange, conversion: Conversion, progress: Progress | None, *, altered: bool
) -> int:
    total = connection.execute(sa.select(sa.func.count()).select_from(change.old)).scalar_one()
    exact = exact_sql(change, conversion, change.source, connection.dialect)
    found = _mapping(connection, change, conversion, exact)
    if found is None:
        written = _in_parts(connection, change, conversion, progress, total, altered=altered)
    elif altered:
        connection.execute(_alteration(change, conversion, exact, found))
        written = total
    else:
        written = _rewritten(connection, change, exact) if exact is not None else 0
        written += _respelled(connection, change, [(one.old, one.new) for one in found if one.old != one.new])
    if progress is not None:
        progress(total, total)
    return written


class _Converted(NamedTuple):
    """A value as it is and as it shall be, and both as PostgreSQL writes and reads them."""

    old: Any
    new: Any
    key: str
    text: str | None


def _mapping(
    connection: sa.Connection, change: ColumnChange, conversion: Conversion, exact: ExactSql | None
) -> list[_Converted] | None:
    """What each distinct value becomes that SQL is not sure of.

    None if they are too many for one statement, or of a type we cannot write.
    """
    key = sa.cast(change.source, sa.Text())
    few = sa.select(change.source, key).where(change.source.is_not(None)).distinct().limit(_MOST_DISTINCT + 1)
    if exact is not None:
        few = few.where(sa.not_(exact.sure))
    write = change.after.column_type().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    found: list[_Converted] = []
    room = _MOST_CHARACTERS
    for old, key_text in connection.execute(few):
        new = conversion.convert(old)
        written = new if write is None else write(new)
        text = None if written is None else str(written)
        room -= len(key_text) + len(text or "")
        if room < 0 or len(found) == _MOST_DISTINCT or not isinstance(written, _WRITTEN | None):
            return None
        found.append(_Converted(old, new, key_text, text))
    return found


def _alteration(
    change: ColumnChange, conversion: Conversion, exact: ExactSql | None, found: Sequence[_Converted]
) -> AlterType:
    after = change.after.column_type()
    texts = json.dumps({one.key: one.text for one in found}, ensure_ascii=False)
    looked_up = sa.cast(sa.literal(texts, sa.Text()), JSONB()).op("->>", return_type=sa.Text())(
        sa.cast(change.source, sa.Text())
    )
    using: sa.ColumnElement[Any] = sa.cast(looked_up, after)
    if exact is not None:
        using = exact.or_else(using)
    if conversion.filled is not None:
        using = sa.func.coalesce(using, sa.literal(conversion.filled, after))
    return AlterType(change.old, change.column, after, using)


def _rewritten(connection: sa.Connection, change: ColumnChange, exact: ExactSql) -> int:
    """The records whose value SQL converts and writes otherwise than before."""
    value = exact.or_else(change.source)
    anew = sa.cast(change.source, sa.Text()) != sa.cast(value, sa.Text())
    statement = sa.update(change.old).values({change.column: value}).where(exact.sure, anew)
    return connection.execute(statement).rowcount


def _respelled(connection: sa.Connection, change: ColumnChange, pairs: Sequence[tuple[Any, Any]]) -> int:
    """The records whose value is written otherwise than before, in the column as it is."""
    written = 0
    before, after = change.before.column_type(), change.after.column_type()
    for start in range(0, len(pairs), _CHUNK):
        part = pairs[start : start + _CHUNK]
        rows = _rows((before, [old for old, _ in part]), (after, [new for _, new in part]))
        statement = sa.update(change.old).values({change.column: rows.c.b}).where(change.source == rows.c.a)
        written += connection.execute(statement).rowcount
    return written


def _in_parts(
    connection: sa.Connection,
    change: ColumnChange,
    conversion: Conversion,
    progress: Progress | None,
    total: int,
    *,
    altered: bool,
) -> int:
    after = change.after.column_type()
    filled = None if conversion.filled is None else sa.literal(conversion.filled, after)
    column: sa.Column[Any] = sa.Column(change.scratch, after, server_default=filled)
    table = change.with_scratch(column) if altered else change.old
    if altered:
        connection.execute(AddColumn(table, column, None))
    target = change.scratch if altered else change.column
    convert = remembering(change, conversion.convert)
    written = 0
    for part in _parts(connection, table, change.column):
        pairs = [(id_, convert(value)) for id_, value in part]
        rows = _rows((table.c.id.type, [id_ for id_, _ in pairs]), (after, [value for _, value in pairs]))
        statement = sa.update(table).values({target: rows.c.b}).where(table.c.id == rows.c.a)
        written += connection.execute(statement).rowcount
        if progress is not None:
            progress(written, total)
    if altered:
        connection.execute(DropColumn(table, change.column))
        connection.execute(RenameColumn(table, change.scratch, change.column))
    return written


def _parts(connection: sa.Connection, table: sa.Table, column: str) -> Iterator[list[tuple[int, Any]]]:
    """The values that there are, by id."""
    ids, values = table.c.id, table.c[column]
    last = -1
    while True:
        part = sa.select(ids, values).where(ids > last, values.is_not(None)).order_by(ids).limit(_CHUNK)
        found = [(row[0], row[1]) for row in connection.execute(part)]
        if not found:
            return
        last = found[-1][0]
        yield found


_Column = tuple[sa.types.TypeEngine[Any], list[Any]]


def _rows(first: _Column, second: _Column) -> Any:
    """Two lists of values as a table of the columns a and b."""
    arrays = [sa.bindparam(None, values, ARRAY(type_), unique=True) for type_, values in (first, second)]
    return sa.func.unnest(*arrays).table_valued("a", "b", name="of_rows").render_derived()
