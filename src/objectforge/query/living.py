"""The condition that tells living records from those in the recycle bin."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Element
from objectforge.storage.tables import Tables

__all__ = ["living"]


def living(alias: sa.FromClause, tables: Tables, object_name: str, *, deleted: bool = False) -> Element:
    """Whether a row is a living record's (or, with `deleted`, one in the bin), in the words of the partial indexes."""
    flag = alias.c[tables.column_name(object_name, "IsDeleted")]
    return flag.is_(True) if deleted else sa.not_(flag)
