"""A period of days to the instants at which it begins and ends in a zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from objectforge.values.instants import from_micros
from objectforge.values.periods import Period
from objectforge.values.zones import first_instant

__all__ = ["day_bounds"]

_EPOCH = date(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)


def day_bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the UTC instants at which the first day of a period, and the day after its last, begin in a zone.

    Where clocks skip midnight, a day begins with the first instant that it has.
    """
    return _begins(period.start, zone), _begins(period.end, zone)


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return from_micros(first_instant((day - _EPOCH) // _MICROSECOND, zone))
