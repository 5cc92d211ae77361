"""Functions on dates. A datetime's day is that of the org's zone."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from objectforge.expressions.functions.function import (
    DATES,
    DAY_LIKE,
    NUMBER,
    Accept,
    EvaluationError,
    Function,
)
from objectforge.expressions.functions.shapes import same_as_first, whole
from objectforge.expressions.moment import Moment
from objectforge.values.instants import parse_date, parse_datetime
from objectforge.values.kinds import DATE, DATETIME, Kind
from objectforge.values.numbers import multiply, round_half_away

__all__ = ["DAYS", "checked_day", "shift"]

_DAY_SOURCE = Accept("a date as text, or a datetime", frozenset({Kind.TEXT, Kind.DATE, Kind.DATETIME}))
_UTC = ZoneInfo("UTC")
_SECONDS = Decimal(86_400)
_SHORT_SECONDS = re.compile(r"(.* \d{1,2}):(\d{1,2}):(\d{1,2})", re.ASCII)


def checked_day(year: int, month: int, day: int) -> date:
    """The date.

    Raises:
        EvaluationError: the calendar has no such day, or a field may not hold it.
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as problem:
        raise EvaluationError(f"there is no day {year}-{month}-{day}") from problem


def shift(value: date, days: Decimal) -> date:
    """A date so many whole days later, an instant so many days and parts of a day later, to the second.

    Raises:
        EvaluationError: the calendar does not reach that far.
    """
    try:
        if isinstance(value, datetime):
            seconds = round_half_away(multiply(days, _SECONDS), 0)
            return value + timedelta(seconds=int(seconds))
        return value + timedelta(days=int(days))
    except OverflowError as problem:
        raise EvaluationError("the date is out of range") from problem


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    return checked_day(int(year), int(month), int(day))


def _date_value(moment: Moment, value: str | date) -> date | None:
    if isinstance(value, datetime):
        return moment.local(value).date()
    if isinstance(value, date):
        return value
    if not value.strip():
        return None
    try:
        return parse_date(value)
    except ValueError as problem:
        raise EvaluationError(str(problem)) from problem


def _datetime_value(value: str | date) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(0), UTC)
    text = value.strip()
    if not text:
        return None
    if short := _SHORT_SECONDS.fullmatch(text):
        text = f"{short[1]}:{short[2]:0>2}:{short[3]:0>2}"
    try:
        return parse_datetime(text, _UTC)
    except ValueError as problem:
        raise EvaluationError(str(problem)) from problem


def _add_months(value: date, months: Decimal) -> date:
    """The same day of another month; the last day of a month stays the last."""
    count = value.year * 12 + value.month - 1 + int(months)
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        raise EvaluationError("the date is out of range")
    last = monthrange(year, month + 1)[1]
    is_last = value.day == monthrange(value.year, value.month)[1]
    if not int(months):
        return value
    return value.replace(year=year, month=month + 1, day=last if is_last else min(value.day, last))


def _local(moment: Moment, value: date) -> date:
    return moment.local(value).date() if isinstance(value, datetime) else value


def _today(moment: Moment) -> date:
    return moment.today


def _year(day: date) -> Decimal:
    return Decimal(day.year)


def _month(day: date) -> Decimal:
    return Decimal(day.month)


def _day(day: date) -> Decimal:
    return Decimal(day.day)


def _weekday(day: date) -> Decimal:
    return Decimal(day.isoweekday() % 7 + 1)


def _day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


def _iso_week(moment: Moment, value: date) -> Decimal:
    return Decimal(_local(moment, value).isocalendar().week)


def _iso_year(moment: Moment, value: date) -> Decimal:
    return Decimal(_local(moment, value).isocalendar().year)


DAYS = (
    Function("TODAY", "TODAY()", "The present day.", (), DATE, run=_today, takes="moment"),
    Function("DATE", "DATE(year, month, day)", "The date of these numbers.", (NUMBER,) * 3, DATE, run=_date),
    Function("DATEVALUE", "DATEVALUE(x)", "The date a text says, or the day of a datetime.", (_DAY_SOURCE,), DATE,
             run=_date_value, takes="moment"),
    Function("DATETIMEVALUE", "DATETIMEVALUE(text)", "The instant a text says, in UTC.", (_DAY_SOURCE,), DATETIME,
             run=_datetime_value),
    Function("ADDMONTHS", "ADDMONTHS(date, months)", "So many months later; month ends stay month ends.",
             (DATES, NUMBER), same_as_first, run=_add_months),
    Function("YEAR", "YEAR(date)", "The year.", (DAY_LIKE,), whole(4), run=_year),
    Function("MONTH", "MONTH(date)", "The month, 1 to 12.", (DAY_LIKE,), whole(2), run=_month),
    Function("DAY", "DAY(date)", "The day of the month.", (DAY_LIKE,), whole(2), run=_day),
    Function("WEEKDAY", "WEEKDAY(date)", "The day of the week, 1 for Sunday.", (DAY_LIKE,), whole(1),
             run=_weekday),
    Function("DAYOFYEAR", "DAYOFYEAR(date)", "The day of the year, from 1.", (DAY_LIKE,), whole(3),
             run=_day_of_year),
    Function("ISOWEEK", "ISOWEEK(date)", "The week's number by ISO 8601.", (DATES,), whole(2),
             run=_iso_week, takes="moment"),
    Function("ISOYEAR", "ISOYEAR(date)", "The year of that week.", (DATES,), whole(4),
             run=_iso_year, takes="moment"),
)  # fmt: skip
