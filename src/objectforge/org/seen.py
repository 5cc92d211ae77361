"""What each database connection has seen of an org's metadata, so that the next transaction on it asks little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from objectforge.org.state import OrgState

__all__ = ["Seen", "forget", "last_seen", "note", "version_mark"]

_SEEN = "objectforge_seen"


@dataclass(frozen=True, slots=True)
class Seen:
    """The org as a connection saw it last, and SQLite's mark of that moment."""

    state: OrgState | None
    mark: int | None

    @property
    def version(self) -> int:
        """The version of the metadata; 0 where nothing was ever deployed."""
        return 0 if self.state is None else self.state.version


def last_seen(connection: sa.Connection, who: object) -> Seen | None:
    """What a connection saw last for `who`, one of the orgs that share its pool; None where it never looked."""
    return _of(connection).get(who)


def note(connection: sa.Connection, who: object, seen: Seen) -> None:
    """Remember it until the connection is closed, or `who` is gone."""
    _of(connection)[who] = seen


def forget(connection: sa.Connection) -> None:
    """Let everyone look again: the connection itself has changed the metadata.

    That they have looked before stays known, for the connection may still have prepared statements of that time.
    """
    seen = _of(connection)
    for who in tuple(seen):
        seen[who] = Seen(None, None)


def version_mark(connection: sa.Connection) -> int | None:
    """What stays the same until another connection commits anything; None where the server has no such thing."""
    if connection.dialect.name != "sqlite":
        return None
    return connection.exec_driver_sql("PRAGMA data_version").scalar_one()


def _of(connection: sa.Connection) -> WeakKeyDictionary[object, Seen]:
    info: dict[Any, Any] = connection.connection.info
    return info.setdefault(_SEEN, WeakKeyDictionary())
