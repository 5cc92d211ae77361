"""The field type `integer`."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading, Region
from objectforge.metadata.fields.numerals import decimal_of, number_from_text
from objectforge.metadata.fields.problems import problem
from objectforge.values.kinds import ValueType, number
from objectforge.values.locales import Locale
from objectforge.values.numbers import places
from objectforge.values.storage_types import ScaledDecimal

__all__ = ["Integer"]

_DIGITS = 18


class _WholeNumber(ScaledDecimal):
    """A decimal without places, read as an int."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(_DIGITS, 0)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else int(value)


class Integer(FieldType):
    """A whole number of at most 18 digits."""

    type_name: ClassVar = "integer"
    summary: ClassVar = "A whole number of at most 18 digits."
    examples: ClassVar = (0, 1, -1, 10**18 - 1, -(10**18) + 1)
    unusable: ClassVar = frozenset({"case_sensitive"})

    def value_type(self) -> ValueType:
        """A number without digits after the point."""
        return number(_DIGITS, 0)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """A decimal without places: on PostgreSQL a product of two 64-bit integers would overflow."""
        return _WholeNumber()

    def canonical(self, value: Any) -> int | None:
        """As an int."""
        return None if value is None else int(value)

    def coerce(self, value: Any) -> int | None:
        """The number; 5.0 is 5, 5.5 is refused."""
        if value is None:
            return None
        found = decimal_of(value)
        if places(found):
            raise problem("whole_number_wanted", value=str(value))
        if found and found.adjusted() >= _DIGITS:
            raise problem("number_too_large", value=str(found), digits=_DIGITS)
        return int(found)

    def from_text(self, text: str, reading: Reading) -> Any:
        """The number, thousands separators refused."""
        return number_from_text(text)

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The number with the locale's separators."""
        return "" if value is None else locale.number(value)

    def example(self, random: Random, number: int) -> int:
        """A number up to a thousand; the counter where values are unique."""
        return number if self.unique or self.external_id else random.randrange(1, 1000)
