"""What a conversion had to change or leave out: reasons with the places they apply to."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Changes"]


class Changes:
    """Reasons, each with its places in the order they were met."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def add(self, reason: str, place: str) -> None:
        """Note one more place."""
        self._places.setdefault(reason, []).append(place)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many places each reason has."""
        return {reason: len(places) for reason, places in sorted(self._places.items())}

    @property
    def places(self) -> Mapping[str, list[str]]:
        """The places of each reason."""
        return self._places
