"""Ids in both forms, each worked out once: the same few parents and users come again and again in a batch."""

from __future__ import annotations

from objectforge.storage.record_ids import RecordIds

__all__ = ["IdMemo"]


_MOST = 50_000


class IdMemo:
    """Remembers what ids look like, for one transaction; never more than so many, for a load may make millions."""

    def __init__(self, ids: RecordIds) -> None:
        self._ids = ids
        self._texts: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def text(self, number: int) -> str:
        """The 18 characters of an id."""
        found = self._texts.get(number)
        if found is None:
            self._forget()
            found = self._texts[number] = self._ids.format(number)
            self._numbers[found] = number
        return found

    def number(self, text: str) -> int:
        """The number of an id of 15 or 18 characters.

        Raises:
            BadId: it is no id of this org.
        """
        found = self._numbers.get(text)
        if found is None:
            self._forget()
            found = self._numbers[text] = self._ids.parse(text)
        return found

    def object_of(self, number: int) -> str:
        """The object that a record belongs to."""
        return self._ids.object_of(number)

    def _forget(self) -> None:
        if len(self._numbers) >= _MOST:
            self._texts.clear()
            self._numbers.clear()
