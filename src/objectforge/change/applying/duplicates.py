"""Records that share what shall be unique."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from objectforge.storage.indexes import Index, key_of
from objectforge.storage.living import living
from objectforge.storage.tables import Tables

__all__ = ["Duplicate", "duplicates"]

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Values that several living records share, and how many."""

    values: tuple[object, ...]
    records: int


def duplicates(connection: sa.Connection, index: Index, tables: Tables) -> tuple[Duplicate, ...]:
    """What stands in the way of a unique index: the first twenty groups of records that share its values."""
    table = tables.table(index.object)
    columns = [table.c[part.column] for part in index.parts]
    keys = [key_of(part, table.c[part.column], connection.dialect) for part in index.parts]
    count = sa.func.count()
    query = (
        sa.select(*(sa.func.min(column) for column in columns), count)
        .where(living(table), *(column.is_not(None) for column in columns))
        .group_by(*keys)
        .having(count > 1)
        .order_by(count.desc(), *keys)
        .limit(_SHOWN)
    )
    return tuple(Duplicate(tuple(row[:-1]), row[-1]) for row in connection.execute(query))
