"""Dates, times and instants as people write them in files, and instants as the microseconds that are stored."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from objectforge.values.zones import from_local, to_local

__all__ = [
    "FIRST_DATE",
    "LAST_DATE",
    "check_date",
    "from_micros",
    "local_datetime",
    "parse_date",
    "parse_datetime",
    "parse_time",
    "to_micros",
]

FIRST_DATE = date(1700, 1, 1)
"""The first date a field may hold; Salesforce has the same bounds."""
LAST_DATE = date(4000, 12, 31)
"""The last date a field may hold."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = _EPOCH.replace(tzinfo=None)
_MICROSECOND = timedelta(microseconds=1)

_DATE = (
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2})|/(?P<month2>\d{1,2})/(?P<day2>\d{1,2})"
    r"|年(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日)"
)
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_OFFSET = r"(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?)"
_DATE_TEXT = re.compile(_DATE, re.ASCII)
_DATETIME_TEXT = re.compile(rf"{_DATE}(?:(?:[Tt]| +){_TIME}(?: ?{_OFFSET})?)?", re.ASCII)
_TIME_TEXT = re.compile(rf"{_TIME}(?P<offset>[Zz]?)", re.ASCII)


def to_micros(instant: datetime) -> int:
    """Return the microseconds since 1970 in UTC of an aware datetime.

    Raises:
        ValueError: the datetime is naive.
    """
    if instant.utcoffset() is None:
        raise ValueError("a datetime without a time zone is no instant")
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC datetime; instants before year 1 or after year 9999 become the first or last there is."""
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        return (datetime.min if micros < 0 else datetime.max).replace(tzinfo=UTC)


def local_datetime(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of a zone show at an instant, as a naive datetime."""
    return from_micros(to_local(to_micros(instant), zone)).replace(tzinfo=None)


def check_date(value: date) -> date:
    """Return the date if a field may hold it.

    Raises:
        ValueError: it is before 1700 or after 4000.
    """
    if not FIRST_DATE <= value <= LAST_DATE:
        raise ValueError("a date must be between 1700-01-01 and 4000-12-31")
    return value


def parse_date(text: str) -> date:
    """Read 2026-04-01, 2026/4/1 or 2026年4月1日; midnight after the date, as spreadsheets write it, is ignored.

    Raises:
        ValueError: the text is no date, or no day of the calendar, or out of range.
    """
    text = text.strip()
    if found := _DATE_TEXT.fullmatch(text):
        return check_date(_date(found))
    if found := _DATETIME_TEXT.fullmatch(text):
        if found["offset"] is not None or _time(found) != time(0):
            raise ValueError("a date is expected, without a time of day")
        return check_date(_date(found))
    raise ValueError("not a date such as 2026-04-01")


def parse_datetime(text: str, zone: ZoneInfo) -> datetime:
    """Read a date with a time and perhaps an offset; without an offset it is local time in `zone`.

    A date alone is its midnight. Where clocks go back and a local time comes twice, the first is meant.

    Raises:
        ValueError: the text is no such thing, out of range, or a local time that the clocks skip.
    """
    found = _DATETIME_TEXT.fullmatch(text.strip())
    if not found:
        raise ValueError("not a date and time such as 2026-04-01T09:00:00Z")
    written = datetime.combine(check_date(_date(found)), time(0) if found["hour"] is None else _time(found))
    local = (written - _NAIVE_EPOCH) // _MICROSECOND
    if found["offset"] is not None:
        return from_micros(local - _offset(found["offset"]) // _MICROSECOND)
    instant = from_local(local, zone)
    if instant is None:
        raise ValueError(f"the clocks of {zone.key} skip {written:%H:%M} on that day")
    return from_micros(instant)


def parse_time(text: str) -> time:
    """Read 9:00, 09:00:30 or 09:00:30.5, with or without the Z that SOQL writes.

    Raises:
        ValueError: the text is no time of day.
    """
    found = _TIME_TEXT.fullmatch(text.strip())
    if not found:
        raise ValueError("not a time such as 09:30")
    return _time(found)


def _date(found: re.Match[str]) -> date:
    month = int(found["month"] or found["month2"] or found["month3"])
    day = int(found["day"] or found["day2"] or found["day3"])
    try:
        return date(int(found["year"]), month, day)
    except ValueError:
        raise ValueError(f"there is no day {day} of month {month} in {found['year']}") from None


def _time(found: re.Match[str]) -> time:
    fraction = (found["fraction"] or "").ljust(6, "0")
    if fraction[6:].strip("0"):
        raise ValueError("a time has at most six digits after the seconds")
    try:
        return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), int(fraction[:6]))
    except ValueError:
        raise ValueError("there is no such time of day") from None


def _offset(text: str) -> timedelta:
    if text in "Zz":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[3:].removeprefix(":") or 0)
    if hours > 23 or minutes > 59:
        raise ValueError("there is no such offset from UTC")
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[0] == "-" else size
