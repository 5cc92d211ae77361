"""Time zones as tables of offsets: what SQL and Python both convert with, so that they cannot disagree.

A zone becomes the list of instants at which its offset changes, taken from Python's zone data. The list ends with the
year `LAST_YEAR`: later instants keep the offset in force then, in SQL and in Python alike, though a zone may go on
changing its clocks. Before `FIRST_YEAR` nothing changes, for every place still kept its own mean time.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Transition",
    "first_instant",
    "from_local",
    "offset_at",
    "to_local",
    "transitions",
]

FIRST_YEAR = 1800
LAST_YEAR = 2100

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
# Shorter than any offset has lasted anywhere, so that no change goes unseen: four days in Freetown in 1939.
_STEP = 2 * 86_400
# No local time is further from UTC, so a search may begin this much earlier.
_WIDEST = 2 * 86_400 * _SECOND


class Transition(NamedTuple):
    """From `at` (microseconds since 1970 in UTC) on, local time is UTC plus `offset` seconds."""

    at: int
    offset: int


@lru_cache(maxsize=256)
def transitions(zone: ZoneInfo, start_year: int = FIRST_YEAR, end_year: int = LAST_YEAR) -> tuple[Transition, ...]:
    """List the changes of a zone's offset, oldest first.

    The first one stands at the start of `start_year` and holds for everything before; the last one within `end_year`
    holds for everything after.
    """
    start, end = _seconds(start_year), _seconds(end_year + 1)
    before = _probe(zone, start)
    found = [Transition(start * _SECOND, before)]
    for low in range(start, end, _STEP):
        high = min(low + _STEP, end)
        after = _probe(zone, high)
        if after != before:
            found.append(Transition(_change(zone, low, high, before) * _SECOND, after))
            before = after
    return tuple(found)


def offset_at(instant: int, zone: ZoneInfo) -> int:
    """Return the zone's offset in seconds at an instant in microseconds."""
    table = transitions(zone)
    return table[_index(table, instant)].offset


def to_local(instant: int, zone: ZoneInfo) -> int:
    """Return the local clock at an instant, both in microseconds since 1970."""
    return instant + offset_at(instant, zone) * _SECOND


def from_local(local: int, zone: ZoneInfo) -> int | None:
    """Return the first instant at which the local clock shows this, or None if it skips it."""
    instant = first_instant(local, zone)
    return instant if to_local(instant, zone) == local else None


def first_instant(local: int, zone: ZoneInfo) -> int:
    """Return the first instant at which the local clock shows this or something later."""
    table = transitions(zone)
    for index in range(_index(table, local - _WIDEST), len(table)):
        at, offset = table[index]
        instant = local - offset * _SECOND
        if index:
            instant = max(instant, at)
        if index + 1 == len(table) or instant < table[index + 1].at:
            return instant
    raise AssertionError("the last transition holds for ever")


def _index(table: tuple[Transition, ...], instant: int) -> int:
    return max(bisect_right(table, instant, key=_at) - 1, 0)


def _at(transition: Transition) -> int:
    return transition.at


def _change(zone: ZoneInfo, low: int, high: int, before: int) -> int:
    """Return the first second in (low, high] whose offset is no longer `before`."""
    while high - low > 1:
        middle = (low + high) // 2
        if _probe(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _probe(zone: ZoneInfo, second: int) -> int:
    offset = zone.utcoffset((_EPOCH + timedelta(seconds=second)).astimezone(zone))
    assert offset is not None, "a ZoneInfo knows its offset"
    return round(offset.total_seconds())


def _seconds(year: int) -> int:
    return round((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
