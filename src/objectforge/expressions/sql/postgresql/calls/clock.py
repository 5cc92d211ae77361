"""Times of day and durations in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

import sqlalchemy as sa

from objectforge.expressions.functions.text_values import BLANKS
from objectforge.expressions.sql.engine.elements import Element, Operand, joined
from objectforge.expressions.sql.postgresql.raw import (
    DAY_MICROS,
    DOUBLE,
    INTEGER,
    NUMERIC,
    TEXT,
    decimal,
    micros_of,
    none_of,
)
from objectforge.values.kinds import Kind

__all__ = ["CLOCK"]

_TIME = "^((?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,3}0{0,6})?)?)$"


def _part(unit: str, rest: int | None = None) -> Callable[[Operand], Element]:
    def build(time: Operand) -> Element:
        found = sa.func.trunc(sa.cast(sa.extract(unit, time.element), NUMERIC))
        return found if rest is None else sa.func.mod(found, decimal(rest))

    return build


def _time_value(value: Operand) -> Element:
    if value.type.kind is Kind.TIME:
        return value.element
    read = sa.func.replace(sa.func.substring(sa.func.btrim(value.element, BLANKS), _TIME), ",", ".", type_=TEXT)
    hour, minute = (sa.cast(sa.func.split_part(read, ":", place), INTEGER) for place in (1, 2))
    second = sa.cast(sa.func.nullif(sa.func.split_part(read, ":", 3), ""), DOUBLE)
    return sa.func.make_time(hour, minute, sa.func.coalesce(second, sa.cast(sa.literal(0.0, DOUBLE), DOUBLE)))


def _moved(sign: int) -> Callable[[Operand, Operand], Element]:
    def build(time: Operand, milliseconds: Operand) -> Element:
        moved = sa.func.floor(micros_of(time.element) + milliseconds.element * decimal(1000 * sign))
        since = none_of(sa.func.greatest(moved, decimal(-1)), decimal(-1))  # none before midnight
        on_its_day = sa.func.mod(since, decimal(DAY_MICROS), type_=NUMERIC)
        seconds = sa.cast(on_its_day * decimal(Decimal("0.000001")), DOUBLE)
        midnight = sa.func.make_time(0, 0, sa.cast(sa.literal(0.0, DOUBLE), DOUBLE), type_=sa.Time())
        return midnight + sa.func.make_interval(0, 0, 0, 0, 0, 0, seconds, type_=sa.Interval())

    return build


def _duration(first: Operand, second: Operand | None = None) -> Element:
    match first.type.kind:
        case Kind.TIME:
            assert second is not None, "the checker lets a time through beside another only"
            between = (micros_of(first.element) - micros_of(second.element)) * decimal(Decimal("0.000001"))
            return _clocked(_seconds(between))
        case Kind.DATETIME:
            assert second is not None, "the checker lets an instant through beside another only"
            between = sa.cast(sa.extract("epoch", first.element - second.element), NUMERIC)
            return _counted(_seconds(between))
        case _:
            seconds = _seconds(first.element)
            if second is None:
                return _clocked(seconds)
            return sa.case((second.element, _counted(seconds)), (second.element.is_(False), _clocked(seconds)))


def _seconds(element: Element) -> Element:
    return sa.type_coerce(sa.func.trunc(sa.func.abs(element)), NUMERIC)


def _counted(seconds: Element) -> Element:
    """Days, then the clock of the rest."""
    days = sa.cast(sa.func.div(seconds, decimal(86_400)), TEXT)
    return joined([days, sa.literal(":", TEXT), _clocked(sa.func.mod(seconds, decimal(86_400), type_=NUMERIC))])


def _clocked(seconds: Element) -> Element:
    """Hours, as many as there are, minutes and seconds, in two digits at least."""
    minutes = sa.func.mod(sa.func.div(seconds, decimal(60)), decimal(60))
    hours = sa.cast(sa.func.div(seconds, decimal(3600)), TEXT)
    width = sa.func.greatest(sa.func.length(hours), sa.literal(2, INTEGER))
    shown = [sa.func.lpad(hours, width, "0")]
    for part in (minutes, sa.func.mod(seconds, decimal(60))):
        shown += [sa.literal(":", TEXT), sa.func.lpad(sa.cast(part, TEXT), 2, "0")]
    return joined(shown)


CLOCK: Mapping[str, Callable[..., Element]] = MappingProxyType({
    "FORMATDURATION": _duration,
    "HOUR": _part("hour"),
    "MILLISECOND": _part("milliseconds", 1000),
    "MINUTE": _part("minute"),
    "SECOND": _part("second"),
    "TIME+": _moved(1),
    "TIME-": _moved(-1),
    "TIMEVALUE": _time_value,
})  # fmt: skip
