"""Days and instants in PostgreSQL: moving them, the calendar's units, local time."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from objectforge.expressions.sql.engine.days import Days
from objectforge.expressions.sql.engine.elements import FIRST_DAY, LAST_DAY, Element
from objectforge.expressions.sql.postgresql.raw import (
    DAY_MICROS,
    FAR_BACK,
    FIRST_SECOND,
    INSTANT,
    LAST_SECOND,
    NUMERIC,
    epoch,
    micros_of,
    none_of,
    same,
    seconds_of,
)
from objectforge.expressions.sql.zone_offset import zone_offset
from objectforge.values.periods import Calendar

__all__ = ["PostgreSQLDays"]


class PostgreSQLDays(Days):
    """DATE and TIMESTAMP WITH TIME ZONE, kept within the calendar."""

    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """Cut to the second before and after the calendar, which then are null.

        Backwards in three steps: no timestamp lies before 4713 BC.
        """
        before, after = (sa.func.to_timestamp(each, type_=INSTANT) for each in (FIRST_SECOND - 1, LAST_SECOND + 1))
        back = sa.literal(-FAR_BACK, sa.BigInteger())
        none = sa.literal(0, sa.BigInteger())
        moved = element
        for step in range(3):
            rest = seconds - back * sa.literal(step, sa.BigInteger())
            most = rest if step == 0 else sa.case((rest > none, none), else_=rest)
            moved = sa.func.greatest(moved + seconds_of(sa.case((rest < back, back), else_=most)), before)
        return sa.type_coerce(none_of(sa.func.least(moved, after), before, after), INSTANT)

    def micros_between(self, later: Element, earlier: Element) -> Element:
        """The seconds of an interval are exact to the microsecond."""
        seconds = sa.cast(sa.extract("epoch", later - earlier), NUMERIC)
        return seconds * sa.literal(Decimal(1_000_000), NUMERIC)

    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The zone's offset added to UTC's clock."""
        return sa.cast(self._local(element, calendar), sa.Date())

    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour of the local clock."""
        return sa.cast(sa.extract("hour", self._local(element, calendar)), sa.Integer())

    def _local(self, element: Element, calendar: Calendar) -> Element:
        utc = sa.type_coerce(sa.func.timezone("UTC", element), sa.DateTime())
        offset = zone_offset(element, calendar.zone, same, INSTANT)
        return sa.type_coerce(utc + seconds_of(offset), sa.DateTime())

    def local_clock(self, element: Element, calendar: Calendar) -> Element:
        """The time of the local clock."""
        return sa.cast(self._local(element, calendar), sa.Time())

    def milliseconds_between(self, later: Element, earlier: Element) -> Element:
        """By the microseconds, a day more where they are negative."""
        day = sa.literal(Decimal(DAY_MICROS), NUMERIC)
        between = sa.func.mod(micros_of(later) - micros_of(earlier) + day, day)
        return sa.type_coerce(between * sa.literal(Decimal("0.001"), NUMERIC), NUMERIC)

    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """By EXTRACT."""
        year, month, of_month = (sa.cast(sa.extract(part, day), sa.Integer()) for part in ("year", "month", "day"))
        return year, month, of_month

    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """By make_date."""
        return sa.type_coerce(sa.func.make_date(year, month, day), sa.Date())

    def day_number(self, day: Element) -> Element:
        """Days between two dates."""
        return sa.type_coerce(day - epoch(), sa.Integer())

    def from_day_number(self, number: Element) -> Element:
        """A date plus days, cut to the day before and after the calendar, which then are null."""
        before, after = (epoch() + sa.literal(each, sa.Integer()) for each in (FIRST_DAY - 1, LAST_DAY + 1))
        limits = (sa.literal(each, sa.BigInteger()) for each in (FIRST_DAY - 1, LAST_DAY + 1))
        days = sa.func.least(sa.func.greatest(number, next(limits)), next(limits))
        return sa.type_coerce(none_of(epoch() + sa.cast(days, sa.Integer()), before, after), sa.Date())
