"""Text of several lines: what textarea, long_text and rich_text fields have in common."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.one_line import text_of
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.traits import TextRules
from objectforge.metadata.leaves import Whole
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.storage_types import PlainText
from objectforge.values.text import clean_lines

__all__ = ["ManyLines"]


class ManyLines(FieldType):
    r"""Text with line breaks, kept as it is but for line ends, which become `\n`; nothing but white space is null."""

    short_form: ClassVar = ("length",)
    unusable: ClassVar = frozenset({"unique", "external_id", "indexed", "case_sensitive"})

    length: Annotated[Whole, Field(ge=1, le=131072)] = 32768

    @property
    def text_rules(self) -> TextRules:
        """Any lines."""
        return TextRules(self.length, lines=True)

    def value_type(self) -> ValueType:
        """Text too long to compare."""
        return ValueType(Kind.TEXT, searchable=False)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """Unbounded text."""
        return PlainText()

    def coerce(self, value: Any) -> str | None:
        """The text with plain line ends."""
        if value is None:
            return None
        text = text_of(value)
        try:
            lines = clean_lines(text)
        except ValueError as refused:
            raise problem("control_character", found=str(refused)) from refused
        if lines is not None and len(lines) > self.length:
            raise problem("text_too_long", length=len(lines), max_length=self.length)
        return lines
