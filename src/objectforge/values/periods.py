"""The org's calendar: weeks, months, quarters and years, calendar and fiscal, as half-open ranges of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

__all__ = ["WEEK_DAYS", "Calendar", "Period", "Unit", "WeekDay", "clamped", "days_from", "unit_at"]

WeekDay = Literal["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
WEEK_DAYS: tuple[WeekDay, ...] = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""Sunday is the first, as in day_in_week."""

_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Calendar:
    """How an org counts time: its zone, where its fiscal year and its week start.

    A fiscal year is named after the calendar year it starts in, or the one it ends in: `fiscal_named_by`.
    """

    zone: ZoneInfo
    fiscal_start: int = 1
    fiscal_named_by: Literal["start", "end"] = "start"
    week_start: WeekDay = "sunday"

    def __post_init__(self) -> None:
        if not 1 <= self.fiscal_start <= 12:
            raise ValueError(f"a fiscal year starts in a month from 1 to 12, not {self.fiscal_start}")
        if self.week_start not in WEEK_DAYS:
            raise ValueError(f"no week starts on {self.week_start!r}")

    @property
    def first_weekday(self) -> int:
        """The week's first day, 0 for Monday to 6 for Sunday, as `date.weekday()` counts."""
        return (WEEK_DAYS.index(self.week_start) - 1) % 7

    def fiscal_year_name(self, day: date) -> int:
        """Return the year after which the fiscal year of a day is named."""
        begins = day.year if day.month >= self.fiscal_start else day.year - 1
        # A fiscal year that starts in January ends in the same calendar year.
        return begins + 1 if self.fiscal_named_by == "end" and self.fiscal_start > 1 else begins


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, but not including, `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


class Unit(StrEnum):
    """A length by which days are counted together."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_QUARTER = "fiscal_quarter"
    FISCAL_YEAR = "fiscal_year"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.FISCAL_QUARTER: 3, Unit.FISCAL_YEAR: 12}
_FISCAL = frozenset({Unit.FISCAL_QUARTER, Unit.FISCAL_YEAR})


def unit_at(day: date, unit: Unit, calendar: Calendar, shift: int = 0) -> date:
    """Return the first day of the unit that holds a day, or of the unit so many further on (back, if negative).

    A first day before year 1 or after year 9999 becomes the first or the last day there is.
    """
    if unit is Unit.DAY:
        return days_from(day, shift)
    if unit is Unit.WEEK:
        return days_from(day, shift * 7 - (day.weekday() - calendar.first_weekday) % 7)
    months = _MONTHS[unit]
    offset = calendar.fiscal_start - 1 if unit in _FISCAL else 0
    count = day.year * 12 + day.month - 1 - offset
    return _first_of_month((count // months + shift) * months + offset)


def days_from(day: date, days: int) -> date:
    """Return the day so many days later, or the first or last day there is."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), _LAST_DAY))


def clamped(period: Period) -> Period:
    """Return the period with its end not before its start."""
    return period if period.start <= period.end else Period(period.start, period.start)


def _first_of_month(count: int) -> date:
    year, month = divmod(count, 12)
    if year < date.min.year:
        return date.min
    return date.max if year > date.max.year else date(year, month + 1, 1)
