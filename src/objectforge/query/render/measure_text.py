"""The value of a measure as people read it, by the type the measure returns."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from objectforge.metadata.fields.base import Region
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.locales import Locale

__all__ = ["measure_text"]

_COMPUTED = 6
"""A scale above this comes of a division, not of a declaration: such numbers are shown rounded."""
_SHOWN, _SHOWN_PERCENT = 2, 1


def measure_text(value: Any, shape: ValueType, locale: Locale, region: Region) -> str:
    """A measure's value in the reader's notation; the empty text for null."""
    match value:
        case None:
            return ""
        case int() | Decimal() if shape.kind is Kind.NUMBER:
            scale = shape.scale
            if shape.percent:
                return locale.percent(value, _SHOWN_PERCENT if scale > _COMPUTED else scale)
            return locale.number(value, 0 if isinstance(value, int) else _SHOWN if scale > _COMPUTED else scale)
        case datetime():
            return locale.datetime(value, region.zone)
        case date():
            return locale.date(value)
        case time():
            return locale.time(value)
        case _:
            return str(value)
