"""PostgreSQL: numbers as NUMERIC, text keys by `lower(... COLLATE "C")`, dates and instants natively."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from objectforge.expressions.sql.backend import Backend, Element
from objectforge.expressions.sql.zone_offset import zone_offset
from objectforge.values.calendar import Calendar
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import QUOTIENT_SCALE
from objectforge.values.text import fold_key

__all__ = ["PostgreSQL"]

_DAY = 86_400
_NUMERIC = sa.Numeric()
_INSTANT = sa.DateTime(timezone=True)


class PostgreSQL(Backend):
    """PostgreSQL 15 and later, and Citus."""

    name = "postgresql"

    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""
        match value_type.kind:
            case Kind.NUMBER:
                return _NUMERIC
            case Kind.DATETIME:
                return _INSTANT
            case Kind.DATE:
                return sa.Date()
            case Kind.TIME:
                return sa.Time()
            case Kind.BOOLEAN:
                return sa.Boolean()
            case Kind.ID:
                return sa.BigInteger()
            case _:
                return sa.Text()

    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind: the driver takes it as it is."""
        if value_type.kind is Kind.NUMBER and isinstance(value, int):
            return Decimal(value)
        return value

    # -- text -----------------------------------------------------------------------------------------------------
    def text_key(self, element: Element) -> Element:
        """`lower` in the C collation folds ASCII letters only."""
        return sa.type_coerce(sa.func.lower(sa.collate(element, "C")), sa.Text())

    def folded(self, element: Element) -> Element:
        """The key itself."""
        return self.text_key(element)

    def text_exact(self, element: Element) -> Element:
        """By bytes, which for UTF-8 is by code point."""
        return sa.collate(element, "C")

    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """LIKE, on keys unless exact."""
        if exact:
            return element.like(pattern, escape="\\")
        return self.text_key(element).like(self.text_key(pattern), escape="\\")

    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined by ||."""
        joined = items[0]
        for item in items[1:]:
            joined = joined.op("||")(item)
        return sa.type_coerce(joined, sa.Text())

    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """One array bind."""
        if value_type.kind is Kind.TEXT:
            element = self.text_exact(element) if exact else self.text_key(element)
            values = list(values) if exact else [fold_key(value) for value in values]
        encoded = [self.encode(value, value_type) for value in values]
        return element == sa.any_(sa.literal(encoded, pg.ARRAY(self.raw_type(value_type))))

    # -- numbers --------------------------------------------------------------------------------------------------
    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """Nothing to do: NUMERIC carries its own scale."""
        return element

    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """As they are."""
        return left, right

    def arithmetic(self, op: str, left: Element, right: Element, shape: ValueType) -> Element:
        """Exact in NUMERIC."""
        match op:
            case "+":
                return left + right
            case "-":
                return left - right
            case _:
                return left * right

    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """By whole numbers: (2 |a| 10^18 + |b|) div (2 |b|), then the sign; NUMERIC's own `/` rounds where it likes."""
        zero = sa.literal(Decimal(0), _NUMERIC)
        bottom = sa.func.nullif(right, zero)
        two = sa.literal(Decimal(2), _NUMERIC)
        scaled = sa.func.abs(left) * sa.literal(Decimal(2 * 10**QUOTIENT_SCALE), _NUMERIC)
        quotient = sa.func.div(scaled + sa.func.abs(bottom), sa.func.abs(bottom) * two)
        unit = sa.literal(Decimal(1).scaleb(-QUOTIENT_SCALE), _NUMERIC)
        return sa.type_coerce(quotient * unit * sa.func.sign(left) * sa.func.sign(bottom), _NUMERIC)

    def round(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """NUMERIC's round is half away from zero."""
        return sa.type_coerce(sa.func.round(element, after.scale), _NUMERIC)

    def comparable(self, element: Element, shape: ValueType) -> Element:
        """As it is."""
        return element

    def whole(self, element: Element, shape: ValueType) -> Element:
        """Without the fraction."""
        return sa.cast(sa.func.trunc(element), sa.BigInteger())

    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """As NUMERIC."""
        return sa.cast(element, _NUMERIC)

    # -- aggregates -----------------------------------------------------------------------------------------------
    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """One exact sum."""
        return (sa.type_coerce(sa.func.sum(element), _NUMERIC),)

    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The sum itself."""
        return parts[0]

    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """Natively."""
        return sa.type_coerce(getattr(sa.func, function)(element), self.raw_type(shape))

    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """As the driver gives it, instants in UTC."""
        return value.astimezone(UTC) if shape.kind is Kind.DATETIME and value is not None else value

    # -- dates ----------------------------------------------------------------------------------------------------
    def shift_days(self, element: Element, days: Element, *, instant: bool) -> Element:
        """Seconds for instants (a calendar day of the session's zone may have 23 hours), whole days for dates."""
        if instant:
            return sa.type_coerce(element + _seconds(days * sa.literal(_DAY, sa.BigInteger())), _INSTANT)
        return self.from_day_number(self.day_number(element) + days)

    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The zone's offset added to UTC's clock."""
        return sa.cast(self._local(element, calendar), sa.Date())

    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour of the local clock."""
        return sa.cast(sa.extract("hour", self._local(element, calendar)), sa.Integer())

    def _local(self, element: Element, calendar: Calendar) -> Element:
        utc = sa.type_coerce(sa.func.timezone("UTC", element), sa.DateTime())
        offset = zone_offset(element, calendar.zone, _same, _INSTANT)
        return sa.type_coerce(utc + _seconds(offset), sa.DateTime())

    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """By EXTRACT."""
        year, month, of_month = (sa.cast(sa.extract(part, day), sa.Integer()) for part in ("year", "month", "day"))
        return year, month, of_month

    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """By make_date."""
        return sa.type_coerce(sa.func.make_date(year, month, day), sa.Date())

    def day_number(self, day: Element) -> Element:
        """Days between two dates."""
        return sa.type_coerce(day - _epoch(), sa.Integer())

    def from_day_number(self, number: Element) -> Element:
        """A date plus days."""
        found = sa.type_coerce(_epoch() + sa.cast(number, sa.Integer()), sa.Date())
        return sa.case((self.within_calendar(number), found))


def _same(instant: datetime) -> datetime:
    return instant


def _epoch() -> Element:
    return sa.func.make_date(1970, 1, 1, type_=sa.Date())


def _seconds(element: Element) -> Element:
    return sa.func.make_interval(0, 0, 0, 0, 0, 0, element, type_=sa.Interval())
