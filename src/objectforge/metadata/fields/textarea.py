"""The field type `textarea`."""

from __future__ import annotations

from random import Random
from typing import Annotated, ClassVar

from pydantic import Field

from objectforge.metadata.fields.many_lines import ManyLines
from objectforge.metadata.fields.one_line import check_indexable
from objectforge.metadata.fields.samples import WORDS
from objectforge.metadata.leaves import Whole
from objectforge.values.kinds import Kind, ValueType

__all__ = ["TextArea"]


class TextArea(ManyLines):
    """A short text of several lines."""

    type_name: ClassVar = "textarea"
    summary: ClassVar = "A short text of several lines, at most `length` characters; compared and filtered like text."
    examples: ClassVar = ("1 Main St\nSuite 5", "x" * 255, "  indented\n\tand tabbed  ", "一丁目\n二番地")

    unusable: ClassVar = frozenset[str]()

    length: Annotated[Whole, Field(ge=1, le=4000)] = 255

    def check(self) -> None:
        """Check the common parameters and that an index can hold the text."""
        super().check()
        check_indexable(self, self.length)

    def value_type(self) -> ValueType:
        """Text, compared by its key."""
        return ValueType(Kind.TEXT, case_sensitive=self.case_sensitive)

    def example(self, random: Random, number: int) -> str:
        """Two lines with the number."""
        return f"{random.choice(WORDS)} note {number}\n{random.choice(WORDS)}"[-self.length :].strip()
