"""Days and instants in SQLite: moving them, the calendar's units, local time."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.expressions.sql.engine.days import Days
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.sqlite.raw import (
    DAY,
    INTEGER,
    MICROS,
    SHIFT,
    TEXT,
    local,
    over,
)
from objectforge.values.periods import Calendar

__all__ = ["SQLiteDays"]

_EPOCH_JULIAN = 2440587.5


class SQLiteDays(Days):
    """Dates as ISO texts, instants as microseconds since 1970."""

    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """Microseconds added."""
        moved = element + seconds * sa.literal(MICROS, INTEGER)
        return sa.type_coerce(sa.func.of_instant(moved), INTEGER)

    def micros_between(self, later: Element, earlier: Element) -> Element:
        """Microseconds they are."""
        return later - earlier

    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The zone's offset added, floored to days."""
        day = sa.literal(DAY * MICROS, INTEGER)
        return self.from_day_number(over(local(element, calendar), day) - sa.literal(SHIFT, INTEGER))

    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour of the microseconds since local midnight."""
        since = local(element, calendar) % sa.literal(DAY * MICROS, INTEGER)
        return sa.type_coerce(over(since, sa.literal(3600 * MICROS, INTEGER)), sa.Integer())

    def local_clock(self, element: Element, calendar: Calendar) -> Element:
        """The microseconds since local midnight."""
        return sa.type_coerce(local(element, calendar) % sa.literal(DAY * MICROS, INTEGER), INTEGER)

    def milliseconds_between(self, later: Element, earlier: Element) -> Element:
        """Microseconds, which are milliseconds times 10^3."""
        day = sa.literal(DAY * MICROS, INTEGER)
        return sa.type_coerce((later - earlier + day) % day, INTEGER)

    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """Cut out of the ISO text."""
        year, month, of_month = (
            sa.cast(sa.func.substr(day, start, length), sa.Integer()) for start, length in ((1, 4), (6, 2), (9, 2))
        )
        return year, month, of_month

    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """The ISO text; null where a part is."""
        shown = sa.type_coerce(sa.func.printf("%04d-%02d-%02d", year, month, day), TEXT)
        return sa.case((year.is_not(None), shown))

    def day_number(self, day: Element) -> Element:
        """By the Julian day, exact for midnights."""
        return sa.cast(sa.func.julianday(day) - _EPOCH_JULIAN, sa.Integer())

    def from_day_number(self, number: Element) -> Element:
        """By a registered function: SQLite's own calendar does not end where ours does."""
        return sa.type_coerce(sa.func.of_day(number), TEXT)
