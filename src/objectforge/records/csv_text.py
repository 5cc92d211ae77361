"""CSV files to rows of cells, one at a time: the encoding found, every row with the line it begins at."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["BrokenFile", "CsvRow", "CsvText", "detect_encoding", "open_csv"]

_BLOCK = 1 << 20
_LONGEST_CELL = 64 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENCODINGS = ("utf-8", "cp932")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zipped ones, and those before


class BrokenFile(ValueError):
    """The file cannot be read as CSV at all; the message says where and why."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row and the line it begins at, from 1. `broken` says why the line cannot be taken apart."""

    line: int
    cells: Sequence[str]
    broken: str | None = None


@dataclass
class CsvText:
    """An open file. `rows` gives every row that is not blank; `position` is how many bytes have been read.

    `plain` tells that it is UTF-8 without a byte order mark.
    """

    name: str
    text: IO[str]
    delimiter: str
    size: int | None = None
    binary: IO[bytes] | None = None
    plain: bool = True

    @property
    def position(self) -> int | None:
        """How many bytes have been read, of a file of `size`."""
        return None if self.binary is None else self.binary.tell()

    def rows(self) -> Iterator[CsvRow]:
        """The rows in order.

        Raises:
            BrokenFile: a quote is never closed, a cell is endless, or there are bytes that the encoding does not have.
        """
        # The limit is the whole process's; a larger one takes nothing from other readers.
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        lines = _Lines(self.text)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            lines.taken.clear()
            try:
                cells = next(reader, None)
            except csv.Error as wrong:
                reason = str(wrong)
                if "end of data" in reason:
                    raise BrokenFile(
                        f"{self.name}, line {line}: a quote is opened in the row that begins here and never closed"
                    ) from wrong
                if "field limit" in reason:
                    raise BrokenFile(
                        f"{self.name}, line {line}: a cell of the row that begins here is longer than "
                        f"{_LONGEST_CELL >> 20} MB; is a quote not closed?"
                    ) from wrong
                yield CsvRow(line, ["".join(lines.taken).rstrip("\r\n")], reason)
                continue
            except UnicodeDecodeError as wrong:
                raise BrokenFile(f"{self.name}, after line {line}: {_undecodable(wrong)}") from wrong
            if cells is None:
                return
            if cells:
                yield CsvRow(line, cells)


@contextmanager
def open_csv(
    source: str | os.PathLike[str] | IO[str], *, encoding: str | None = None, delimiter: str = ","
) -> Generator[CsvText]:
    """Open a file by its path, or read on in a text stream, which stays open.

    Raises:
        BrokenFile: the file is in none of the encodings, or there is no such encoding.
        OSError: it cannot be opened.
    """
    if not isinstance(source, str | os.PathLike):
        yield CsvText(getattr(source, "name", None) or "<stream>", source, delimiter)
        return
    path = Path(source)
    with path.open("rb") as binary:
        if binary.read(4) in _SPREADSHEETS:
            raise BrokenFile(f"{path.name} is a spreadsheet or an archive, no CSV; save it as CSV in its program")
        binary.seek(0)
        chosen = encoding or detect_encoding(binary, path.name)
        try:
            codecs.lookup(chosen)
            "".encode(chosen)  # a codec may be one of bytes, such as base64
        except LookupError as unknown:
            raise BrokenFile(f"there is no encoding {chosen!r}; utf-8 and cp932 are some") from unknown
        binary.seek(0)
        text = io.TextIOWrapper(binary, encoding="utf-8-sig" if chosen == "utf-8" else chosen, newline="")
        yield CsvText(path.name, text, delimiter, path.stat().st_size, binary, chosen == "utf-8")


def detect_encoding(binary: IO[bytes], name: str) -> str:
    """UTF-8 with or without a mark, else cp932, as far as every byte of the file fits.

    Raises:
        BrokenFile: it is neither.
    """
    start = binary.read(4)
    for mark, found in _BOMS:
        if start.startswith(mark):
            return found
    wrong: UnicodeDecodeError | None = None
    for encoding in _ENCODINGS:
        binary.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while block := binary.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            wrong = wrong or error
            continue
        return encoding
    assert wrong is not None, "both have failed"
    raise BrokenFile(
        f"{name} is neither UTF-8 nor cp932 text: {_undecodable(wrong)}; say which it is: encoding='latin-1'"
    ) from wrong


class _Lines:
    """Lines as they are read, those of the row at hand remembered."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.taken.append(line)
        return line


def _undecodable(wrong: UnicodeDecodeError) -> str:
    found = wrong.object[wrong.start : wrong.start + 1]
    return f"the byte 0x{found.hex()} is no character of {wrong.encoding}"
