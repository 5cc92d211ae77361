"""A record on its way into the database: the values it will have, what was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from objectforge.errors.record import RecordIssue

__all__ = ["Draft", "LinkValue", "Unreadable"]


@dataclass(frozen=True, slots=True)
class LinkValue:
    """A parent named by one of its unique fields (`Account.Code__c`) instead of its id."""

    target: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in for a value whose text could not be read; no field takes it."""

    text: str
    reason: str


@dataclass(slots=True, eq=False)
class Draft:
    """One record being written. Values are canonical, ids as 18 characters.

    `old` holds the stored values of a record that is there already, None for a new one. `failed` names the fields whose
    value could not be taken: nothing else is said about them.
    """

    row: int
    values: dict[str, Any]
    given: set[str]
    old: Mapping[str, Any] | None = None
    id: int | None = None
    links: dict[str, LinkValue] = field(default_factory=dict[str, LinkValue])
    failed: set[str] = field(default_factory=set[str])
    issues: list[RecordIssue] = field(default_factory=list[RecordIssue])
    begun: bool = False
    """Whether this write finishes what an earlier one of the same file began; `start` is what was there before both."""
    start: Mapping[str, Any] | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is known to be wrong."""
        return not self.issues

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The values before the save as rules see them, None for a new record."""
        return self.start if self.begun else self.old

    def differs(self, name: str) -> bool:
        """Whether the save as rules see it gives the field another value; for a new record, any value."""
        value, before = self.values.get(name), self.before
        return value is not None if before is None else value != before[name]

    def changes(self, name: str) -> bool:
        """Whether the write gives the field another value than it has; for a new record, any value."""
        value = self.values.get(name)
        return value is not None if self.old is None else value != self.old[name]
