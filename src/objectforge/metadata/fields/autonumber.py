"""The field type `autonumber`."""

from __future__ import annotations

from random import Random
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.one_line import text_of
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.traits import Numbering
from objectforge.metadata.leaves import Text, Whole
from objectforge.values.instants import FIRST_DATE
from objectforge.values.kinds import TEXT, ValueType
from objectforge.values.storage_types import PlainText
from objectforge.values.text import clean_line

__all__ = ["AutoNumber"]


class AutoNumber(FieldType):
    """A text with a number that the org counts up: unique, never reused, gaps allowed."""

    type_name: ClassVar = "autonumber"
    summary: ClassVar = "A number the org counts up, such as `INV-{YYYY}-{00000}`: unique, never reused."
    sample: ClassVar = {"format": "INV-{0000}"}
    examples: ClassVar = ("INV-0001", "INV-123456")
    short_form: ClassVar = ("format",)
    unusable: ClassVar = frozenset({"default", "case_sensitive"})

    format: Text
    start: Annotated[Whole, Field(ge=0, lt=10**18)] = 1

    def check(self) -> None:
        """Check the format: one counter, known words in braces."""
        super().check()
        if wrong := self.numbering.mistake:
            raise ParameterError("format", wrong, "braces may hold 0000, YYYY, YY, MM or DD, as in INV-{YYYY}-{00000}")
        longest = self.numbering.show(10**18 - 1, FIRST_DATE)
        try:
            plain = clean_line(longest)
        except ValueError as refused:
            raise ParameterError("format", f"the format has a {refused}") from refused
        if plain != longest:
            raise ParameterError("format", "the format starts or ends with white space")

    @property
    def numbering(self) -> Numbering:
        """The series."""
        return Numbering(self.format, self.start)

    @property
    def writable(self) -> bool:
        """Never: the org gives the number."""
        return False

    def value_type(self) -> ValueType:
        """Text, compared by its key."""
        return TEXT

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """Unbounded text."""
        return PlainText()

    def coerce(self, value: Any) -> str | None:
        """The text as it is."""
        if value is None:
            return None
        text = text_of(value)
        try:
            return clean_line(text)
        except ValueError as refused:
            raise problem("control_character", found=str(refused)) from refused

    def example(self, random: Random, number: int) -> str:
        """The text of the counter."""
        return self.numbering.show(self.start + number, FIRST_DATE)
