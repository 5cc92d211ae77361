"""What the database cannot compute, as an exception that says so by name."""

from __future__ import annotations

__all__ = ["UnsupportedInSql"]


class UnsupportedInSql(Exception):
    """Something that only Python computes; `name` says what."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
