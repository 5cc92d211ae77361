"""New records: rows of values to written records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from objectforge.records.batch import Batch
from objectforge.records.coerce import check_row
from objectforge.records.draft import Draft
from objectforge.records.result import Result
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object

__all__ = ["create"]


def create(writing: Writing, obj: Object, rows: Sequence[Mapping[str, Any]], *, partial: bool) -> tuple[Result, ...]:
    """Write new records of an object: all of them or none, or with `partial` the good ones; a result per row.

    Raises:
        RecordInvalid: not `partial`, and a record is refused.
        Conflict: another transaction was quicker.
        HookFailed: a hook raised.
        TypeError: a row is no mapping.
    """
    batch = Batch(writing, writing.forms.of(obj.name))
    for number, row in enumerate(rows):
        check_row(row)
        draft = Draft(number, {}, set())
        batch.intake.take(draft, row)
        batch.drafts.append(draft)
    return batch.write(partial=partial)
