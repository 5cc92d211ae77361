"""An engine's plan as steps that are said alike for every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Names", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, and the alias of the table that is read from end to end, if one is."""

    text: str
    scanned: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the aliases and indexes of a statement are called outside of the database."""

    objects: Mapping[str, str]
    """Objects by the aliases of their tables."""
    indexes: Mapping[str, Sequence[str]]
    """The fields of indexes by their names."""

    def scan(self, alias: str) -> Step:
        """A table read from end to end; what is no table of an object is what an earlier step made."""
        name = self.objects.get(alias)
        return Step(f"reads every record of {name}", alias) if name else Step("reads what was made before")

    def search(self, alias: str, index: str | None) -> Step:
        """Records found by an index, or by their ids."""
        name = self.objects.get(alias)
        if name is None:
            return Step("looks up what was made before")
        fields = self.indexes.get(index) if index else None
        by = f"the index on {', '.join(fields)}" if fields else "Id"
        return Step(f"finds records of {name} by {by}")
