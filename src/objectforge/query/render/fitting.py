"""Texts made to fit cells of a terminal, where East Asian characters are two columns wide."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

__all__ = ["one_line", "pad", "shorten", "width_of", "wrap"]

_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Categories that a terminal would act upon, or show as nothing."""
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing, and with it the cells around."""

_NEVER_FIRST = frozenset("、。，．・：；！？）」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
"""What Japanese writing does not begin a line with."""


def one_line(text: str) -> str:
    """The text on one line: breaks, tabs and whatever else could move the cursor are spaces, runs of them one."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join("".join(" " if _moves(char) else char for char in text).split())


def _moves(char: str) -> bool:
    return char in _TURNS or unicodedata.category(char) in _UNSEEN


def width_of(text: str) -> int:
    """How many columns a text takes."""
    return cell_len(text)


def shorten(text: str, width: int, ellipsis: str) -> str:
    """The text, its end replaced by the ellipsis where it does not fit."""
    if cell_len(text) <= width:
        return text
    return _start(text, max(width - len(ellipsis), 0)).rstrip() + ellipsis[:width]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces; `right` puts them before it."""
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> list[str]:
    """The text in lines, broken between words where there are any, its own line breaks kept."""
    return [line for written in text.splitlines() for line in _lines(one_line(written), width)]


def _lines(text: str, width: int) -> list[str]:
    lines: list[str] = []
    while cell_len(text) > width:
        line = _start(text, width) or text[0]
        space = line.rfind(" ") if text[len(line) : len(line) + 1] != " " else len(line)
        # A word longer than half a line is broken, and so is writing that knows no spaces.
        if space > len(line) // 2:
            line = line[:space]
        elif len(line) > 1 and text[len(line)] in _NEVER_FIRST:
            line = line[:-1]
        lines.append(line.rstrip())
        text = text[len(line) :].lstrip()
    return [*lines, text] if text or not lines else lines


def _start(text: str, width: int) -> str:
    """As much of the text's start as fits."""
    used = 0
    for place, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return text[:place]
    return text
