"""Text on one line: what text, email, phone and url fields have in common."""

from __future__ import annotations

from abc import abstractmethod
from random import Random
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.problems import problem, shown
from objectforge.metadata.fields.traits import TextRules
from objectforge.metadata.leaves import Whole
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.storage_types import PlainText
from objectforge.values.text import clean_line

__all__ = ["INDEXABLE_LENGTH", "OneLine", "check_indexable", "text_of"]

INDEXABLE_LENGTH = 600
"""The most characters of an indexed text: PostgreSQL's index rows hold 2,704 bytes, a character takes up to four."""


def check_indexable(field: FieldType, length: int) -> None:
    """Refuse an index on text that may be too long for one.

    Raises:
        ParameterError: the field is unique, an external id or indexed, and too long.
    """
    for key in ("unique", "external_id", "indexed"):
        if length > INDEXABLE_LENGTH and getattr(field, key):
            raise ParameterError(
                key,
                f"text of {length} characters cannot be '{key}'",
                f"a length of at most {INDEXABLE_LENGTH} can",
            )


def text_of(value: Any) -> str:
    """The value if it is text at all."""
    if not isinstance(value, str):
        raise problem("text_wanted", value=shown(value))
    return value


class OneLine(FieldType):
    """Text without line breaks, stripped of white space at both ends; the empty text is null."""

    short_form: ClassVar = ("length",)

    length: Annotated[Whole, Field(ge=1, le=4000)] = 255

    def check(self) -> None:
        """Check the common parameters and that an index can hold the text."""
        super().check()
        check_indexable(self, self.length)

    @property
    def text_rules(self) -> TextRules:
        """One line; judged by the types that have a judgement of their own."""
        return TextRules(self.length, judged=type(self).judge is not OneLine.judge)

    def value_type(self) -> ValueType:
        """Text, compared by its key."""
        return ValueType(Kind.TEXT, case_sensitive=self.case_sensitive)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """Unbounded text."""
        return PlainText()

    def coerce(self, value: Any) -> str | None:
        """The stripped text."""
        if value is None:
            return None
        text = text_of(value)
        try:
            line = clean_line(text)
        except ValueError as refused:
            raise problem("control_character", found=str(refused)) from refused
        if line is None:
            return None
        if len(line) > self.length:
            raise problem("text_too_long", length=len(line), max_length=self.length)
        return self.judge(line)

    def judge(self, line: str) -> str:
        """The line if it is one of this type; plain text accepts all."""
        return line

    @abstractmethod
    def example(self, random: Random, number: int) -> str:
        """A believable line."""
