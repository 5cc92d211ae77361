"""Changed records: ids with new values to written records; only what is given is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ValidationError

from objectforge.errors.exceptions import Conflict
from objectforge.records.batch import Batch
from objectforge.records.coerce import check_row
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.identify import identify
from objectforge.records.messages import message
from objectforge.records.result import Result
from objectforge.records.stored import read_stored
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object

__all__ = ["add_updates", "update"]

_ID, _STAMP = "id", "systemmodstamp"


def update(writing: Writing, obj: Object, rows: Sequence[Mapping[str, Any]], *, partial: bool) -> tuple[Result, ...]:
    """Change records: each row has its `Id` and the fields to change; all of them or none, or the good ones.

    A row with `SystemModstamp`, as it was read, is written only if nobody changed the record since.

    Raises:
        RecordInvalid: not `partial`, and a record is refused.
        Conflict: not `partial`, and a record was changed since it was read; or another transaction was quicker.
        HookFailed: a hook raised.
        TypeError: a row is no mapping.
    """
    batch = Batch(writing, writing.forms.of(obj.name))
    add_updates(batch, list(enumerate(rows)), partial=partial)
    return batch.write(partial=partial)


def add_updates(batch: Batch, rows: Sequence[tuple[int, Mapping[str, Any]]], *, partial: bool) -> None:
    """Put rows about records that are there into a batch, each with its place in the whole.

    Raises:
        Conflict: not `partial`, and a record was changed since it was read.
    """
    writing, form, reporter = batch.writing, batch.form, batch.reporter
    seen: dict[int, int] = {}
    found: list[tuple[Draft, dict[str, Any], Any]] = []
    for number, row in rows:
        check_row(row)
        draft = Draft(number, {}, set(), old={})
        fields = dict(row)
        keys = {key.lower(): key for key in fields if key.lower() in (_ID, _STAMP)}
        given = fields.pop(keys[_ID], None) if _ID in keys else None
        stamp = fields.pop(keys[_STAMP], None) if _STAMP in keys else None
        draft.id = identify(writing, form, draft, given, reporter)
        if draft.id is not None and draft.id in seen:
            where, place = writing.place(seen[draft.id])
            reporter.record(draft, f"id_twice_in_{where}", value=writing.ids.text(draft.id), row=place)
        elif draft.id is not None:
            seen[draft.id] = number
            found.append((draft, fields, stamp))
        if draft.issues:
            batch.refused.append(draft)
    stored = read_stored(writing, form, seen)
    for draft, fields, stamp in found:
        assert draft.id is not None, "it has been found"
        old = stored.get(draft.id)
        if old is None:
            reporter.record(draft, "missing_record", object=form.object.name, value=writing.ids.text(draft.id))
        elif old["IsDeleted"]:
            reporter.record(draft, "deleted_itself", value=old["Id"])
        if draft.issues or old is None:
            batch.refused.append(draft)
        else:
            batch.drafts.append(draft)
            draft.old, draft.values = old, dict(old)
            if draft.id in writing.begun:
                draft.begun, draft.start = True, writing.begun[draft.id]
            if stamp is not None and not _fresh(form, stamp, old):
                if not partial:
                    raise Conflict(f"{old['Id']}: {message('stale_record', writing.context.locale.code)}")
                reporter.record(draft, "stale_record")
            batch.intake.take(draft, fields)


def _fresh(form: Form, stamp: Any, old: Mapping[str, Any]) -> bool:
    try:
        return form.validator_of("SystemModstamp").validate_python(stamp) == old["SystemModstamp"]
    except ValidationError:
        return False
