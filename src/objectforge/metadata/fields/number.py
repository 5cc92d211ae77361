"""The field type `number`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from objectforge.metadata.fields.base import NEUTRAL, Region
from objectforge.metadata.fields.exact import Exact
from objectforge.values.locales import Locale

__all__ = ["Number"]


class Number(Exact):
    """An exact decimal number."""

    type_name: ClassVar = "number"
    summary: ClassVar = "An exact decimal number, `precision` digits in all, `scale` of them after the point."
    examples: ClassVar = (
        Decimal("0.00"),
        Decimal("-0.01"),
        Decimal("9999999999999999.99"),
        Decimal("-9999999999999999.99"),
        Decimal("1.10"),
    )

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The number with the locale's separators."""
        return "" if value is None else locale.number(value, self.scale)
