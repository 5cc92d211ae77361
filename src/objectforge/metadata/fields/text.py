"""The field type `text`."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from objectforge.metadata.fields.one_line import OneLine
from objectforge.metadata.fields.samples import WORDS

__all__ = ["Text"]


class Text(OneLine):
    """One line of text."""

    type_name: ClassVar = "text"
    summary: ClassVar = "One line of text, at most `length` characters."
    examples: ClassVar = (
        "a",
        "x" * 255,
        "O'Neill & Söhne",
        "株式会社アクメ 東京",
        "NO",
        "007",
        "=1+1",
        "𠮷野家 🍜",
        "%_\\",
    )

    def example(self, random: Random, number: int) -> str:
        """A few words and the number, as far as they fit."""
        return _fit(f"{random.choice(WORDS)} {random.choice(WORDS).lower()}", str(number), self.length)


def _fit(words: str, number: str, length: int) -> str:
    room = length - len(number) - 1
    return f"{words[:room].strip()} {number}" if room > 0 else number[-length:]
