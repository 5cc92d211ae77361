"""Record ids between their two forms: the 64-bit number that is stored and the 18 characters that people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from objectforge.values.ids import BadId, format_id, object_number, parse_id

__all__ = ["RecordIds"]


@dataclass(frozen=True)
class RecordIds:
    """The ids of one org: `objects` gives each object's number and prefix by its API name."""

    objects: Mapping[str, tuple[int, str]]

    @cached_property
    def _by_number(self) -> dict[int, tuple[str, str]]:
        return {number: (name, prefix) for name, (number, prefix) in self.objects.items()}

    @cached_property
    def _by_prefix(self) -> dict[str, int]:
        return {prefix: number for number, prefix in self.objects.values()}

    @cached_property
    def prefixes(self) -> dict[int, str]:
        """The three characters that the ids of each object begin with, by the object's number."""
        return dict(self.objects.values())

    def format(self, id: int) -> str:  # noqa: A002 - the word of the domain
        """The 18 characters of an id.

        Raises:
            ValueError: its object is none of this org's.
        """
        return format_id(id, self._known(id)[1])

    def parse(self, text: str) -> int:
        """The number of an id of 15 or 18 characters.

        Raises:
            BadId: the text is not an id of one of the org's objects.
        """
        return parse_id(text, self._by_prefix)

    def parse_or_none(self, text: str) -> int | None:
        """The number of an id, None when the text is none."""
        try:
            return self.parse(text)
        except BadId:
            return None

    def object_of(self, id: int) -> str:  # noqa: A002 - the word of the domain
        """The API name of the object that the record belongs to.

        Raises:
            ValueError: its object is none of this org's.
        """
        return self._known(id)[0]

    def number(self, object_name: str) -> int:
        """The number of an object.

        Raises:
            KeyError: there is no such object.
        """
        return self.objects[object_name][0]

    def _known(self, id: int) -> tuple[str, str]:  # noqa: A002 - the word of the domain
        found = self._by_number.get(object_number(id))
        if found is None:
            raise ValueError(
                f"{id} is not the id of a record of this org: no object has the number {object_number(id)}"
            )
        return found
