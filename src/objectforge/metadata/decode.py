"""The bytes of a file to a source text: UTF-8, with or without a byte order mark, or an issue that says why not."""

from __future__ import annotations

import codecs
import re

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span
from objectforge.metadata.characters import refuse_characters

__all__ = ["decode"]

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAMPLE = 4096
_HINT = "save the file as UTF-8"
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{2}")


def decode(data: bytes, name: str) -> tuple[Source | None, tuple[Issue, ...]]:
    """The text of a file, or None and an issue at the first byte that is not UTF-8 text.

    A byte order mark is no part of the text: offsets count from behind it.
    """
    wide = _wide(data)
    if wide:
        source = Source(name, data[:_SAMPLE].decode(wide[1], "replace").removeprefix("\ufeff"))
        message = f"the file is {wide[0]} text; metadata is read as UTF-8"
        return None, (Issue("OF001", message, Span(source, 0, 0), _HINT),)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, (_refuse(data, error.start, name),)
    issues = refuse_characters(source)
    return (None if issues else source), issues


def _refuse(data: bytes, at: int, name: str) -> Issue:
    offset = len(data[:at].decode("utf-8"))
    source = Source(name, data.decode("utf-8", "replace"))
    guess = _guess(data, at)
    message = f"the file is not UTF-8 text: byte 0x{data[at]:02X}" + (f"; {guess}" if guess else "")
    return Issue("OF001", message, Span(source, offset, offset + 1), _HINT)


def _wide(data: bytes) -> tuple[str, str] | None:
    """The name and codec of UTF-16 or UTF-32, told by its mark, or by NUL bytes where ASCII has its zeros."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, name.lower()
    head = data[:4]
    match [byte == 0 for byte in head]:
        case [False, True, True, True]:
            return "UTF-32", "utf-32-le"
        case [True, True, True, False]:
            return "UTF-32", "utf-32-be"
        case [False, True, False, True]:
            return "UTF-16", "utf-16-le"
        case [True, False, True, False]:
            return "UTF-16", "utf-16-be"
        case _:
            return None


def _guess(data: bytes, at: int) -> str | None:
    """What the bytes look like instead, when that can be told."""
    sample = data[at : at + _SAMPLE]
    if b"\0" in data[: at + _SAMPLE]:
        return "it looks like a binary file"
    # the sample may cut a character in two, so its last bytes are decoded leniently
    for codec, name in (("cp932", "Shift_JIS (cp932)"), ("euc_jp", "EUC-JP")):
        text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
        if "\ufffd" not in text and _JAPANESE.search(text):
            return f"it looks like {name}"
    if not any(byte < 0x20 and byte not in b"\t\r\n" for byte in sample):
        return "it looks like Latin-1 (cp1252)"
    return None
