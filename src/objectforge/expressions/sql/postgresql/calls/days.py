"""Dates and instants in PostgreSQL: made of numbers and texts, moved by months, weeks of ISO 8601."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sqlalchemy as sa

from objectforge.expressions.functions.text_values import BLANKS
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.postgresql.calls.texts import counted
from objectforge.expressions.sql.postgresql.raw import DOUBLE, INSTANT, INTEGER, NUMERIC, TEXT, clamped, none_of
from objectforge.values.instants import FIRST_DATE, LAST_DATE
from objectforge.values.kinds import Kind

__all__ = ["DAYS"]

_CLOCK = sa.DateTime()
_YEARS = 10_000
_DATE = "([0-9]{4}(?:-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日))"
_MIDNIGHT = r"(?:(?:[Tt]| +)0{1,2}:00(?::00(?:[.,]0{1,9})?)?)?"
_HOUR = "(?:[01]?[0-9]|2[0-3])"
_OFFSET = "(?: ?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))?"
_TIME = (
    f"(?:(?:[Tt]| +){_HOUR}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{{1,6}}0{{0,3}})?)?{_OFFSET}"
    f"| +{_HOUR}:[0-5]?[0-9]:[0-5]?[0-9])?"
)


def _one(value: int = 1) -> Element:
    return sa.literal(value, INTEGER)


def _part(unit: str, element: Element) -> Element:
    return sa.cast(sa.extract(unit, element), INTEGER)


def _day_of(year: Element, month: Element, day: Element) -> Element:
    """The date of three integers; null where the calendar has none."""
    first = sa.func.make_date(
        none_of(year, _one(0), _one(_YEARS)), none_of(month, _one(0), _one(13)), _one(), type_=sa.Date()
    )
    day = none_of(day, _one(0))
    found = sa.type_coerce(first + (day - _one()), sa.Date())
    return sa.case((_part("day", found) == day, found))


def _date(year: Operand, month: Operand, day: Operand) -> Element:
    return _day_of(counted(year, 0, _YEARS), counted(month, 0, 13), counted(day, 0, 32))


def _date_value(text: Operand) -> Element:
    return _written(_trimmed(text), _MIDNIGHT)


def _trimmed(text: Operand) -> Element:
    return sa.func.btrim(text.element, BLANKS, type_=TEXT)


def _written(text: Element, after: str) -> Element:
    """The date that a text begins with; null where the text goes on otherwise than it may."""
    plain = sa.func.translate(sa.func.substring(text, f"^{_DATE}{after}$"), "/年月日", "---", type_=TEXT)
    year, month, day = (sa.cast(sa.func.split_part(plain, "-", place), INTEGER) for place in (1, 2, 3))
    found = _day_of(year, _at_most(month, 13), _at_most(day, 32))
    return sa.case((found.between(sa.literal(FIRST_DATE, sa.Date()), sa.literal(LAST_DATE, sa.Date())), found))


def _at_most(element: Element, most: int) -> Element:
    return clamped(element, 0, most)


def _datetime_value(value: Operand) -> Element:
    match value.type.kind:
        case Kind.DATETIME:
            return value.element
        case Kind.DATE:
            return _instant(sa.cast(value.element, _CLOCK))
        case _:
            return _read(_trimmed(value))


def _read(text: Element) -> Element:
    """The parts of a text whose whole form `_written` looks at."""
    hour = sa.cast(sa.func.substring(text, "[Tt ]([0-9]{1,2}):"), INTEGER)
    minute = sa.cast(sa.func.substring(text, "[Tt ][0-9]{1,2}:([0-9]{1,2})"), INTEGER)
    second = sa.func.substring(text, "[Tt ][0-9]{1,2}:[0-9]{1,2}:([0-9]{1,2}(?:[.,][0-9]{1,9})?)")
    seconds = sa.cast(sa.func.replace(second, ",", "."), DOUBLE)
    offset = sa.func.replace(sa.func.substring(text, ":[0-9.,]+ ?([+-][0-9]{2}:?(?:[0-9]{2})?)$"), ":", "", type_=TEXT)
    hours = sa.cast(sa.func.substr(offset, 1, 3), INTEGER)
    minutes = sa.cast(
        sa.func.substr(offset, 1, 1, type_=TEXT)
        .op("||")(sa.func.coalesce(sa.func.nullif(sa.func.substr(offset, 4, 2), ""), "0"))
        .self_group(),
        INTEGER,
    )
    zero = sa.literal(0, INTEGER)
    parts = (sa.func.coalesce(part, zero) for part in (hour, minute, seconds))
    ahead = (sa.func.coalesce(part, zero) for part in (hours, minutes))
    local = sa.cast(_written(text, _TIME), _CLOCK) + sa.func.make_interval(0, 0, 0, 0, *parts, type_=sa.Interval())
    utc = sa.type_coerce(local, _CLOCK) - sa.func.make_interval(0, 0, 0, 0, *ahead, type_=sa.Interval())
    return _instant(sa.type_coerce(utc, _CLOCK))


def _instant(clock: Element) -> Element:
    """What UTC's clock shows, as an instant."""
    return sa.func.timezone("UTC", clock, type_=INSTANT)


def _add_months(value: Operand, months: Operand) -> Element:
    if value.type.kind is not Kind.DATETIME:
        return _later(value.element, months)
    clock = sa.func.timezone("UTC", value.element, type_=_CLOCK)
    day = sa.cast(clock, sa.Date())
    since = sa.type_coerce(clock - sa.cast(day, _CLOCK), sa.Interval())
    return _instant(sa.type_coerce(sa.cast(_later(day, months), _CLOCK) + since, _CLOCK))


def _later(day: Element, months: Operand) -> Element:
    """The day in another month, that month's last if this is the last of its own or lies beyond it."""
    before, after = 11, _YEARS * 12
    number = (
        _part("year", day) * _one(12) + _part("month", day) - _one() + counted(months, -2 * after, 2 * after)
    ).self_group()
    within = none_of(sa.func.least(sa.func.greatest(number, _one(before)), _one(after)), _one(before), _one(after))
    interval = sa.func.make_interval(0, sa.type_coerce(within, INTEGER) - _one(12), type_=sa.Interval())
    first = sa.type_coerce(sa.func.make_date(1, 1, 1, type_=sa.Date()) + interval, _CLOCK)
    last = sa.cast(first + sa.func.make_interval(0, 1, type_=sa.Interval()), sa.Date()) - _one()
    # the day after the last of a month is the first, and no day of the month comes 31 days after the first
    of_month = _part("day", sa.type_coerce(day + _one(), sa.Date())) - _one()
    ahead = sa.func.coalesce(sa.func.nullif(of_month, _one(0)), _one(31))
    same = sa.cast(first, sa.Date()) + (sa.type_coerce(ahead, INTEGER) - _one()).self_group()
    return sa.func.least(sa.type_coerce(same, sa.Date()), sa.type_coerce(last, sa.Date()), type_=sa.Date())


def _iso(unit: str) -> Callable[[Operand], Element]:
    def build(day: Operand) -> Element:
        return sa.cast(sa.extract(unit, day.element), NUMERIC)

    return build


def _unix(value: Operand) -> Element:
    return sa.func.floor(sa.cast(sa.extract("epoch", value.element), NUMERIC))


DAYS: Mapping[str, Callable[..., Element]] = MappingProxyType({
    "ADDMONTHS": _add_months,
    "DATE": _date,
    "DATETIMEVALUE": _datetime_value,
    "DATEVALUE": _date_value,
    "ISOWEEK": _iso("week"),
    "ISOYEAR": _iso("isoyear"),
    "UNIXTIMESTAMP": _unix,
})  # fmt: skip
