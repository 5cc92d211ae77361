"""A dialect to the backend that computes in its SQL."""

from __future__ import annotations

from sqlalchemy.engine import Dialect

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.postgresql.backend import PostgreSQL
from objectforge.expressions.sql.sqlite.backend import SQLite

__all__ = ["backend_of"]

_BACKENDS: dict[str, Backend] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def backend_of(dialect: Dialect) -> Backend:
    """The backend of a dialect.

    Raises:
        ObjectForgeError: it is neither SQLite nor PostgreSQL.
    """
    backend = _BACKENDS.get(dialect.name)
    if backend is None:
        raise ObjectForgeError(f"orgs live in SQLite or PostgreSQL, not in {dialect.name}")
    return backend
