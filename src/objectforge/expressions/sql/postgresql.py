"""PostgreSQL: numbers as NUMERIC, text keys by `lower(... COLLATE "C")`, dates and instants natively."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from objectforge.expressions.sql.backend import FIRST_DAY, LAST_DAY, MOST, Backend, Element, Step, joined
from objectforge.expressions.sql.zone_offset import zone_offset
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import QUOTIENT_SCALE
from objectforge.values.periods import Calendar
from objectforge.values.text import fold_key, lower_map, upper_map

__all__ = ["PostgreSQL"]

_DAY = 86_400
_NUMERIC = sa.Numeric()
_INSTANT = sa.DateTime(timezone=True)
_FIRST_SECOND = FIRST_DAY * _DAY
_FAR_BACK = 140_000_000_000  # seconds: 4,436 years
_LAST_SECOND = (LAST_DAY + 1) * _DAY - 1


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
        return sa.type_coerce(joined(items), sa.Text())

    def trimmed(self, element: Element) -> Element:
        """By btrim."""
        return sa.type_coerce(sa.func.btrim(element, " \t\n\r"), sa.Text())

    def cased(self, element: Element, *, upper: bool) -> Element:
        """By translate: upper and lower follow the database's locale."""
        before, after = upper_map() if upper else lower_map()
        return sa.type_coerce(sa.func.translate(element, before, after), sa.Text())

    def left(self, element: Element, count: Element) -> Element:
        """Of a length that is not negative, which would count backwards."""
        return sa.type_coerce(sa.func.left(element, _length(count)), sa.Text())

    def right(self, element: Element, count: Element) -> Element:
        """Of a length that is not negative."""
        return sa.type_coerce(sa.func.right(element, _length(count)), sa.Text())

    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """By substr."""
        return sa.type_coerce(sa.func.substr(element, _length(start, 1), _length(count)), sa.Text())

    def position(self, part: Element, text: Element) -> Element:
        """By strpos."""
        return sa.type_coerce(sa.func.strpos(text, part), sa.Integer())

    def replaced(self, text: Element, old: Element, new: Element) -> Element:
        """By replace."""
        return sa.type_coerce(sa.func.replace(text, old, new), sa.Text())

    def begins(self, text: Element, part: Element) -> Element:
        """By starts_with."""
        return sa.func.starts_with(text, part, type_=sa.Boolean())

    def shown(self, element: Element, value_type: ValueType) -> Element:
        """A number without zeros at its end; an instant in UTC."""
        match value_type.kind:
            case Kind.NUMBER:
                return sa.cast(sa.func.trim_scale(element), sa.Text())
            case Kind.DATE:
                return sa.type_coerce(sa.func.to_char(element, "YYYY-MM-DD"), sa.Text())
            case _:
                utc = sa.func.timezone("UTC", element)
                return sa.type_coerce(sa.func.to_char(utc, 'YYYY-MM-DD HH24:MI:SS"Z"'), sa.Text())

    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """One array bind."""
        if value_type.kind in (Kind.TEXT, Kind.MULTI):
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
        """Twice the quotient cut to a whole number of its last places, then half of that rounded: each operand once.

        NUMERIC's own `/` rounds where it likes.
        """
        bottom = sa.func.nullif(right, sa.literal(Decimal(0), _NUMERIC))
        doubled = sa.func.div(left * sa.literal(Decimal(2 * 10**QUOTIENT_SCALE), _NUMERIC), bottom)
        units = sa.func.round(doubled * sa.literal(Decimal("0.5"), _NUMERIC), 0)
        return sa.type_coerce(units * sa.literal(Decimal(1).scaleb(-QUOTIENT_SCALE), _NUMERIC), _NUMERIC)

    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """NUMERIC's round is half away from zero."""
        match step:
            case "abs":
                found: Element = sa.func.abs(element)
            case "round":
                found = sa.func.round(element, places)
            case "trunc":
                found = sa.func.trunc(element, places)
            case "to_zero":
                found = sa.func.trunc(sa.func.round(element, places))
            case "below":
                found = sa.func.floor(sa.func.round(element, places))
            case "above":
                found = sa.func.ceil(sa.func.round(element, places))
            case "away":
                settled = sa.func.round(element, places)
                found = sa.func.sign(settled) * sa.func.ceil(sa.func.abs(settled))
        return sa.type_coerce(found, _NUMERIC)

    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """By mod, which keeps the sign of the dividend."""
        return sa.type_coerce(sa.func.mod(left, sa.func.nullif(right, sa.literal(Decimal(0), _NUMERIC))), _NUMERIC)

    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """LEAST and GREATEST pass over nulls, which must not be."""
        name = {"min": "least", "max": "greatest"}[function]
        known = sa.and_(*(element.is_not(None) for element in elements))
        return sa.case((known, sa.type_coerce(getattr(sa.func, name)(*elements), _NUMERIC)))

    def comparable(self, element: Element, shape: ValueType) -> Element:
        """As it is."""
        return element

    def whole(self, element: Element, shape: ValueType) -> Element:
        """Without the fraction; a null goes through the limits as a number that no whole one is."""
        if shape.digits - shape.scale <= 12:
            return sa.cast(sa.func.trunc(element), sa.BigInteger())
        none = sa.literal(MOST + Decimal("0.5"), _NUMERIC)
        low, high = (sa.literal(Decimal(each), _NUMERIC) for each in (-MOST, MOST + 1))
        cut = sa.func.least(sa.func.greatest(sa.func.coalesce(sa.func.trunc(element), none), low), high)
        return sa.cast(sa.func.nullif(cut, none), sa.BigInteger())

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
    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """Cut to the second before and after the calendar, which then are null.

        Backwards in three steps: no timestamp lies before 4713 BC.
        """
        before, after = (sa.func.to_timestamp(each, type_=_INSTANT) for each in (_FIRST_SECOND - 1, _LAST_SECOND + 1))
        back = sa.literal(-_FAR_BACK, sa.BigInteger())
        none = sa.literal(0, sa.BigInteger())
        moved = element
        for step in range(3):
            rest = seconds - back * sa.literal(step, sa.BigInteger())
            most = rest if step == 0 else sa.case((rest > none, none), else_=rest)
            moved = sa.func.greatest(moved + _seconds(sa.case((rest < back, back), else_=most)), before)
        return sa.type_coerce(_none_of(sa.func.least(moved, after), before, after), _INSTANT)

    def micros_between(self, later: Element, earlier: Element) -> Element:
        """The seconds of an interval are exact to the microsecond."""
        seconds = sa.cast(sa.extract("epoch", later - earlier), _NUMERIC)
        return seconds * sa.literal(Decimal(1_000_000), _NUMERIC)

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
        """A date plus days, cut to the day before and after the calendar, which then are null."""
        before, after = (_epoch() + sa.literal(each, sa.Integer()) for each in (FIRST_DAY - 1, LAST_DAY + 1))
        limits = (sa.literal(each, sa.BigInteger()) for each in (FIRST_DAY - 1, LAST_DAY + 1))
        days = sa.func.least(sa.func.greatest(number, next(limits)), next(limits))
        return sa.type_coerce(_none_of(_epoch() + sa.cast(days, sa.Integer()), before, after), sa.Date())


def _none_of(element: Element, *values: Element) -> Element:
    for value in values:
        element = sa.func.nullif(element, value)
    return element


def _length(count: Element, least: int = 0) -> Element:
    most = 10**9
    low, high = (sa.literal(each, sa.BigInteger()) for each in (least, most))
    return sa.cast(sa.case((count < low, low), (count > high, high), else_=count), sa.Integer())


def _same(instant: datetime) -> datetime:
    return instant


def _epoch() -> Element:
    return sa.func.make_date(1970, 1, 1, type_=sa.Date())


def _seconds(element: Element) -> Element:
    return sa.func.make_interval(0, 0, 0, 0, 0, 0, element, type_=sa.Interval())
