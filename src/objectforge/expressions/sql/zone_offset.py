"""The offset of a time zone at an instant, as a CASE over the zone's transitions, a tree of few levels.

Never the database's own zone data: the same table serves SQL on every engine and Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.values.zones import Transition, transitions

__all__ = ["zone_offset"]

_BRANCHES = 16
"""The ranges that one CASE tells apart: two levels for any zone, for SQLite's parser does not take many."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_offset(
    instant: sa.ColumnElement[Any],
    zone: ZoneInfo,
    encode: Callable[[datetime], Any],
    bind_type: sa.types.TypeEngine[Any],
) -> sa.ColumnElement[Any]:
    """The seconds that local time is ahead of UTC at an instant; `encode` makes a bind of a transition's instant."""

    def choose(table: Sequence[Transition]) -> sa.ColumnElement[Any]:
        if len(table) == 1:
            return _written(table[0].offset, sa.BigInteger())
        size = -(-len(table) // _BRANCHES)
        parts = [table[at : at + size] for at in range(0, len(table), size)]
        return sa.case(
            *((instant < start(after), choose(part)) for part, after in pairwise(parts)), else_=choose(parts[-1])
        )

    def start(table: Sequence[Transition]) -> sa.ColumnElement[Any]:
        return _written(encode(_EPOCH + timedelta(microseconds=table[0].at)), bind_type)

    return choose(transitions(zone))


def _written(value: Any, value_type: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
    """A constant of the zone's table: written into the SQL, for engines count the binds and a zone has hundreds."""
    return sa.bindparam(None, value, type_=value_type, unique=True, literal_execute=True)
