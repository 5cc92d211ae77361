"""The field type `rich_text`."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from objectforge.metadata.fields.many_lines import ManyLines
from objectforge.metadata.fields.samples import WORDS

__all__ = ["RichText"]


class RichText(ManyLines):
    """Text with HTML markup, kept as written: whoever shows it cleans it."""

    type_name: ClassVar = "rich_text"
    summary: ClassVar = "HTML, at most `length` characters with its markup; nothing is sorted or grouped by it."
    examples: ClassVar = ("<p>Hello <b>world</b></p>", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>", "plain")

    def example(self, random: Random, number: int) -> str:
        """A paragraph with the number."""
        return f"<p>{random.choice(WORDS)} <b>{number}</b></p>"
