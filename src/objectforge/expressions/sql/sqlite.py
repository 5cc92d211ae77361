"""SQLite: numbers as scaled integers (decimal texts past 18 digits), dates as ISO texts, instants as microseconds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import MOST, Backend, Element, Step, decoded, joined
from objectforge.expressions.sql.sqlite_functions import sort_key
from objectforge.expressions.sql.zone_offset import zone_offset
from objectforge.values.instants import from_micros, to_micros
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.number_shape import NATIVE_DIGITS
from objectforge.values.numbers import multiply, plain, total
from objectforge.values.periods import Calendar
from objectforge.values.text import fold_key

__all__ = ["SQLite"]

_DAY = 86_400
_MICROS = 1_000_000
_SHIFT = 1_000_000
"""Days by which instants are moved so that all are positive: SQLite's division cuts towards zero."""
_BILLION = 1_000_000_000
_PRODUCT = 8  # how tightly SQLAlchemy takes * and / to bind
_EPOCH_JULIAN = 2440587.5
_TEXT = sa.Text()
_INTEGER = sa.BigInteger()
_NAMES = {"+": "of_add", "-": "of_subtract", "*": "of_multiply"}


def _long(shape: ValueType) -> bool:
    return shape.digits > NATIVE_DIGITS


class SQLite(Backend):
    """SQLite 3.40 and later, with the functions of `sqlite_functions` registered."""

    name = "sqlite"

    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""
        match value_type.kind:
            case Kind.NUMBER:
                return _TEXT if _long(value_type) else _INTEGER
            case Kind.DATETIME | Kind.ID | Kind.TIME:
                return _INTEGER
            case Kind.BOOLEAN:
                return sa.Integer()
            case _:
                return _TEXT

    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind."""
        if value is None:
            return None
        match value_type.kind:
            case Kind.NUMBER:
                number = value if isinstance(value, Decimal) else Decimal(value)
                return plain(number) if _long(value_type) else int(multiply(number, Decimal(10**value_type.scale)))
            case Kind.BOOLEAN:
                return int(value)
            case Kind.DATE:
                assert isinstance(value, date)
                return value.isoformat()
            case Kind.DATETIME:
                assert isinstance(value, datetime)
                return to_micros(value)
            case Kind.TIME:
                assert isinstance(value, time)
                return ((value.hour * 60 + value.minute) * 60 + value.second) * _MICROS + value.microsecond
            case _:
                return value

    def result_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The column type that turns raw elements of a value type into Python values."""
        return LongDecimal() if value_type.kind is Kind.NUMBER and _long(value_type) else decoded(value_type)

    # -- text -----------------------------------------------------------------------------------------------------
    def text_key(self, element: Element) -> Element:
        """The text folded by NOCASE, which any expression over a column would lose."""
        return sa.collate(element, "NOCASE")

    def folded(self, element: Element) -> Element:
        """SQLite's lower folds ASCII letters only."""
        return sa.type_coerce(sa.func.lower(element), _TEXT)

    def text_exact(self, element: Element) -> Element:
        """The text by bytes, which for UTF-8 is by code point."""
        return sa.collate(element, "BINARY")

    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """LIKE, which folds ASCII letters; exactly through a registered function."""
        if exact:
            return sa.func.of_like(element, pattern) == 1
        return element.like(pattern, escape="\\")

    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined by ||."""
        return sa.type_coerce(joined(items), _TEXT)

    def trimmed(self, element: Element) -> Element:
        """SQLite's trim takes the characters to strip."""
        return sa.type_coerce(sa.func.trim(element, " \t\n\r"), _TEXT)

    def cased(self, element: Element, *, upper: bool) -> Element:
        """By a registered function: SQLite's own changes ASCII letters only."""
        return sa.type_coerce(sa.func.of_upper(element) if upper else sa.func.of_lower(element), _TEXT)

    def left(self, element: Element, count: Element) -> Element:
        """SQLite's substr, whose negative lengths count backwards."""
        return sa.type_coerce(sa.func.substr(element, 1, _length(count)), _TEXT)

    def right(self, element: Element, count: Element) -> Element:
        """By a registered function: substr from -0 would be all of it."""
        return sa.type_coerce(sa.func.of_right(element, count), _TEXT)

    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """SQLite's substr within its rules."""
        return sa.type_coerce(sa.func.substr(element, _length(start, 1), _length(count)), _TEXT)

    def position(self, part: Element, text: Element) -> Element:
        """By instr."""
        return sa.type_coerce(sa.func.instr(text, part), sa.Integer())

    def replaced(self, text: Element, old: Element, new: Element) -> Element:
        """By a registered function: SQLite's replace of the empty text does not look at the third."""
        return sa.type_coerce(sa.func.of_replace(text, old, new), _TEXT)

    def begins(self, text: Element, part: Element) -> Element:
        """By a registered function."""
        return sa.func.of_begins(text, part) == 1

    def shown(self, element: Element, value_type: ValueType) -> Element:
        """Dates as they are."""
        match value_type.kind:
            case Kind.NUMBER if not _long(value_type):
                return sa.type_coerce(sa.func.of_decimal(element, value_type.scale), _TEXT)
            case Kind.NUMBER | Kind.DATE:
                return element
            case _:
                return sa.type_coerce(sa.func.of_shown(element), _TEXT)

    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """One JSON bind, unfolded by json_each."""
        match value_type.kind:
            case Kind.TEXT | Kind.MULTI:
                encoded = list(values) if exact else [fold_key(value) for value in values]
                element = self.text_exact(element) if exact else self.text_key(element)
            case Kind.NUMBER if _long(value_type):
                encoded = [sort_key(Decimal(value)) for value in values]
                element = self.comparable(element, value_type)
            case _:
                encoded = [self.encode(value, value_type) for value in values]
        listed = sa.func.json_each(sa.literal(json.dumps(encoded), _TEXT)).table_valued("value")
        return element.in_(sa.select(listed.c.value))

    # -- numbers --------------------------------------------------------------------------------------------------
    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """More places: another power of ten, or a decimal text."""
        if _long(before):
            return element if _long(after) else sa.type_coerce(sa.func.of_short(element, after.scale), _INTEGER)
        if _long(after):
            return sa.type_coerce(sa.func.of_decimal(element, before.scale), _TEXT)
        power = after.scale - before.scale
        return element * sa.literal(10**power, _INTEGER) if power else element

    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """The same scale for sums; texts for both where the result is long."""
        if op == "*":
            return (_as_long(left), _as_long(right)) if _long(result) else (left, right)
        return (result, result)

    def arithmetic(self, op: str, left: Element, right: Element, shape: ValueType) -> Element:
        """Integers natively, texts by registered functions."""
        if _long(shape):
            return sa.type_coerce(getattr(sa.func, _NAMES[op])(left, right), _TEXT)
        match op:
            case "+":
                return left + right
            case "-":
                return left - right
            case _:
                return left * right

    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """By a registered function."""
        top = self.rescale(left, left_type, _as_long(left_type))
        bottom = self.rescale(right, right_type, _as_long(right_type))
        return sa.type_coerce(sa.func.of_divide(top, bottom), _TEXT)

    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """By registered functions: one for integers, one for texts."""
        if not _long(before) and not _long(after):
            stepped = sa.func.of_step_short(element, step, before.scale, places, after.scale)
            return sa.type_coerce(stepped, _INTEGER)
        stepped = sa.type_coerce(sa.func.of_step(self.rescale(element, before, _as_long(before)), step, places), _TEXT)
        return stepped if _long(after) else sa.type_coerce(sa.func.of_short(stepped, after.scale), _INTEGER)

    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """Natively for integers."""
        if _long(shape):
            return sa.type_coerce(sa.func.of_mod(left, right), _TEXT)
        return sa.type_coerce(left % right, _INTEGER)

    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """SQLite's min and max of several values are null where one is."""
        if _long(shape):
            return sa.type_coerce(sa.func.of_choose(function, *elements), _TEXT)
        return sa.type_coerce(getattr(sa.func, function)(*elements), _INTEGER)

    def comparable(self, element: Element, shape: ValueType) -> Element:
        """Integers as they are, texts by a key that sorts."""
        return sa.type_coerce(sa.func.of_key(element), _TEXT) if _long(shape) else element

    def whole(self, element: Element, shape: ValueType) -> Element:
        """A truncating division; the few integers that go beyond `MOST` do no harm."""
        if _long(shape):
            return sa.type_coerce(sa.func.of_whole(element), _INTEGER)
        whole = _over(element, sa.literal(10**shape.scale, _INTEGER)) if shape.scale else element
        if shape.digits - shape.scale <= 12:
            return sa.type_coerce(whole, _INTEGER)
        limits = (sa.literal(MOST, _INTEGER), sa.literal(-MOST, _INTEGER))
        return sa.type_coerce(sa.func.max(sa.func.min(whole, limits[0]), limits[1]), _INTEGER)

    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """Scaled."""
        return element * sa.literal(10**shape.scale, _INTEGER) if shape.scale else element

    # -- aggregates -----------------------------------------------------------------------------------------------
    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """Billions and the rest apart, so that neither sum can overflow; a long sum as a text."""
        if _long(shape):
            return (sa.type_coerce(sa.func.of_sum(element), _TEXT),)
        billion = sa.literal(_BILLION, _INTEGER)
        return (
            sa.type_coerce(sa.func.sum(_over(element, billion)), _INTEGER),
            sa.type_coerce(sa.func.sum(element % billion), _INTEGER),
        )

    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The exact Decimal."""
        if parts[0] is None:
            return None
        if _long(shape):
            return total([Decimal(parts[0])])
        return Decimal(parts[0] * _BILLION + parts[1]).scaleb(-shape.scale)

    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """Natively; long decimals, which are texts, by a registered aggregate."""
        if shape.kind is Kind.NUMBER and _long(shape):
            return sa.type_coerce(getattr(sa.func, f"of_{function}")(element), _TEXT)
        return sa.type_coerce(getattr(sa.func, function)(element), self.raw_type(shape))

    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """Scaled integers, microseconds and ISO texts as what they mean."""
        if value is None:
            return None
        match shape.kind:
            case Kind.NUMBER:
                return Decimal(value) if _long(shape) else Decimal(value).scaleb(-shape.scale)
            case Kind.DATETIME:
                return from_micros(value)
            case Kind.DATE:
                return date.fromisoformat(value)
            case Kind.BOOLEAN:
                return bool(value)
            case Kind.TIME:
                return (datetime.min + timedelta(microseconds=value)).time()
            case _:
                return value

    # -- dates ----------------------------------------------------------------------------------------------------
    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """Microseconds added."""
        moved = element + seconds * sa.literal(_MICROS, _INTEGER)
        return sa.type_coerce(sa.func.of_instant(moved), _INTEGER)

    def micros_between(self, later: Element, earlier: Element) -> Element:
        """Microseconds they are."""
        return later - earlier

    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The zone's offset added, floored to days."""
        day = sa.literal(_DAY * _MICROS, _INTEGER)
        return self.from_day_number(_over(_local(element, calendar), day) - sa.literal(_SHIFT, _INTEGER))

    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour of the microseconds since local midnight."""
        since = _local(element, calendar) % sa.literal(_DAY * _MICROS, _INTEGER)
        return sa.type_coerce(_over(since, sa.literal(3600 * _MICROS, _INTEGER)), sa.Integer())

    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """Cut out of the ISO text."""
        year, month, of_month = (
            sa.cast(sa.func.substr(day, start, length), sa.Integer()) for start, length in ((1, 4), (6, 2), (9, 2))
        )
        return year, month, of_month

    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """The ISO text; null where a part is."""
        shown = sa.type_coerce(sa.func.printf("%04d-%02d-%02d", year, month, day), _TEXT)
        return sa.case((year.is_not(None), shown))

    def day_number(self, day: Element) -> Element:
        """By the Julian day, exact for midnights."""
        return sa.cast(sa.func.julianday(day) - _EPOCH_JULIAN, sa.Integer())

    def from_day_number(self, number: Element) -> Element:
        """By a registered function: SQLite's own calendar does not end where ours does."""
        return sa.type_coerce(sa.func.of_day(number), _TEXT)


def _length(count: Element, least: int = 0) -> Element:
    return sa.func.max(sa.func.min(count, 10**9), least)  # substr takes 32 bits


def _local(element: Element, calendar: Calendar) -> Element:
    """The local clock in microseconds, moved by `_SHIFT` days; the instant stands in it once and in the zone's CASE."""
    offset = zone_offset(element, calendar.zone, to_micros, _INTEGER) * sa.literal(_MICROS, _INTEGER)
    return element + offset + sa.literal(_SHIFT * _DAY * _MICROS, _INTEGER)


def _over(above: Element, below: Element) -> Element:
    """A truncating division; it binds like a product, so that a sum above or below gets its parentheses."""
    return above.op("/", precedence=_PRODUCT)(below)


def _as_long(shape: ValueType) -> ValueType:
    return shape if _long(shape) else ValueType(Kind.NUMBER, digits=NATIVE_DIGITS + 1, scale=shape.scale)


class LongDecimal(sa.types.TypeDecorator[Decimal]):
    """A decimal text of more than 18 digits as the Decimal it is."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Decimal | None:
        """Read the text."""
        return None if value is None else Decimal(value)
