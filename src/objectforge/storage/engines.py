"""A database URL to an engine that keeps ObjectForge's promises: transactional DDL, real foreign keys, instants in UTC.

SQLite's driver commits around DDL and begins transactions when it likes; so it is told to do neither, and every
transaction begins by an explicit BEGIN - IMMEDIATE for writers, who so wait for each other at the start instead
of failing in the middle.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.expressions.sql import sqlite_functions
from objectforge.storage.backends import backend_of

__all__ = [
    "WRITES",
    "begin_attached",
    "beside",
    "open_engine",
    "prepare",
    "prepare_connection",
    "reading_options",
    "schema_of",
    "writing_options",
]

WRITES: dict[str, Any] = {"objectforge_writes": True}
"""Execution options of connections that are going to write: `engine.execution_options(**WRITES)`."""

_READS: dict[str, Any] = {"isolation_level": "REPEATABLE READ"}
# Whoever waited for the org's lock has to see what came of it.
_COMMITTED: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
_BUSY_MILLISECONDS = 5000
_READY = "objectforge_ready"
_SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_DRIVER = "postgresql+psycopg"


def open_engine(url: str | sa.URL, *, name: str | None = None) -> sa.Engine:
    """Open the database of an org.

    Args:
        url: `sqlite:///file.db`, `sqlite://` (in memory) or `postgresql+psycopg://user@host/database`.
        name: On PostgreSQL the schema the org lives in; made by the first deploy.

    Raises:
        ObjectForgeError: the URL is no URL of SQLite or PostgreSQL, the database cannot be reached, or the name cannot
            be a schema's.
    """
    address = _address(url)
    match address.get_backend_name():
        case "sqlite":
            if name is not None:
                raise ObjectForgeError(f"a SQLite file is one org and needs no name ({name!r} was given)")
            engine = _sqlite(address)
        case "postgresql":
            _check_name(name)
            engine = _postgresql(address)
        case other:
            raise ObjectForgeError(f"orgs live in SQLite or PostgreSQL, not in {other}")
    _try(engine, address)
    return _named(engine, name)


def prepare(engine: sa.Engine, *, name: str | None = None) -> sa.Engine:
    """An engine of the caller's own, made fit for an org; the caller's use of it stays as it was.

    Raises:
        ObjectForgeError: it is neither of SQLite nor of PostgreSQL, or the name cannot be a schema's.
    """
    backend_of(engine.dialect)
    own = engine.execution_options()
    if engine.dialect.name == "sqlite":
        if name is not None:
            raise ObjectForgeError(f"a SQLite file is one org and needs no name ({name!r} was given)")
        event.listen(own, "begin", _begin_borrowed)
        event.listen(own, "commit", _give_back)
        event.listen(own, "rollback", _give_back)
        return own
    _check_name(name)
    return _named(own, name)


def prepare_connection(connection: sa.Connection, *, name: str | None = None) -> sa.Connection:
    """A connection of the caller's own, inside the caller's transaction or not, made fit for an org.

    Raises:
        ObjectForgeError: it is neither of SQLite nor of PostgreSQL, or the name cannot be a schema's.
    """
    backend_of(connection.dialect)
    if connection.dialect.name == "sqlite":
        driver = _driver(connection)
        if not driver.in_transaction:  # within a transaction SQLite ignores it
            driver.execute("PRAGMA foreign_keys=ON")
        sqlite_functions.register(driver)
        return connection
    _check_name(name)
    if name is None:
        return connection
    return connection.execution_options(schema_translate_map={None: name})


def reading_options(dialect: Dialect) -> dict[str, Any]:
    """Execution options of a connection for a transaction whose statements all see the same records."""
    return _READS if dialect.name == "postgresql" else {}


def writing_options(dialect: Dialect) -> dict[str, Any]:
    """Execution options of a connection for a transaction that is going to write, under the org's lock."""
    return WRITES | _COMMITTED if dialect.name == "postgresql" else WRITES


def beside(of: sa.Engine | sa.Connection) -> sa.Connection:
    """One more connection to the same org, to be closed."""
    if isinstance(of, sa.Engine):
        return of.connect()
    names = of.get_execution_options().get("schema_translate_map")
    return of.engine.connect().execution_options(**({"schema_translate_map": names} if names else {}))


def begin_attached(connection: sa.Connection) -> None:
    """Let the caller's transaction begin in the database too, to write.

    Python's sqlite3 waits with BEGIN until the first change of a record. A savepoint before it would be a transaction
    of its own, which its release commits.
    """
    if connection.dialect.name != "sqlite":
        return
    if not connection.in_transaction():
        connection.begin()
    if not _driver(connection).in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def schema_of(connection: sa.Connection) -> str | None:
    """The PostgreSQL schema that a connection's org lives in; None for SQLite and where none was named."""
    names: Mapping[str | None, str | None] = connection.get_execution_options().get("schema_translate_map") or {}
    return names.get(None)


def _address(url: str | sa.URL) -> sa.URL:
    try:
        address = sa.make_url(url)
    except ArgumentError as wrong:
        raise ObjectForgeError(
            f"{url!r} is not a database URL; type sqlite:///file.db or {_DRIVER}://user:password@host:5432/database"
        ) from wrong
    return address.set(drivername=_DRIVER) if address.drivername in ("postgresql", "postgres") else address


def _check_name(name: str | None) -> None:
    if name is None:
        return
    if not _SCHEMA_NAME.fullmatch(name) or name.startswith("pg_") or name == "information_schema":
        raise ObjectForgeError(
            f"{name!r} cannot be the name of an org in PostgreSQL: a small letter, then small letters, digits and "
            "underscores, 63 at most, and neither pg_... nor information_schema"
        )


def _named(engine: sa.Engine, name: str | None) -> sa.Engine:
    return engine if name is None else engine.execution_options(schema_translate_map={None: name})


def _try(engine: sa.Engine, address: sa.URL) -> None:
    try:
        with engine.connect():
            pass
    except DBAPIError as wrong:
        engine.dispose()
        reason = str(wrong.orig).strip().splitlines()[0] if str(wrong.orig).strip() else "no reason given"
        raise ObjectForgeError(f"the database {address.render_as_string()} cannot be opened: {reason}") from wrong


# -- PostgreSQL -----------------------------------------------------------------------------------------------------
def _postgresql(address: sa.URL) -> sa.Engine:
    try:
        engine = sa.create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as missing:
        if address.drivername != _DRIVER:
            raise ObjectForgeError(f"no driver for {address.drivername} is there; type {_DRIVER}://...") from missing
        raise ObjectForgeError(
            'PostgreSQL needs the driver psycopg; type: pip install "objectforge[postgres]"'
        ) from missing
    except NoSuchModuleError as unknown:
        raise ObjectForgeError(f"unknown driver {address.drivername!r}; type {_DRIVER}://...") from unknown
    event.listen(engine, "connect", _set_session)
    event.listen(engine, "handle_error", _close_lost)
    return engine


def _close_lost(context: ExceptionContext) -> None:
    """Close the cursor of a lost connection, which SQLAlchemy leaves to the garbage collector and psycopg warns of."""
    execution = context.execution_context
    if context.is_disconnect and execution is not None:
        with contextlib.suppress(Exception):
            execution.cursor.close()


def _set_session(connection: Any, record: object) -> None:
    """Set the zone, and no compiling of queries: of a large expression it takes a hundred times as long as its rows."""
    before = connection.autocommit
    connection.autocommit = True
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute("SET jit = off")
    connection.autocommit = before


# -- SQLite ---------------------------------------------------------------------------------------------------------
def _sqlite(address: sa.URL) -> sa.Engine:
    in_memory = address.database in (None, "", ":memory:")
    options: dict[str, Any] = {"connect_args": {"isolation_level": None, "check_same_thread": False}}
    if in_memory:
        options["poolclass"] = StaticPool
    try:
        engine = sa.create_engine(address, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as unknown:
        raise ObjectForgeError(f"unknown driver {address.drivername!r}; type sqlite:///file.db") from unknown
    event.listen(engine, "connect", _set_up_memory if in_memory else _set_up_file)
    event.listen(engine, "begin", _begin)
    if in_memory:
        event.listen(engine, "handle_error", _keep_memory)
    return engine


def _set_up_memory(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    sqlite_functions.register(connection)


def _keep_memory(context: ExceptionContext) -> None:
    """Keep the connection when a statement is interrupted (Ctrl-C): the database would go with it."""
    context.is_disconnect = False


def _set_up_file(connection: sqlite3.Connection, record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    _set_up_memory(connection, record)


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("objectforge_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_borrowed(connection: sa.Connection) -> None:
    driver = _driver(connection)
    if driver.in_transaction:
        return
    info = connection.connection.info
    if not info.get(_READY):
        sqlite_functions.register(driver)
        driver.execute("PRAGMA foreign_keys=ON")
        info[_READY] = True
    info["objectforge_isolation"] = driver.isolation_level
    driver.isolation_level = None
    _begin(connection)


def _give_back(connection: sa.Connection) -> None:
    if connection.invalidated:  # as after Ctrl-C: there is nothing left to give
        return
    info = connection.connection.info
    if "objectforge_isolation" in info:
        _driver(connection).isolation_level = info.pop("objectforge_isolation")


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
