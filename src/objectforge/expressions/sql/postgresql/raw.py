"""What PostgreSQL's raw elements are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import FIRST_DAY, LAST_DAY, Element

__all__ = [
    "DAY_MICROS", "DOUBLE", "FAR_BACK", "FIRST_SECOND", "INSTANT", "INTEGER", "LAST_SECOND", "NUMERIC", "TEXT",
    "clamped", "decimal", "epoch", "length", "micros_of", "none_of", "once", "same", "seconds_of", "within",
]  # fmt: skip

_DAY = 86_400
NUMERIC = sa.Numeric()
DOUBLE: sa.types.TypeEngine[float] = sa.Double()
INTEGER = sa.Integer()
TEXT = sa.Text()
INSTANT = sa.DateTime(timezone=True)
DAY_MICROS = _DAY * 1_000_000
FIRST_SECOND = FIRST_DAY * _DAY
FAR_BACK = 140_000_000_000
"""Seconds of 4,436 years: no timestamp can be moved back further at once."""
LAST_SECOND = (LAST_DAY + 1) * _DAY - 1


def none_of(element: Element, *values: Element) -> Element:
    """The element, null where it is one of the values."""
    for value in values:
        element = sa.func.nullif(element, value)
    return element


def once(build: Callable[..., Element], *texts: Element) -> Element:
    """What is built of texts that it names several times, each of them computed once: a subquery gives them names."""
    # OFFSET keeps PostgreSQL from putting the texts back where their names stand
    inner = sa.select(*(text.label(f"v{index}") for index, text in enumerate(texts))).correlate_except().offset(0)
    named = inner.subquery()
    return sa.type_coerce(sa.select(build(*named.c)).scalar_subquery(), TEXT)


def length(count: Element, least: int = 0) -> Element:
    """A count of characters within what text functions take, 32 bits."""
    most = 10**9
    low, high = (sa.literal(each, sa.BigInteger()) for each in (least, most))
    return sa.cast(sa.case((count < low, low), (count > high, high), else_=count), sa.Integer())


def same(instant: datetime) -> datetime:
    """The instant as it is: the driver takes it so."""
    return instant


def epoch() -> Element:
    """1970-01-01."""
    return sa.func.make_date(1970, 1, 1, type_=sa.Date())


def seconds_of(element: Element) -> Element:
    """So many seconds as an interval."""
    return sa.func.make_interval(0, 0, 0, 0, 0, 0, element, type_=sa.Interval())


def decimal(value: Decimal | int) -> Element:
    """A constant number."""
    return sa.literal(Decimal(value), NUMERIC)


def within(element: Element, low: Decimal | int, high: Decimal | int) -> Element:
    """The number, null where it is `low` or less, or `high` or more; it stands once."""
    least, most = decimal(low), decimal(high)
    return none_of(sa.type_coerce(sa.func.least(sa.func.greatest(element, least), most), NUMERIC), least, most)


def clamped(element: Element, low: int, high: int) -> Element:
    """An integer of 32 bits between two bounds, null for null; it stands once."""
    none = decimal(Decimal(high) - Decimal("0.5"))  # which no integer is
    held = sa.func.least(sa.func.greatest(sa.func.coalesce(element, none), decimal(low)), decimal(high))
    return sa.cast(sa.func.nullif(held, none), INTEGER)


def micros_of(time: Element) -> Element:
    """The microseconds since midnight of a time of day."""
    return sa.cast(sa.extract("epoch", time), NUMERIC) * decimal(1_000_000)
