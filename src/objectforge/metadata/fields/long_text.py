"""The field type `long_text`."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from objectforge.metadata.fields.many_lines import ManyLines
from objectforge.metadata.fields.samples import WORDS

__all__ = ["LongText"]


class LongText(ManyLines):
    """A long text of several lines."""

    type_name: ClassVar = "long_text"
    summary: ClassVar = "A long text of several lines, at most `length` characters; nothing is sorted or grouped by it."
    examples: ClassVar = ("One line", "First\n\nThird\tcell", "あ" * 32768)

    def example(self, random: Random, number: int) -> str:
        """Three lines with the number."""
        lines = [f"{random.choice(WORDS)} {random.choice(WORDS).lower()} {number}" for _ in range(3)]
        return "\n".join(lines)[: self.length].strip()
