"""The value of a measure as people read it, by the type the measure returns."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from objectforge.metadata.fields.base import Region
from objectforge.relations.report import Measure
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale
from objectforge.values.numbers import round_half_away

__all__ = ["measure_text"]

_COMPUTED = 6
"""A scale above this comes of a division, not of a declaration: such numbers are shown rounded."""
_SHOWN, _SHOWN_PERCENT = 2, 1


def measure_text(value: Any, measure: Measure, locale: Locale, region: Region) -> str:
    """A measure's value in the reader's notation; the empty text for null."""
    field = measure.field_type
    match value:
        case None:
            return ""
        case int() | Decimal() if measure.type.kind is Kind.NUMBER:
            return _number(value, measure, locale, region)
        case _ if field is not None:
            return field.display(value, locale, region)
        case datetime():
            return locale.datetime(value, region.zone)
        case date():
            return locale.date(value)
        case time():
            return locale.time(value)
        case _:
            return str(value)


def _number(value: int | Decimal, measure: Measure, locale: Locale, region: Region) -> str:
    shape, field = measure.type, measure.field_type
    computed = shape.scale > _COMPUTED
    if shape.percent:
        return locale.percent(value, _SHOWN_PERCENT if computed else shape.scale)
    places = _SHOWN if computed else shape.scale
    # A field's own notation has no room for the places that an average of whole numbers has.
    if field is not None and field.value_type().scale >= places:
        return field.display(round_half_away(Decimal(value), places), locale, region)
    return locale.number(value, places)
