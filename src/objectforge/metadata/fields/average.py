"""How an average of a field's values is kept and shown. Nobody declares one: roll-ups give them."""

from __future__ import annotations

from typing import Any, ClassVar

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Region
from objectforge.metadata.fields.number import Number
from objectforge.values.kinds import ValueType, number
from objectforge.values.locales import Locale
from objectforge.values.numbers import QUOTIENT_SCALE, round_half_away

__all__ = ["Average"]

_SHOWN, _SHOWN_PERCENT = 2, 1


class Average(Number):
    """An exact number of 18 places, shown as the values it is the average of, with two places of its own."""

    type_name: ClassVar = "average"
    summary: ClassVar = "The average of a number field."

    of: FieldType

    def value_type(self) -> ValueType:
        """A number of 18 places."""
        given = self.of.value_type()
        return number(given.digits - given.scale + QUOTIENT_SCALE, QUOTIENT_SCALE, percent=given.percent)

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The average in the notation of the values, rounded."""
        if value is None:
            return ""
        given = self.of.value_type()
        if given.percent:
            return locale.percent(value, max(given.scale, _SHOWN_PERCENT))
        places = max(given.scale, _SHOWN)
        if given.scale < places:  # the notation of whole numbers has no room for the places of an average
            return locale.number(value, places)
        return self.of.display(round_half_away(value, places), locale, region)
