"""Group keys: how a row's value becomes its group, how groups order, and what is shown of one.

Choices where the contract leaves one:

- Null stays null in both kinds of bucket, also when `other:` is given.
- Labels of a bucket order as they are defined, then `other`; values left to themselves follow in their own order.
- A missing record's checkbox is null as a key, not false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from oracle.grains import Grain, grain_of
from oracle.joined import Joined
from oracle.numbers import number
from oracle.order import Rank, identity, rank
from oracle.world import Value

__all__ = ["GroupBucket", "Key", "Place", "RangeBucket"]


@dataclass(frozen=True)
class RangeBucket:
    """Ranges that include their upper limit."""

    limits: tuple[Decimal, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class GroupBucket:
    """Values gathered under labels."""

    groups: Mapping[str, tuple[str, ...]]
    other: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a row falls under one key: equal groups have equal identities; `shown` is one candidate."""

    identity: Any
    rank: Rank
    shown: Value


@dataclass(frozen=True)
class Key:
    """A group key."""

    path: str
    name: str | None = None
    by: Grain | None = None
    bucket: RangeBucket | GroupBucket | None = None

    @property
    def key(self) -> str:
        """Its name in results."""
        return self.name or self.path

    def written(self) -> object:
        """As YAML has it."""
        entry: dict[str, object] = {"field": self.path}
        if self.name:
            entry["as"] = self.name
        if self.by:
            entry["by"] = self.by
        match self.bucket:
            case RangeBucket(limits, labels):
                entry |= {"bucket": [f"{limit:f}" for limit in limits], "labels": list(labels)}
            case GroupBucket(groups, other):
                entry["bucket"] = {label: list(values) for label, values in groups.items()}
                entry |= {"other": other} if other else {}
            case None:
                pass
        return entry if len(entry) > 1 else self.path

    def place(self, row: Joined) -> Place:
        value, field = row.value(self.path), row.field(self.path)
        if value is None:
            return Place(None, (0,), None)
        if self.by:
            assert isinstance(value, date)
            part = grain_of(value, self.by, row.world.calendar)
            return Place(part, (1, part), part)
        match self.bucket:
            case RangeBucket(limits, labels):
                above = sum(number(value) > limit for limit in limits)
                return Place(above, (1, above), labels[above])
            case GroupBucket(groups, other):
                for place, (label, values) in enumerate(groups.items()):
                    if identity(value, field) in [identity(one, field) for one in values]:
                        return Place(place, (1, place), label)
                if other is not None:
                    return Place(len(groups), (1, len(groups)), other)
                return Place((identity(value, field),), (1, len(groups), *rank(value, field, row.world)), value)
            case None:
                return Place(identity(value, field), rank(value, field, row.world), value)
