"""Connections and transactions: one per thread and org, nested ones as savepoints, the caller's own when attached."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from objectforge.org.state import OrgState
from objectforge.storage.database_errors import database_errors
from objectforge.storage.engines import begin_attached, reading_options, writing_options

__all__ = ["Transaction", "Transactions"]

_LOG = logging.getLogger("objectforge")


@dataclass
class Transaction:
    """An open transaction: its connection, the org as it sees it, and what is to be called once it is committed."""

    connection: sa.Connection
    writes: bool
    state: OrgState | None = None
    """The org at the version that the transaction reads and writes by; None where nothing was ever deployed."""
    after_commit: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])


class Transactions:
    """The transactions of one org. A transaction belongs to the thread (the context) that opened it.

    `begun` is called with each new outermost transaction before anything else happens in it.
    """

    def __init__(self, engine: sa.Engine, attached: sa.Connection | None, begun: Callable[[Transaction], None]) -> None:
        self._engine = engine
        self._attached = attached
        self._begun = begun
        self.closed = False
        """Whether no transaction may begin any more."""
        self._current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)
        # One connection serves all threads of an org in memory: they take turns.
        self._turn = RLock() if isinstance(engine.pool, StaticPool) or attached is not None else None

    @property
    def attached(self) -> bool:
        """Whether the caller owns the transaction."""
        return self._attached is not None

    @property
    def current(self) -> Transaction | None:
        """The transaction that is open in this thread, if one is."""
        return self._current.get()

    @contextlib.contextmanager
    def read(self) -> Generator[Transaction]:
        """The open transaction, or one of its own in which every statement sees the same records."""
        current = self._current.get()
        if current is not None:
            with database_errors():
                yield current
            return
        with self._outermost(writes=False) as transaction:
            yield transaction

    @contextlib.contextmanager
    def write(self) -> Generator[Transaction]:
        """A transaction of its own, or within an open one a savepoint: an exception undoes just what happened here."""
        current = self._current.get()
        if current is None:
            with self._outermost(writes=True) as transaction:
                yield transaction
            return
        waiting = len(current.after_commit)
        try:
            with database_errors(), current.connection.begin_nested():
                yield current
        except BaseException:
            del current.after_commit[waiting:]
            raise

    @property
    def has_others(self) -> bool:
        """Whether more than one connection leads to the database, so that one can be kept for reading."""
        return self._attached is None and isinstance(self._engine.pool, QueuePool | NullPool)

    @contextlib.contextmanager
    def apart(self) -> Generator[Transaction]:
        """The open transaction, or one to read in that is nobody's: others may begin in this thread meanwhile."""
        current = self._current.get()
        if current is not None:
            with database_errors():
                yield current
            return
        self._refuse_closed()
        with database_errors(), self._connection(writes=False) as connection:
            transaction = Transaction(connection, writes=False)
            self._begun(transaction)
            yield transaction

    @contextlib.contextmanager
    def alone(self) -> Generator[sa.Connection]:
        """A connection outside of any transaction, for what opens one of its own.

        Raises:
            ValueError: a transaction is open, or it is the caller's.
        """
        self._refuse_closed()
        if self._attached is not None:
            raise ValueError("a plan is applied in a transaction of its own, not on an attached connection")
        if self._current.get() is not None:
            raise ValueError("a plan is applied in a transaction of its own; leave org.transaction() first")
        with contextlib.ExitStack() as stack:
            if self._turn is not None:
                stack.enter_context(self._turn)
            with database_errors():
                connection = stack.enter_context(self._engine.connect())
            yield connection

    def _refuse_closed(self) -> None:
        if self.closed:
            raise ValueError("the org is closed; open it again with Org.open(...)")

    @contextlib.contextmanager
    def _outermost(self, *, writes: bool) -> Generator[Transaction]:
        self._refuse_closed()
        with contextlib.ExitStack() as stack:
            if self._turn is not None:
                stack.enter_context(self._turn)
            stack.enter_context(database_errors())
            transaction = Transaction(stack.enter_context(self._connection(writes=writes)), writes)
            token = self._current.set(transaction)
            stack.callback(self._current.reset, token)
            self._begun(transaction)
            yield transaction
        if self._attached is None:
            _call_all(transaction.after_commit)
        elif transaction.after_commit:
            _call_when_committed(self._attached, transaction.after_commit)

    @contextlib.contextmanager
    def _connection(self, *, writes: bool) -> Generator[sa.Connection]:
        if self._attached is not None:
            if not writes:
                yield self._attached
                return
            begin_attached(self._attached)
            with self._attached.begin_nested():
                yield self._attached
            return
        with self._engine.connect() as connection:
            options = writing_options if writes else reading_options
            connection.execution_options(**options(connection.dialect))
            with connection.begin() as begun:
                yield connection
                with database_errors(committing=True):
                    begun.commit()


def _call_all(calls: Sequence[Callable[[], None]]) -> None:
    for call in calls:
        try:
            call()
        except Exception:
            _LOG.exception("a function that was to run after the commit failed; the commit stands")


def _call_when_committed(connection: sa.Connection, calls: Sequence[Callable[[], None]]) -> None:
    """Wait for the caller's own commit; a rollback forgets the calls."""
    waiting = list(calls)

    def committed(_: sa.Connection) -> None:
        _call_all(waiting)
        waiting.clear()

    def rolled_back(_: sa.Connection) -> None:
        waiting.clear()

    event.listen(connection, "commit", committed)
    event.listen(connection, "rollback", rolled_back)
