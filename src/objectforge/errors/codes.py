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


CODES: dict[str, Code] = {
    "OF001": Code(
        "not UTF-8", "Metadata files are UTF-8 text, with or without a byte order mark. Save the file as UTF-8."
    ),
    "OF002": Code(
        "character not allowed",
        "Control characters, halves of surrogate pairs and invisible line separators may not stand in a YAML file. "
        "Where one is meant, write it as an escape inside double quotes.",
    ),
    "OF003": Code(
        "too large",
        "A file is at most 10 MB long and 64 levels deep and holds at most 200,000 keys and values, where every alias "
        "counts as the whole value it repeats.",
    ),
    "OF004": Code("not YAML", "The text cannot be read as YAML. The message says what was met, the hint what to type."),
    "OF005": Code("tab", "YAML is indented with spaces; a tab may not stand there."),
    "OF006": Code("quote never closed", "A text begins with a quote that is not closed before the file ends."),
    "OF010": Code("duplicate key", "A key stands twice in one mapping. Keep one of them, or merge what they hold."),
    "OF011": Code("not a key", "A key is a name: not null, not a mapping or a list, not an alias."),
    "OF012": Code("merge key", "Merge keys (`<<`) are not read. Write the keys out."),
    "OF013": Code("tag", "YAML tags (`!name`, `!!type`) are not read. Quote a text that begins with `!`."),
    "OF014": Code("second document", "A file holds one YAML document. Move what follows `---` to a file of its own."),
    "OF015": Code("unknown alias", "An alias (`*name`) repeats the value that an anchor (`&name`) marks above it."),
}
