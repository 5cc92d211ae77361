"""The field type `datetime`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading, Region
from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.instants import FIRST_DATE, LAST_DATE, parse_datetime
from objectforge.values.kinds import DATETIME, ValueType
from objectforge.values.locales import Locale
from objectforge.values.storage_types import Instant

__all__ = ["DateTime"]


class DateTime(FieldType):
    """An instant: the same moment everywhere, kept in UTC to the microsecond."""

    type_name: ClassVar = "datetime"
    summary: ClassVar = "An instant, kept in UTC to the microsecond and shown in the reader's time zone."
    examples: ClassVar = (
        datetime(1700, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
        datetime(4000, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    )
    unusable: ClassVar = frozenset({"case_sensitive"})

    def value_type(self) -> ValueType:
        """An instant."""
        return DATETIME

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """An instant."""
        return Instant()

    def coerce(self, value: Any) -> datetime | None:
        """The instant in UTC; text must say its offset. Without a zone nobody knows when it is: refused."""
        match value:
            case None:
                return None
            case str():
                return self._read(value)
            case datetime() if value.utcoffset() is None:
                raise problem("naive_datetime", value=value.isoformat())
            case datetime():
                return _in_utc(value)
            case _:
                raise problem("datetime_wanted", value=shown(value))

    def _read(self, text: str) -> datetime | None:
        if not text.strip():
            return None
        try:
            found = parse_datetime(text, ZoneInfo("UTC"))
            elsewhere = parse_datetime(text, ZoneInfo("Asia/Tokyo"))
        except ValueError as wrong:
            raise problem("unreadable", value=text, reason=str(wrong)) from wrong
        if found != elsewhere:  # it does not say its offset
            raise problem("naive_datetime", value=text.strip())
        return _in_utc(found)

    def from_text(self, text: str, reading: Reading) -> datetime | None:
        """The instant; without an offset the text is local time in the reading's zone."""
        return parse_datetime(text, reading.zone) if text.strip() else None

    def to_text(self, value: Any) -> str:
        """The instant in UTC as 2026-04-01T09:30:00Z."""
        return "" if value is None else value.isoformat().replace("+00:00", "Z")

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The instant as the clocks of the region show it."""
        return "" if value is None else locale.datetime(value, region.zone)

    def example(self, random: Random, number: int) -> datetime:
        """A moment of a working day, another one for each counter."""
        start = datetime(2026, 1, 1, 9, tzinfo=UTC)
        return start + timedelta(days=random.randrange(365), minutes=random.randrange(540), microseconds=number)


def _in_utc(value: datetime) -> datetime:
    try:
        instant = value.astimezone(UTC)
    except OverflowError as wrong:
        raise _far(value) from wrong
    if not FIRST_DATE <= instant.date() <= LAST_DATE:
        raise _far(value)
    return instant


def _far(value: date) -> Exception:
    return problem("out_of_range", value=value.isoformat(), least=str(FIRST_DATE), most=str(LAST_DATE))
