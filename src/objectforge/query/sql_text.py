"""A statement as the SQL a reader can run: with its values in place."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import CompileError

__all__ = ["sql_text"]


def sql_text(statement: sa.ClauseElement, dialect: sa.Dialect) -> str:
    """The SQL of a statement for a dialect, one clause per line, values inline where the dialect can write them."""
    options: dict[str, Any] = {"literal_binds": True}
    try:
        text = str(statement.compile(dialect=dialect, compile_kwargs=options))
    except (CompileError, NotImplementedError):
        text = str(statement.compile(dialect=dialect))
    # drivers that mark binds by % want their own doubled
    return text.replace("%%", "%") if dialect.paramstyle in ("format", "pyformat") else text
