"""The field type `currency`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from objectforge.metadata.fields.base import NEUTRAL, Region
from objectforge.metadata.fields.exact import Exact
from objectforge.values.locales import Locale

__all__ = ["Currency"]


class Currency(Exact):
    """An exact amount of money in the org's currency."""

    type_name: ClassVar = "currency"
    summary: ClassVar = "An exact amount of money in the org's currency."
    examples: ClassVar = (
        Decimal("0.00"),
        Decimal("9999999999999999.99"),
        Decimal("-9999999999999999.99"),
        Decimal("19.90"),
    )

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The amount with its currency's sign, where the currency is known."""
        if value is None:
            return ""
        return locale.number(value, self.scale) if region.currency is None else locale.currency(value, region.currency)
