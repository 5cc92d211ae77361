"""The org's lock, and what databases say about it in the words of callers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Generator

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from objectforge.errors.exceptions import Conflict, OrgLocked
from objectforge.storage import registry_tables as t

__all__ = ["lock_errors", "lock_org", "set_lock_timeout", "share_org"]

_LOCKED = frozenset(("55P03", "40P01"))  # lock_not_available, deadlock_detected
_ALREADY_THERE = frozenset(("42P06", "42P07", "23505"))  # duplicate_schema, duplicate_table, unique_violation
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_PRIMARY = 0xFF


@contextlib.contextmanager
def lock_errors() -> Generator[None]:
    """Turn a database's word that others hold the org into ours.

    Raises:
        OrgLocked: somebody holds what was needed for longer than the time-out.
        Conflict: somebody made the same thing first.
    """
    try:
        yield
    except DBAPIError as wrong:
        match wrong.orig:
            case sqlite3.Error(sqlite_errorcode=code) if code & _PRIMARY in _BUSY:
                raise OrgLocked("another process is writing to this org; try again when it is done") from wrong
            case object(sqlstate=str(state)) if state in _LOCKED:
                raise OrgLocked("other transactions hold this org's tables; try again when they are done") from wrong
            case object(sqlstate=str(state)) if state in _ALREADY_THERE:
                raise Conflict("somebody else made the same tables meanwhile; make the plan again") from wrong
            case _:
                raise


def set_lock_timeout(connection: sa.Connection, seconds: float) -> None:
    """Wait that long for locks in this transaction; SQLite waits as long as its connections were told to."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.set_config("lock_timeout", f"{int(seconds * 1000)}ms", True)))


def lock_org(connection: sa.Connection) -> int:
    """Take the org's lock until the transaction ends; return the version of its metadata."""
    query = sa.select(t.org.c.version)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return connection.execute(query).scalar_one()


def share_org(connection: sa.Connection) -> int:
    """Keep others from applying a plan until the transaction ends, for a write; return the version of the metadata.

    Where somebody is applying one, this waits for the end of it; so the version returned is the one to write by.
    """
    query = sa.select(t.org.c.version)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(read=True)
    return connection.execute(query).scalar_one()
