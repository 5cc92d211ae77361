"""The characters that may not stand in a YAML file, each with its place and what to do about it."""

from __future__ import annotations

import re
import unicodedata

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span

__all__ = ["BYTE_ORDER_MARK", "refuse_characters"]

BYTE_ORDER_MARK = "\ufeff"

# YAML 1.2 section 5.1, less the separators that libyaml takes for line breaks and editors do not
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)  # fmt: skip
_SEPARATORS = "\x85\u2028\u2029"


def refuse_characters(source: Source) -> tuple[Issue, ...]:
    """An issue at the first character that YAML does not allow; a byte order mark may come first."""
    found = _FORBIDDEN.search(source.text, 1 if source.text.startswith(BYTE_ORDER_MARK) else 0)
    if not found:
        return ()
    char = found[0]
    message = f"the character U+{ord(char):04X} ({_name(char)}) may not stand in a YAML file"
    return (Issue("OF002", message, Span(source, *found.span()), _hint(char)),)


def _name(char: str) -> str:
    match char:
        case "\0":
            return "NUL"
        case "\ufeff":
            return "a byte order mark"
        case _ if "\ud800" <= char <= "\udfff":
            return "half of a surrogate pair"
        case _:
            return unicodedata.name(char, "a control character").lower()


def _hint(char: str) -> str:
    match char:
        case "\0":
            return "this looks like a binary file, or not like UTF-8: save the file as UTF-8"
        case _ if char in _SEPARATORS:
            return f'delete it; where it is meant, write "\\u{ord(char):04x}" inside double quotes'
        case _ if ord(char) < 0x100 and char != "\x7f":
            return f'delete it; where it is meant, write "\\x{ord(char):02x}" inside double quotes'
        case _:
            return "delete it and save the file as UTF-8"
