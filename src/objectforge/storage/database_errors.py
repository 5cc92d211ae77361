"""What databases say when others are in the way, or when they are gone, in the words of callers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Generator

from sqlalchemy.exc import DBAPIError, OperationalError

from objectforge.errors.exceptions import Conflict, ConnectionLost, ObjectForgeError, OrgLocked

__all__ = ["database_errors", "is_transient", "of_another_schema"]

_LOCKED = frozenset(("55P03", "40P01"))  # lock_not_available, deadlock_detected
_OVERTAKEN = frozenset(("40001",))  # serialization_failure
_ALREADY_THERE = frozenset(("42P06", "42P07", "23505"))  # duplicate_schema, duplicate_table, unique_violation
_GONE = frozenset(("57P01", "57P02", "57P03", "25P03", "57P05"))  # shut down, starting up, ended for being idle
_CONNECTION = "08"
_ANOTHER_SCHEMA = frozenset(("0A000", "42703", "42P01", "42804", "42883", "22P02"))
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_PRIMARY = 0xFF


@contextlib.contextmanager
def database_errors(*, committing: bool = False, making: bool = False) -> Generator[None]:
    """Turn a database's word that others were in the way, or that it is gone, into ours.

    Args:
        committing: What is within ends the transaction, so that a lost connection leaves its outcome unknown.
        making: What is within makes tables, so that finding them there means that somebody else was quicker.

    Raises:
        OrgLocked: somebody holds what was needed for longer than the time-out.
        Conflict: somebody else was quicker.
        ConnectionLost: the database is gone.
    """
    try:
        yield
    except DBAPIError as wrong:
        told = _told(wrong, committing=committing, making=making)
        if told is None:
            raise
        raise told from wrong


def is_transient(error: ObjectForgeError) -> bool:
    """Whether it was about others who were in the way, so that the same may work in a moment."""
    match error.__cause__:
        case DBAPIError(orig=sqlite3.Error()):
            return isinstance(error, OrgLocked)
        case DBAPIError(orig=object(sqlstate=str(state))):
            return state in _LOCKED or state in _OVERTAKEN
        case _:
            return False


def of_another_schema(error: DBAPIError) -> bool:
    """Whether a statement did not fit the tables, as after somebody else changed them."""
    match error.orig:
        case object(sqlstate=str(state)):
            return state in _ANOTHER_SCHEMA
        case _:
            return False


def _told(wrong: DBAPIError, *, committing: bool, making: bool) -> ObjectForgeError | None:
    match wrong.orig:
        case sqlite3.Error(sqlite_errorcode=sqlite3.SQLITE_BUSY_SNAPSHOT):
            return Conflict("somebody else wrote to the org since this transaction began to read; make it again")
        case sqlite3.Error(sqlite_errorcode=code) if committing and code & _PRIMARY in _BUSY:
            readers = "another process, or a query of your own that was begun and not read to its end"
            return OrgLocked(f"{readers}, still reads this org; try again when it is done")
        case sqlite3.Error(sqlite_errorcode=code) if code & _PRIMARY in _BUSY:
            return OrgLocked("another process is writing to this org; try again when it is done")
        case object(sqlstate=str(state)) if state in _LOCKED:
            return OrgLocked("other transactions hold this org's tables; try again when they are done")
        case object(sqlstate=str(state)) if state in _OVERTAKEN:
            return Conflict("somebody else changed the same since this transaction began; make it again")
        case object(sqlstate=str(state)) if making and state in _ALREADY_THERE:
            return Conflict("somebody else made the same tables meanwhile; make the plan again")
        case _:
            return _lost(in_doubt=committing) if _is_loss(wrong) else None


def _is_loss(wrong: DBAPIError) -> bool:
    if isinstance(wrong.orig, sqlite3.Error):
        return False
    state = getattr(wrong.orig, "sqlstate", None)
    if state is None:  # the server never answered
        return wrong.connection_invalidated or isinstance(wrong, OperationalError)
    return wrong.connection_invalidated or state in _GONE or str(state).startswith(_CONNECTION)


def _lost(*, in_doubt: bool) -> ConnectionLost:
    if in_doubt:
        return ConnectionLost(
            "the connection to the database was lost while the transaction was being committed; see whether it was, "
            "then go on or try again",
            in_doubt=True,
        )
    return ConnectionLost("the connection to the database was lost; nothing of the transaction was kept, try again")
