"""Grains: the coarser dates and the parts of a date by which reports group."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from objectforge.values.instants import local_datetime
from objectforge.values.periods import Calendar, Unit, unit_at

__all__ = ["Granularity", "part", "truncate"]


class Granularity(StrEnum):
    """What a date is grouped by: a unit of time, whose value is its first day, or a part of a date, an int."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_QUARTER = "fiscal_quarter"
    FISCAL_YEAR = "fiscal_year"
    HOUR_IN_DAY = "hour_in_day"
    DAY_IN_WEEK = "day_in_week"
    DAY_IN_MONTH = "day_in_month"
    DAY_IN_YEAR = "day_in_year"
    WEEK_IN_YEAR = "week_in_year"
    MONTH_IN_YEAR = "month_in_year"
    QUARTER_IN_YEAR = "quarter_in_year"
    FISCAL_MONTH_IN_YEAR = "fiscal_month_in_year"
    FISCAL_QUARTER_IN_YEAR = "fiscal_quarter_in_year"

    @property
    def is_part(self) -> bool:
        """Tell whether the granularity's value is an int, such as the month's number, rather than a first day."""
        return "_in_" in self.value


def truncate(value: date, granularity: Granularity, calendar: Calendar) -> date:
    """Return the first day of the unit that holds a date; an aware datetime counts on the org's local day.

    Raises:
        ValueError: the granularity is a part of a date, which has no first day.
    """
    if granularity.is_part:
        raise ValueError(f"{granularity} is a part of a date: it has no first day")
    return unit_at(_day(value, calendar), Unit(granularity.value), calendar)


def part(value: date, granularity: Granularity, calendar: Calendar) -> int:
    """Return a part of a date, or of an aware datetime on the org's local day.

    Raises:
        ValueError: the granularity is a unit, or the hour of a date that has none is asked for.
    """
    day = _day(value, calendar)
    day_of_year = day.timetuple().tm_yday
    fiscal_month = (day.month - calendar.fiscal_start) % 12
    match granularity:
        case Granularity.HOUR_IN_DAY:
            return _hour(value, calendar)
        case Granularity.DAY_IN_WEEK:
            return day.isoweekday() % 7 + 1
        case Granularity.DAY_IN_MONTH:
            return day.day
        case Granularity.DAY_IN_YEAR:
            return day_of_year
        case Granularity.WEEK_IN_YEAR:
            # Salesforce's: the first week begins on January 1st, whatever day of the week that is.
            return (day_of_year - 1) // 7 + 1
        case Granularity.MONTH_IN_YEAR:
            return day.month
        case Granularity.QUARTER_IN_YEAR:
            return (day.month - 1) // 3 + 1
        case Granularity.FISCAL_MONTH_IN_YEAR:
            return fiscal_month + 1
        case Granularity.FISCAL_QUARTER_IN_YEAR:
            return fiscal_month // 3 + 1
        case _:
            raise ValueError(f"{granularity} is a unit of time, not a part of a date")


def _day(value: date, calendar: Calendar) -> date:
    return local_datetime(value, calendar.zone).date() if isinstance(value, datetime) else value


def _hour(value: date, calendar: Calendar) -> int:
    if not isinstance(value, datetime):
        raise ValueError("a date has no hour")
    return local_datetime(value, calendar.zone).hour
