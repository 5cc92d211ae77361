"""A column and a conversion to the converted column, under its old name, inside the caller's transaction.

Python converts each distinct value once; the database moves them. So there is one rule per pair of types, and no
second one in SQL that could disagree with it.
"""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.change.conversion.matrix import same_storage
from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.column_change import ColumnChange, Progress
from objectforge.change.retype.postgresql import retype_postgresql
from objectforge.change.retype.sqlite import retype_sqlite

__all__ = ["retype"]

_CARRIED_OUT = {"sqlite": retype_sqlite, "postgresql": retype_postgresql}


def retype(
    connection: sa.Connection, change: ColumnChange, conversion: Conversion, progress: Progress | None = None
) -> int:
    """Convert a column, and return how many records were written anew.

    Indexes over the column must have been dropped, and are the caller's to make again. No table is rebuilt, so that
    nothing happens to what refers to it.

    Raises:
        ValuesRefused: values do not convert. The transaction is to be rolled back.
    """
    stays = conversion.keeps and same_storage(change.before, change.after, connection.dialect)
    carry_out = _CARRIED_OUT[connection.dialect.name]
    return carry_out(connection, change, conversion, progress, stays=stays)
