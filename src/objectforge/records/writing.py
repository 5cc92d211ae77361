"""What a write runs in: the query context, the objects' forms, the hooks, and what is to be done after commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from objectforge.metadata.fields.base import Reading
from objectforge.query.context import Context
from objectforge.records.forms import Forms
from objectforge.records.hooks import Hooks
from objectforge.records.id_memo import IdMemo

__all__ = ["Writing"]


@dataclass(frozen=True)
class Writing:
    """Everything a write needs besides its records; made for one transaction.

    `org` is handed to the hooks as it is. `after_commit` gathers what the caller has to call once the transaction is
    committed.
    """

    context: Context
    forms: Forms
    hooks: Hooks = field(default_factory=Hooks)
    org: Any = None
    after_commit: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    lines: list[int] = field(default_factory=list[int])
    """The lines of a file that the rows at hand come from, by their place; empty for rows that a caller gave."""

    later: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    """The lookups of the rows at hand that a file fills later, by their place."""
    begun: dict[int, Mapping[str, Any] | None] = field(default_factory=dict[int, Mapping[str, Any] | None])
    """Records whose lookups a file fills later, by id, as they were before the file: None for those it made."""

    @cached_property
    def ids(self) -> IdMemo:
        """Ids in both forms."""
        return IdMemo(self.context.ids)

    def comes_later(self, row: int) -> frozenset[str]:
        """The lookups of a row that are filled once the whole file is there; rules that read them wait for that."""
        return self.later[row] if self.later else frozenset()

    def place(self, row: int) -> tuple[str, int]:
        """Where a row stands for the person who gave it: its place in the `batch`, or its line in the `file`."""
        return ("file", self.lines[row]) if self.lines else ("batch", row)

    @property
    def reading(self) -> Reading:
        """How texts are read as values."""
        return Reading(self.context.moment.calendar.zone)
