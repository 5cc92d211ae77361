"""The field type `time`."""

from __future__ import annotations

from datetime import time
from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading, Region
from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.instants import parse_time
from objectforge.values.kinds import TIME, ValueType
from objectforge.values.locales import Locale
from objectforge.values.storage_types import TimeOfDay

__all__ = ["Time"]


class Time(FieldType):
    """A time of day, without a zone."""

    type_name: ClassVar = "time"
    summary: ClassVar = "A time of day to the microsecond, without a zone."
    examples: ClassVar = (time(0), time(9, 30), time(23, 59, 59, 999999), time(12, 0, 0, 1))
    unusable: ClassVar = frozenset({"case_sensitive"})

    def value_type(self) -> ValueType:
        """A time of day."""
        return TIME

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """A time of day."""
        return TimeOfDay()

    def coerce(self, value: Any) -> time | None:
        """The time; text as in a file. A time with a zone is refused."""
        match value:
            case None:
                return None
            case str():
                return self._read(value)
            case time() if value.tzinfo is None:
                return value.replace(fold=0)
            case _:
                raise problem("time_wanted", value=shown(value))

    def _read(self, text: str) -> time | None:
        if not text.strip():
            return None
        try:
            return parse_time(text)
        except ValueError as wrong:
            raise problem("unreadable", value=text, reason=str(wrong)) from wrong

    def from_text(self, text: str, reading: Reading) -> time | None:
        """The time of 9:30 or 09:30:00.5."""
        return parse_time(text) if text.strip() else None

    def to_text(self, value: Any) -> str:
        """The time as 09:30:00."""
        return "" if value is None else value.isoformat()

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The time as the locale writes it."""
        return "" if value is None else locale.time(value)

    def example(self, random: Random, number: int) -> time:
        """A time of a working day, another one for each counter."""
        return time(random.randrange(9, 18), random.randrange(60), random.randrange(60), number % 1_000_000)
