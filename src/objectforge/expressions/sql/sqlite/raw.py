"""What SQLite's raw elements are made of."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.zone_offset import zone_offset
from objectforge.values.instants import to_micros
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.number_shape import NATIVE_DIGITS
from objectforge.values.periods import Calendar

__all__ = ["DAY", "INTEGER", "MICROS", "SHIFT", "TEXT", "LongDecimal", "as_long", "is_long", "length", "local", "over"]

DAY = 86_400
"""Seconds of a day."""
MICROS = 1_000_000
"""Microseconds of a second."""
SHIFT = 1_000_000
"""Days by which instants are moved so that all are positive: SQLite's division cuts towards zero."""
_PRODUCT = 8  # how tightly SQLAlchemy takes * and / to bind
TEXT = sa.Text()
INTEGER = sa.BigInteger()


def is_long(shape: ValueType) -> bool:
    """Whether numbers of the shape may be too long for an integer of 64 bits, and so are decimal texts."""
    return shape.digits > NATIVE_DIGITS


def length(count: Element, least: int = 0) -> Element:
    """A count of characters within what substr takes, 32 bits."""
    return sa.func.max(sa.func.min(count, 10**9), least)


def local(element: Element, calendar: Calendar) -> Element:
    """The local clock in microseconds, moved by `SHIFT` days; the instant stands in it once and in the zone's CASE."""
    offset = zone_offset(element, calendar.zone, to_micros, INTEGER) * sa.literal(MICROS, INTEGER)
    return element + offset + sa.literal(SHIFT * DAY * MICROS, INTEGER)


def over(above: Element, below: Element) -> Element:
    """A truncating division; it binds like a product, so that a sum above or below gets its parentheses."""
    return above.op("/", precedence=_PRODUCT)(below)


def as_long(shape: ValueType) -> ValueType:
    """The shape in which the numbers are decimal texts."""
    return shape if is_long(shape) else ValueType(Kind.NUMBER, digits=NATIVE_DIGITS + 1, scale=shape.scale)


class LongDecimal(sa.types.TypeDecorator[Decimal]):
    """A decimal text of more than 18 digits as the Decimal it is."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Decimal | None:
        """Read the text."""
        return None if value is None else Decimal(value)
