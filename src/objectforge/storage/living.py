"""The condition that tells living records from those in the recycle bin."""

from __future__ import annotations

import sqlalchemy as sa

__all__ = ["living"]


def living(table: sa.FromClause, *, deleted: bool = False) -> sa.ColumnElement[bool]:
    """Whether a row is a living record's, or with `deleted` one in the bin, in the words of the partial indexes."""
    flag = table.c.is_deleted
    return flag.is_(True) if deleted else sa.not_(flag)
