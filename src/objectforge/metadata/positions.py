"""Offsets in the value of a YAML scalar to offsets in what was written: through quotes, escapes, folds and blocks.

Each style is scanned again into pieces of (value, start, end), following chapter 7 and 8 of the YAML specification.
A scan counts only when its pieces spell the value that libyaml gave, so a wrong place is never reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

__all__ = ["Piece", "place"]

Piece = tuple[str, int, int]

_BREAK = r"(?:\r\n|\r|\n)"
_FOLD = re.compile(rf"[ \t]*({_BREAK})((?:[ \t]*{_BREAK})*)[ \t]*")
_ESCAPED_FOLD = re.compile(rf"\\{_BREAK}((?:[ \t]*{_BREAK})*)[ \t]*")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEADER = re.compile(rf"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:{_BREAK}|\Z)")
_LINE = re.compile(rf"(?P<indent> *)(?P<text>[^\r\n]*)(?P<end>{_BREAK}|\Z)")


def place(raw: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where `text[start:end]` stands within `raw`, the scalar as written; None when that cannot be told."""
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    if raw == text or raw[1:-1] == text:  # plain or quoted on one line, nothing escaped
        shift = 0 if raw == text else 1
        return start + shift, end + shift
    for pieces in _scans(raw):
        found = _measure(pieces, text)
        if found is not None:
            starts, ends = found
            return starts[start], ends[end - 1] if end > start else starts[start]
    return None


def _scans(raw: str) -> Iterator[Iterable[Piece]]:
    match raw[:1]:
        case "'":
            yield _flow(raw, 1, len(raw) - 1, "'")
        case '"':
            yield _flow(raw, 1, len(raw) - 1, '"')
        case "|" | ">":
            yield from _blocks(raw)
        case _:
            yield _flow(raw, 0, len(raw), "")


def _measure(pieces: Iterable[Piece], text: str) -> tuple[list[int], list[int]] | None:
    """The start and the end of every character of `text`, plus one more start: the place behind the last."""
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for value, start, end in pieces:
        if not text.startswith(value, len(starts)):
            return None
        if len(value) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(value)
            ends += [end] * len(value)
        last = end
    missing = len(text) - len(starts)
    if missing and text[len(starts) :].strip(" \t\n"):
        return None
    starts += [last] * (missing + 1)  # white space at the end of a block lies outside its span
    ends += [last] * missing
    return starts, ends


def _flow(raw: str, at: int, stop: int, quote: str) -> Iterator[Piece]:
    """Plain and quoted scalars: a line break is a space, n more of them n line breaks."""
    while at < stop:
        fold = _FOLD.match(raw, at, stop)
        if fold:
            more = len(re.findall(_BREAK, fold[2]))
            yield "\n" * more or " ", at, fold.end()
            at = fold.end()
        elif quote == "'" and raw.startswith("''", at):
            yield "'", at, at + 2
            at += 2
        elif quote == '"' and raw[at] == "\\":
            piece = _escape(raw, at, stop)
            yield piece
            at = piece[2]
        else:
            yield raw[at], at, at + 1
            at += 1
    yield "", stop, stop


def _escape(raw: str, at: int, stop: int) -> Piece:
    fold = _ESCAPED_FOLD.match(raw, at, stop)
    if fold:
        return "\n" * len(re.findall(_BREAK, fold[1])), at, fold.end()
    found = _ESCAPE.match(raw, at, stop)
    if not found:
        return raw[at], at, at + 1
    letter = found[0][1]
    hexadecimal = found[0][2:]
    return chr(int(hexadecimal, 16)) if hexadecimal else _ESCAPES.get(letter, letter), at, found.end()


def _blocks(raw: str) -> Iterator[Iterable[Piece]]:
    """A block scalar read with each indentation it may have: only a written indentation leaves a choice."""
    header = _HEADER.match(raw)
    if not header:
        return
    lines = [line for line in _LINE.finditer(raw, header.end()) if line[0]]
    widths = [len(line["indent"]) for line in lines if line["text"]]
    folded = raw[0] == ">"
    if not widths:
        return
    for indent in dict.fromkeys((widths[0], *range(min(widths), -1, -1))):
        yield _block(lines, indent, folded=folded)


def _block(lines: list[re.Match[str]], indent: int, *, folded: bool) -> Iterator[Piece]:
    """The lines of a block: each one's text, then its break, folded into a space between two ordinary lines."""
    bodies = [(min(line.start() + indent, line.start("end")), line.start("end"), line.end()) for line in lines]
    text = lines[0].string if lines else ""
    blank = [start == stop for start, stop, _ in bodies]
    filled = [index for index, empty in enumerate(blank) if not empty]
    before = filled[0] if filled else 0
    for start, _, end in bodies[:before]:
        yield "\n", start, end
    for index, following in pairwise((*filled, None)):
        assert index is not None
        start, stop, end = bodies[index]
        yield text[start:stop], start, stop
        if following is None:
            return
        ordinary = text[start] not in " \t" and text[bodies[following][0]] not in " \t"
        empties = following - index - 1
        if not (folded and ordinary):
            yield "\n", stop, end
        elif not empties:
            yield " ", stop, bodies[following][0]
        for first, _, last in bodies[index + 1 : following]:
            yield "\n", first, last
