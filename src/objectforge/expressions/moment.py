"""When an expression is evaluated: the one instant that `TODAY`, `NOW` and the date words go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from objectforge.values.instants import local_datetime
from objectforge.values.periods import Calendar

__all__ = ["Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """The present instant, aware and in UTC, and the calendar that makes days of instants."""

    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        """The present day in the calendar's zone."""
        return self.local(self.now).date()

    def local(self, instant: datetime) -> datetime:
        """What the clocks of the calendar's zone show at an instant, naive."""
        return local_datetime(instant, self.calendar.zone)
