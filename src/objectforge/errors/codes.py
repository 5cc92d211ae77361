"""Every issue code, with the sentence that explains it. Codes never change their meaning.

Ranges: OF0 reading YAML, OF1 definitions and fields, OF2 names and relationships, OF3 expressions, OF4 list views,
layouts and dashboards, OF5 reports, OF6 packages and settings, OF7 plans, OF8 queries at run time.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODES", "Code"]


@dataclass(frozen=True, slots=True)
class Code:
    """What an issue code means: a title, and a paragraph for the error pages and `objectforge explain`."""

    title: str
    text: str


CODES: dict[str, Code] = {}
