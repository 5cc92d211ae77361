"""What uses a thing of the metadata, and how many records hold it: as a value that prints itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Literal

__all__ = ["Usage", "Use", "ValueCount"]


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A definition that names the thing: what it is, its name, and in which of its keys."""

    kind: str
    name: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.keys)})" if self.keys else self.name


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A picklist value: how many records hold it, and whether new ones may (active), or may not, or it is held."""

    value: str
    records: int
    state: Literal["active", "inactive", "held", "undeclared"]


@dataclass(frozen=True, slots=True)
class Usage:
    """What uses an object, a field or a picklist value.

    `records` counts those that are there, have a value, or hold the value, the recycle bin included; None for a field
    that no record holds, being computed. `total` are the object's records. `values` are a picklist's.
    """

    name: str
    what: Literal["object", "field", "value"]
    uses: tuple[Use, ...]
    total: int
    records: int | None
    values: tuple[ValueCount, ...] = ()
    held: bool = False

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def to_dict(self) -> Mapping[str, Any]:
        """The usage as plain data."""
        return asdict(self)

    def _lines(self) -> Iterator[str]:
        yield f"{self.name}: {self._records()}{', held' if self.held else ''}"
        for one in self.values:
            state = "" if one.state == "active" else f" ({one.state})"
            yield f"  {one.value}: {one.records:,}{state}"
        if not self.uses:
            yield "nothing uses it"
        for kind, group in groupby(self.uses, key=lambda use: use.kind):
            yield kind
            for use in group:
                yield f"  {use}"

    def _records(self) -> str:
        match self.what, self.records:
            case _, None:
                return "computed"
            case "object", count:
                return f"{count:,} record{'' if count == 1 else 's'}"
            case "field", count:
                return f"a value in {count:,} of {self.total:,} records"
            case _, count:
                return f"in {count:,} of {self.total:,} records"
