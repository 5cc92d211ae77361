"""The rules of text: how what is typed becomes what is stored, and by which key it is compared."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache

__all__ = [
    "CaseMap", "clean_line", "clean_lines", "compare_key", "fold_key", "lower_map", "lower_simple", "storable",
    "upper_map", "upper_simple",
]  # fmt: skip

# Unicode's White_Space property. str.strip() would also take U+001C..U+001F, which are control characters to refuse.
_WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_REFUSED_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_REFUSED_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# PostgreSQL refuses NUL; lone surrogates have no UTF-8 form, so no engine could store them.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ASCII_FOLD = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}

CaseMap = tuple[str, str]
"""Two texts of one length: each character of the first becomes the one at its place in the second."""


def clean_line(text: str) -> str | None:
    """Strip Unicode white space from both ends; the empty text is None.

    Raises:
        ValueError: there is a control character (a line break or tab too) inside.
    """
    if text.isascii() and text.isprintable():  # most texts: no white space but the space itself, and nothing to refuse
        return text.strip(" ") or None
    stripped = text.strip(_WHITE_SPACE)
    _refuse(_REFUSED_IN_LINE, stripped)
    return stripped or None


def storable(text: str) -> bool:
    """Whether every engine could hold the text: none takes NUL, and half of a surrogate pair has no UTF-8 form."""
    return _UNSTORABLE.search(text) is None


def clean_lines(text: str) -> str | None:
    r"""Make line ends `\n`; nothing is stripped, but a text of nothing but white space is None.

    Raises:
        ValueError: there is a control character other than line breaks and tabs.
    """
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    if not joined.strip(_WHITE_SPACE):
        return None
    _refuse(_REFUSED_IN_LINES, joined)
    return joined


def fold_key(text: str) -> str:
    """Return the text with A-Z made small and nothing else changed.

    Order by code point is what every engine gives: SQLite's NOCASE, and PostgreSQL's `lower(x COLLATE "C")`.
    """
    return text.lower() if text.isascii() else text.translate(_ASCII_FOLD)


def compare_key(text: str, *, case_sensitive: bool = False) -> str:
    """Return what is compared, grouped and sorted in place of the text."""
    return text if case_sensitive else fold_key(text)


def upper_simple(text: str) -> str:
    """Return the text in capitals, one character for one: `ß` has no single capital and stays."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def lower_simple(text: str) -> str:
    """Return the text in small letters, one character for one: `İ` becomes two and so stays."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


@cache
def upper_map() -> CaseMap:
    """Return every character that `upper_simple` changes and what it becomes, for SQL's `translate`."""
    return _case_map(_upper)


@cache
def lower_map() -> CaseMap:
    """Return every character that `lower_simple` changes and what it becomes, for SQL's `translate`."""
    return _case_map(_lower)


def _case_map(change: Callable[[str], str]) -> CaseMap:
    pairs = [(char, change(char)) for char in map(chr, range(sys.maxunicode + 1)) if change(char) != char]
    return "".join(before for before, _ in pairs), "".join(after for _, after in pairs)


def _upper(character: str) -> str:
    changed = character.upper()
    return changed if len(changed) == 1 else character


def _lower(character: str) -> str:
    changed = character.lower()
    return changed if len(changed) == 1 else character


def _refuse(refused: re.Pattern[str], text: str) -> None:
    if found := refused.search(text):
        raise ValueError(f"control character U+{ord(found.group()):04X} at position {found.start() + 1}")
