"""The field type `date`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading, Region
from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.instants import FIRST_DATE, LAST_DATE, parse_date
from objectforge.values.kinds import DATE, ValueType
from objectforge.values.locales import Locale
from objectforge.values.storage_types import Day

__all__ = ["Date"]


class Date(FieldType):
    """A day of the calendar, never shifted by a time zone."""

    type_name: ClassVar = "date"
    summary: ClassVar = "A day of the calendar, never shifted by a time zone."
    examples: ClassVar = (date(1700, 1, 1), date(2024, 2, 29), date(2026, 4, 1), date(4000, 12, 31))
    unusable: ClassVar = frozenset({"case_sensitive"})

    def value_type(self) -> ValueType:
        """A date."""
        return DATE

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """A day."""
        return Day()

    def coerce(self, value: Any) -> date | None:
        """The date; text as in a file. A datetime is refused: which day it is depends on the zone."""
        match value:
            case None:
                return None
            case str():
                return self._read(value)
            case datetime():
                raise problem("date_wanted", value=shown(value))
            case date() if not FIRST_DATE <= value <= LAST_DATE:
                raise problem("out_of_range", value=str(value), least=str(FIRST_DATE), most=str(LAST_DATE))
            case date():
                return value
            case _:
                raise problem("date_wanted", value=shown(value))

    def _read(self, text: str) -> date | None:
        if not text.strip():
            return None
        try:
            return parse_date(text)
        except ValueError as wrong:
            raise problem("unreadable", value=text, reason=str(wrong)) from wrong

    def from_text(self, text: str, reading: Reading) -> date | None:
        """The day of 2026-04-01, 2026/4/1 or 2026年4月1日."""
        return parse_date(text) if text.strip() else None

    def to_text(self, value: Any) -> str:
        """The date as 2026-04-01."""
        return "" if value is None else value.isoformat()

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The date in the locale's order."""
        return "" if value is None else locale.date(value)

    def example(self, random: Random, number: int) -> date:
        """A day within three years, another one for each counter as long as there are enough."""
        return date(2024, 1, 1) + timedelta(days=(random.randrange(3) * 365 + number) % 100_000)
