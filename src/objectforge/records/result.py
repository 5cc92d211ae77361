"""What became of one record of a batch."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.errors.record import RecordIssue

__all__ = ["Result"]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome for one row: written, with the record's id, or refused, with everything that is wrong with it.

    `created` tells a new record from one that was there before.
    """

    ok: bool
    id: str | None
    errors: tuple[RecordIssue, ...] = ()
    created: bool = False
