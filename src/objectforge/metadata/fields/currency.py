"""The field type `currency`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from objectforge.metadata.fields.exact import Exact
from objectforge.values.locales import Locale

__all__ = ["Currency"]


class Currency(Exact):
    """An exact amount of money in the org's currency."""

    type_name: ClassVar = "currency"
    summary: ClassVar = "An exact amount of money in the org's currency."
    examples: ClassVar = (Decimal("0.00"), Decimal("9999999999999999.99"), Decimal("-9999999999999999.99"), Decimal("19.90"))  # fmt: skip
