"""What PostgreSQL's raw elements are made of."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import FIRST_DAY, LAST_DAY, Element

__all__ = [
    "FAR_BACK", "FIRST_SECOND", "INSTANT", "LAST_SECOND", "NUMERIC", "epoch", "length", "none_of", "same", "seconds_of",
]  # fmt: skip

_DAY = 86_400
NUMERIC = sa.Numeric()
INSTANT = sa.DateTime(timezone=True)
FIRST_SECOND = FIRST_DAY * _DAY
FAR_BACK = 140_000_000_000
"""Seconds of 4,436 years: no timestamp can be moved back further at once."""
LAST_SECOND = (LAST_DAY + 1) * _DAY - 1


def none_of(element: Element, *values: Element) -> Element:
    """The element, null where it is one of the values."""
    for value in values:
        element = sa.func.nullif(element, value)
    return element


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
