"""Exact decimal numbers: what number, currency and percent fields have in common."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import FieldType, ParameterError, Reading
from objectforge.metadata.fields.numerals import decimal_of, number_from_text
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.leaves import Whole
from objectforge.values.kinds import ValueType, number
from objectforge.values.numbers import Misfit, fits, plain, round_half_away
from objectforge.values.storage_types import ScaledDecimal

__all__ = ["Exact"]


class Exact(FieldType):
    """A decimal number of at most `precision` digits in all, `scale` of them after the point."""

    short_form: ClassVar = ("precision", "scale")
    unusable: ClassVar = frozenset({"case_sensitive"})

    precision: Annotated[Whole, Field(ge=1, le=18)] = 18
    scale: Annotated[Whole, Field(ge=0, le=18)] = 2

    def check(self) -> None:
        """Check the common parameters and that the digits after the point are among all the digits."""
        if self.scale > self.precision:
            raise ParameterError(
                "scale",
                f"a scale of {self.scale} is more than the precision of {self.precision} digits in all",
                f"precision: {min(18, self.precision + self.scale)} keeps {self.precision} digits before the point",
            )
        super().check()

    def value_type(self) -> ValueType:
        """A number of exactly these digits."""
        return number(self.precision, self.scale)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """An exact decimal."""
        return ScaledDecimal(self.precision, self.scale)

    def coerce(self, value: Any) -> Decimal | None:
        """The number with exactly `scale` digits after the point; more of them are refused, zeros aside."""
        if value is None:
            return None
        found = decimal_of(value)
        match fits(found, self.precision, self.scale):
            case Misfit.TOO_MANY_PLACES:
                raise problem("too_many_decimals", value=plain(found), scale=self.scale)
            case Misfit.TOO_LARGE:
                raise problem("number_too_large", value=plain(found), digits=self.precision - self.scale)
            case None:
                return round_half_away(found, self.scale)

    def from_text(self, text: str, reading: Reading) -> Decimal | None:
        """The number, thousands separators refused."""
        return number_from_text(text)

    def to_text(self, value: Any) -> str:
        """All the digits, without an exponent."""
        return "" if value is None else plain(value, self.scale)

    def example(self, random: Random, number: int) -> Decimal:
        """A number that fits; the counter comes in first, so that small counters give different ones."""
        room = 10**self.precision
        top = min(room, 10 ** (self.scale + 6))
        return Decimal((random.randrange(top // 1000 or 1) * 1000 + number) % room).scaleb(-self.scale)
