"""Where text is shown: how wide lines may be, and whether box-drawing characters come out."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Screen"]

_WIDTH = 100
_NARROWEST = 40


class _Stream(Protocol):
    def isatty(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Screen:
    """The room that text has. `ascii` draws lines with `+-|` and shortens with three dots."""

    width: int = _WIDTH
    ascii: bool = False

    @property
    def ellipsis(self) -> str:
        """What stands for the end of a text that was cut."""
        return "..." if self.ascii else "…"

    @classmethod
    def of(cls, stream: _Stream | None) -> Screen:
        """The screen behind a stream; 100 columns when it is no terminal."""
        if stream is None:
            return cls()
        encoding = getattr(stream, "encoding", None) or "utf-8"
        # Code pages of East Asian Windows have box characters, but consoles draw them two columns wide.
        ascii_only = not encoding.lower().replace("_", "-").startswith("utf")
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if stream.isatty() else _WIDTH
        return cls(max(width, _NARROWEST), ascii_only)

    @classmethod
    def current(cls) -> Screen:
        """The screen behind standard output."""
        return cls.of(sys.stdout)
