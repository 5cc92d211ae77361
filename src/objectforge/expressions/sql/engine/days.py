"""Days and instants in SQL: moving them, the calendar's units, local time."""

from __future__ import annotations

from abc import abstractmethod

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import FIRST_DAY, Element
from objectforge.expressions.sql.engine.forms import Forms
from objectforge.values.granularity import Granularity
from objectforge.values.periods import Calendar

__all__ = ["Days"]


class Days(Forms):
    """What the compiler asks of an engine's dates and instants."""

    def shift_days(self, element: Element, days: Element) -> Element:
        """A date so many whole days later; null beyond the calendar."""
        return self.from_day_number(self.day_number(element) + days)

    @abstractmethod
    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """An instant so many whole seconds later; null beyond the calendar."""

    @abstractmethod
    def micros_between(self, later: Element, earlier: Element) -> Element:
        """The microseconds from one instant to another, as a raw number of 18 digits."""

    @abstractmethod
    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The date of an instant in the calendar's zone."""

    @abstractmethod
    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour (0-23) of an instant in the calendar's zone, as an integer."""

    @abstractmethod
    def local_clock(self, element: Element, calendar: Calendar) -> Element:
        """The time of day that the clocks of the calendar's zone show at an instant."""

    @abstractmethod
    def milliseconds_between(self, later: Element, earlier: Element) -> Element:
        """The milliseconds from one time of day to the next such time, as a raw number of 11 digits, 3 places."""

    @abstractmethod
    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """Year, month and day of month as integers."""

    @abstractmethod
    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """The date of valid integer parts."""

    @abstractmethod
    def day_number(self, day: Element) -> Element:
        """Days since 1970-01-01 as an integer."""

    @abstractmethod
    def from_day_number(self, number: Element) -> Element:
        """The date of a day number; null where no calendar has it (before year 1, after 9999)."""

    def truncate(self, day: Element, granularity: Granularity, calendar: Calendar) -> Element:
        """The first day of the period of a granularity that the day is in, or for a part granularity its number."""
        from_one = sa.literal(1, sa.Integer())
        year, month, of_month = self.date_parts(day)
        match granularity:
            case Granularity.DAY:
                return day
            case Granularity.WEEK:
                # 1970-01-01 was a Thursday, three days after a Monday
                offset = (3 - calendar.first_weekday) % 7
                number = self.day_number(day)
                return self.from_day_number(_at_least(number - (number + offset + 7 * 522_000) % 7, FIRST_DAY))
            case Granularity.MONTH:
                return self.make_date(year, month, from_one)
            case Granularity.QUARTER:
                return self.make_date(year, month - (month - 1) % 3, from_one)
            case Granularity.YEAR:
                return self.make_date(year, from_one, from_one)
            case Granularity.FISCAL_QUARTER | Granularity.FISCAL_YEAR:
                width = 3 if granularity is Granularity.FISCAL_QUARTER else 12
                months = year * 12 + month - 1
                # the first period of all begins before the calendar does
                first = _at_least(months - (months - (calendar.fiscal_start - 1)) % width, 12)
                return self.make_date(first // 12, first % 12 + 1, from_one)
            case Granularity.DAY_IN_WEEK:
                return (self.day_number(day) + 4 + 7 * 522_000) % 7 + 1  # 1 = Sunday
            case Granularity.DAY_IN_MONTH:
                return of_month
            case Granularity.DAY_IN_YEAR:
                return self.day_number(day) - self.day_number(self.make_date(year, from_one, from_one)) + 1
            case Granularity.WEEK_IN_YEAR:
                return (self.day_number(day) - self.day_number(self.make_date(year, from_one, from_one))) // 7 + 1
            case Granularity.MONTH_IN_YEAR:
                return month
            case Granularity.QUARTER_IN_YEAR:
                return (month + 2) // 3
            case Granularity.FISCAL_MONTH_IN_YEAR:
                return (month - calendar.fiscal_start + 12) % 12 + 1
            case Granularity.FISCAL_QUARTER_IN_YEAR:
                return (month - calendar.fiscal_start + 12) % 12 // 3 + 1
            case Granularity.HOUR_IN_DAY:
                raise AssertionError("hours come from instants")


def _at_least(number: Element, least: int) -> Element:
    return sa.case((number < least, sa.literal(least, sa.Integer())), else_=number)
