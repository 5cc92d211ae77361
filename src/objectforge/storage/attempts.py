"""Work under the org's lock, tried again while others are in the way, so that nobody queues for long behind it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import sqlalchemy as sa

from objectforge.errors.exceptions import Conflict, OrgLocked
from objectforge.storage.database_errors import database_errors, is_transient
from objectforge.storage.locking import forget_statements, patience

__all__ = ["in_attempts"]

_ONCE_SECONDS = 0.2
"""How long one attempt waits for a lock, and so for how long it keeps others behind it waiting."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.4


def in_attempts(connection: sa.Connection, seconds: float, work: Callable[[], None]) -> None:
    """Do work in a transaction of its own, and again from the start while somebody else holds what it needs.

    Args:
        connection: A connection that is in no transaction.
        seconds: For how long to try.
        work: What to do; whatever an attempt changed is undone before the next one.

    Raises:
        OrgLocked: others held the org, or its tables, all the time.
        Conflict: somebody else was quicker.
        ConnectionLost: the database went away.
    """
    forget_statements(connection)
    end = time.monotonic() + seconds
    pause = _FIRST_PAUSE
    while True:
        try:
            _attempt(connection, min(_ONCE_SECONDS, max(end - time.monotonic(), 0)), work)
        except (OrgLocked, Conflict) as told:
            if not is_transient(told):
                raise
            left = end - time.monotonic()
            if left <= 0:
                raise OrgLocked(
                    f"other transactions held this org for {seconds:g} seconds; try again when they are done"
                ) from told.__cause__
            if connection.dialect.name == "postgresql":  # let those go ahead who queued behind this attempt
                time.sleep(min(left, pause * random.uniform(0.5, 1.5)))  # noqa: S311 - nothing secret
                pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return


def _attempt(connection: sa.Connection, seconds: float, work: Callable[[], None]) -> None:
    with database_errors(), patience(connection, seconds):
        with database_errors(making=True):
            work()
        with database_errors(committing=True):
            connection.commit()
