"""Dates to instants and back, by the clocks of the org's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from objectforge.change.conversion.forms import Pair
from objectforge.change.conversion.outcome import Conversion, Outcome, checked, takes
from objectforge.change.risk import Risk
from objectforge.values.instants import FIRST_DATE, LAST_DATE, from_micros, local_datetime, to_micros
from objectforge.values.zones import first_instant

__all__ = ["date_to_datetime", "datetime_to_date"]


def date_to_datetime(pair: Pair) -> Outcome:
    """The moment at which the day begins in the zone: midnight, or later where the clocks skip it."""

    def convert(value: date) -> datetime:
        local = to_micros(datetime.combine(value, time(0), UTC))
        return pair.after.coerce(from_micros(first_instant(local, pair.zone)))

    judged = checked(convert)
    # In the east the very first day that a field may hold begins before the first moment it may hold.
    fits = all(takes(judged, end) for end in (FIRST_DATE, LAST_DATE))
    return Conversion(Risk.SAFE if fits else Risk.CHECKED, f"midnight in {pair.zone.key}", judged)


def datetime_to_date(pair: Pair) -> Outcome:
    """The day in the zone; the time of day is lost."""
    convert = checked(lambda value: pair.after.coerce(local_datetime(value, pair.zone).date()))
    return Conversion(Risk.LOSSY, f"the day in {pair.zone.key}, without the time", convert)
