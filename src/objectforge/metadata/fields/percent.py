"""The field type `percent`."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any, ClassVar

from objectforge.metadata.fields.base import NEUTRAL, Region
from objectforge.metadata.fields.exact import Exact
from objectforge.values.kinds import ValueType, number
from objectforge.values.locales import Locale
from objectforge.values.numbers import round_half_away

__all__ = ["Percent"]


class Percent(Exact):
    """An exact percentage: 20 means 20 %. Formulas see it as 0.2."""

    type_name: ClassVar = "percent"
    summary: ClassVar = "An exact percentage: 20 means 20 %; formulas see value / 100."
    examples: ClassVar = (Decimal("0.00"), Decimal("20.00"), Decimal("-0.01"), Decimal("9999999999999999.99"))

    def value_type(self) -> ValueType:
        """A number that counts in hundredths."""
        return number(self.precision, self.scale, percent=True)

    def example(self, random: Random, number: int) -> Decimal:
        """A whole percentage up to a hundred, where values need not be unique."""
        if self.unique or self.external_id or self.precision < self.scale + 3:
            return super().example(random, number)
        return round_half_away(Decimal(random.randrange(101)), self.scale)

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The number with a percent sign; zeros at the end are left out."""
        return "" if value is None else locale.percent(value)
