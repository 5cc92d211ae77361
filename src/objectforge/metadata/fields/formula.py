"""The field type `formula`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from random import Random
from typing import Annotated, Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import NEUTRAL, FieldType, ParameterError, Region
from objectforge.metadata.fields.checkbox import Checkbox
from objectforge.metadata.fields.currency import Currency
from objectforge.metadata.fields.date import Date
from objectforge.metadata.fields.datetime import DateTime
from objectforge.metadata.fields.integer import Integer
from objectforge.metadata.fields.number import Number
from objectforge.metadata.fields.percent import Percent
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.text import Text as OneText
from objectforge.metadata.fields.time import Time
from objectforge.metadata.fields.traits import FormulaBody
from objectforge.metadata.leaves import Text, Whole
from objectforge.values.kinds import ValueType
from objectforge.values.locales import Locale

__all__ = ["Formula"]

_SCALED: Mapping[str, type[Number | Currency | Percent]] = {"number": Number, "currency": Currency, "percent": Percent}
_PLAIN: Mapping[str, type[FieldType]] = {
    "text": OneText, "integer": Integer, "checkbox": Checkbox, "date": Date, "datetime": DateTime, "time": Time,
}  # fmt: skip


class Formula(FieldType):
    """A value computed from the record and its parents whenever it is read."""

    type_name: ClassVar = "formula"
    summary: ClassVar = "A value computed from the record and its parents whenever it is read."
    sample: ClassVar = {"returns": "number", "formula": "1 + 1"}
    unusable: ClassVar = frozenset(
        {"default", "required", "unique", "external_id", "indexed", "case_sensitive", "track_history"}
    )

    returns: Literal["text", "integer", "number", "currency", "percent", "checkbox", "date", "datetime", "time"]
    formula: Text
    scale: Annotated[Whole, Field(ge=0, le=18)] | None = None
    blanks: Literal["zero", "null"] = "zero"

    def check(self) -> None:
        """Check that only decimal numbers have a scale."""
        super().check()
        if not self.formula.strip():
            raise ParameterError("formula", "the formula is empty")
        if self.scale is not None and self.returns not in _SCALED:
            raise ParameterError("scale", f"a formula that returns {self.returns} has no scale", "remove 'scale:'")

    @cached_property
    def result(self) -> FieldType:
        """A field of the type it returns, which knows how its values are shown and written."""
        if self.returns in _SCALED:
            scale = 2 if self.scale is None else self.scale
            return _SCALED[self.returns].model_validate({"scale": scale})
        return _PLAIN[self.returns]()

    @property
    def computed(self) -> FormulaBody:
        """The formula."""
        return FormulaBody(self.formula, self.returns, self.blanks)

    @property
    def stored(self) -> bool:
        """Never: it is computed when read."""
        return False

    @property
    def writable(self) -> bool:
        """Never."""
        return False

    def value_type(self) -> ValueType:
        """The type it returns."""
        return self.result.value_type()

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """The type of the expression in a query."""
        return self.result.column_type()

    def coerce(self, value: Any) -> Any:
        """Refuse every value: nothing is written here."""
        if value is None:
            return None
        raise problem("not_writable")

    def to_text(self, value: Any) -> str:
        """As the type it returns."""
        return self.result.to_text(value)

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """As the type it returns."""
        return self.result.display(value, locale, region)

    def example(self, random: Random, number: int) -> None:
        """Nothing: it is computed."""
        return
