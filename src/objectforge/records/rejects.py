"""Rows that could not be loaded, in a file of their own: as they were, with the reason beside."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from objectforge.errors.record import RecordIssue
from objectforge.records.headers import REJECT_COLUMNS

__all__ = ["Rejects"]

_SUFFIX = re.compile(r"\.rejects(-\d+)?$")


class Rejects:
    """The rejects file: made with the first rejected row, never over an existing file.

    It is UTF-8, with a byte order mark unless the file it comes from is plain UTF-8 too: programs read it as they read
    that file, and spreadsheets that wanted a mark or another encoding there see what it is.
    """

    def __init__(self, source: str, header: Sequence[str], given: Path | None, *, plain: bool = True) -> None:
        self._source = source
        self._kept = [place for place, text in enumerate(header) if text.strip() not in REJECT_COLUMNS]
        self._header = [header[place] for place in self._kept]
        self._given = given
        self._encoding = "utf-8" if plain else "utf-8-sig"
        self._file: IO[str] | None = None
        self.path: Path | None = None
        self.count = 0

    def add(self, line: int, cells: Sequence[str], issues: Sequence[RecordIssue]) -> None:
        """Write a row with everything that is wrong with it."""
        if self._file is None:
            self._file = self._open()
            csv.writer(self._file).writerow([*self._header, *REJECT_COLUMNS])
        original = [cells[place] if place < len(cells) else "" for place in self._kept]
        codes = "; ".join(dict.fromkeys(issue.code for issue in issues))
        fields = "; ".join(dict.fromkeys(field for issue in issues for field in issue.fields))
        reasons = "; ".join(issue.message for issue in issues)
        csv.writer(self._file).writerow([*original, line, codes, fields, reasons])
        self.count += 1

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> IO[str]:
        if self._given is not None:
            self.path = self._given
            return self._given.open("x", encoding=self._encoding, newline="")
        stem = _SUFFIX.sub("", Path(self._source).stem.strip("<>") or "load")
        number = 1
        while True:
            self.path = Path(f"{stem}.rejects{'' if number == 1 else f'-{number}'}.csv").absolute()
            try:
                return self.path.open("x", encoding=self._encoding, newline="")
            except FileExistsError:
                number += 1
