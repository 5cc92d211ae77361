"""The org's lock: readers keep the tables' shape, writers keep the version, whoever applies a plan keeps both.

On PostgreSQL a reader's snapshot is of the moment of its first query, while tables are looked up as they are: a table
rewritten in between would look empty or strange to it. LOCK TABLE takes no snapshot; so a reader that locks first has
its snapshot from after whatever it waited for. SQLite needs nothing of it: a snapshot there is of the tables too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler

from objectforge.storage import registry_tables as t

__all__ = ["LockTable", "forget_statements", "hold_still", "lock_org", "patience", "share_org"]

_NO_ORG = frozenset(("42P01", "3F000"))  # undefined_table, invalid_schema_name
Mode = Literal["ACCESS SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE"]


class LockTable(ExecutableDDLElement):
    """LOCK TABLE, which PostgreSQL alone has."""

    inherit_cache = False

    def __init__(self, table: sa.Table, mode: Mode) -> None:
        self.table, self.mode = table, mode


@compiles(LockTable)
def _(element: LockTable, compiler: DDLCompiler, **_: Any) -> str:
    return f"LOCK TABLE {compiler.preparer.format_table(element.table)} IN {element.mode} MODE"


_HOLD_STILL = LockTable(t.org, "ACCESS SHARE")


def hold_still(connection: sa.Connection, *, known: bool) -> bool:
    """Keep others from moving tables under a reader until its transaction ends; its first statement.

    Args:
        connection: A connection whose transaction has asked nothing yet.
        known: Whether there is an org for certain.

    Returns:
        Whether there is an org, as far as that was found out.
    """
    if connection.dialect.name != "postgresql" or _commits_itself(connection):
        return True
    if known:
        connection.execute(_HOLD_STILL)
        return True
    try:
        with connection.begin_nested():
            connection.execute(_HOLD_STILL)
    except DBAPIError as wrong:
        if getattr(wrong.orig, "sqlstate", None) not in _NO_ORG:
            raise
        return False
    return True


def lock_org(connection: sa.Connection, *, disturbing: bool) -> int:
    """Take the org's lock until the transaction ends; return the version of its metadata.

    Args:
        connection: A connection in a transaction.
        disturbing: Whether readers have to be kept out too.
    """
    query = sa.select(t.org.c.version)
    if connection.dialect.name == "postgresql":
        # Writers who come later queue behind a lock on the table; a lock on the row they would overtake for ever.
        connection.execute(LockTable(t.org, "ACCESS EXCLUSIVE" if disturbing else "EXCLUSIVE"))
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


def forget_statements(connection: sa.Connection) -> None:
    """Use nothing more that was prepared for tables as they were: its results may have other types by now.

    The connections of a caller's own engine may prepare. This one goes on without, and its pool replaces it afterwards.
    """
    driver: Any = connection.connection.driver_connection
    if getattr(driver, "prepare_threshold", None) is not None:
        driver.prepare_threshold = None
        connection.connection.invalidate(soft=True)


@contextlib.contextmanager
def patience(connection: sa.Connection, seconds: float) -> Generator[None]:
    """A transaction that waits for others no longer than so many seconds, each time."""
    milliseconds = max(1, int(seconds * 1000))
    if connection.dialect.name == "postgresql":
        with connection.begin():
            connection.execute(sa.select(sa.func.set_config("lock_timeout", f"{milliseconds}ms", True)))
            yield
        return
    driver: Any = connection.connection.driver_connection
    (before,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout={milliseconds}")
    try:
        with connection.begin():
            yield
    finally:
        if not connection.invalidated:
            driver.execute(f"PRAGMA busy_timeout={before}")


def _commits_itself(connection: sa.Connection) -> bool:
    """Whether each statement of a caller's connection is a transaction of its own, in which no lock would last."""
    return bool(getattr(connection.connection.driver_connection, "autocommit", False))
