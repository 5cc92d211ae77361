"""A column's change of type to the statements that show it; what Python computes shows as the function `of_retype`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.change.conversion.matrix import same_storage
from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.column_change import ColumnChange
from objectforge.storage.ddl import AddColumn, AddKey, AlterType, DropColumn, DropKey, RenameColumn

__all__ = ["retype_statements"]


def retype_statements(change: ColumnChange, conversion: Conversion, dialect: Dialect) -> tuple[sa.Executable, ...]:
    """The statements that convert a column, as they are shown."""
    stays = conversion.keeps and same_storage(change.before, change.after, dialect)
    same_key = change.key_before == change.key_after
    if stays and same_key:
        return ()
    if dialect.name == "sqlite":
        return tuple(_sqlite(change, same_key=same_key))
    return tuple(_postgresql(change, dialect, same_key=same_key, stays=stays))


def _sqlite(change: ColumnChange, *, same_key: bool) -> Iterator[sa.Executable]:
    before, after = (field.column_type() for field in (change.before, change.after))
    if same_key and type(before) is type(after):
        yield (
            sa.update(change.old)
            .values({change.column: _converted(change, change.old)})
            .where(change.source.is_not(None))
        )
        return
    column: sa.Column[Any] = sa.Column(change.scratch, after)
    wide = change.with_scratch(column)
    yield AddColumn(wide, column, change.key_after)
    yield sa.update(wide).values({change.scratch: _converted(change, wide)}).where(wide.c[change.column].is_not(None))
    yield DropColumn(wide, change.column)
    yield RenameColumn(wide, change.scratch, change.column)


def _postgresql(change: ColumnChange, dialect: Dialect, *, same_key: bool, stays: bool) -> Iterator[sa.Executable]:
    before, after = (field.column_type().compile(dialect=dialect) for field in (change.before, change.after))
    anew = not (same_key and before == after)
    if change.key_before is not None and anew:
        yield DropKey(change.old, change.key_before.name)
    if before != after:
        yield AlterType(change.old, change.column, change.after.column_type(), _converted(change, change.old))
    elif not stays:
        yield sa.update(change.old).values({change.column: _converted(change, change.old)})
    if change.key_after is not None and anew:
        yield AddKey(change.old, change.column, change.key_after)


def _converted(change: ColumnChange, table: sa.Table) -> sa.ColumnElement[Any]:
    return sa.Function("of_retype", table.c[change.column], type_=change.after.column_type())
