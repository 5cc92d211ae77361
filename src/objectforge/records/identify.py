"""What callers give to say which record they mean - an id, a record - to the id's number."""

from __future__ import annotations

from typing import Any

from objectforge.query.record import Record
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.report import Reporter
from objectforge.records.writing import Writing
from objectforge.values.ids import BadId, IdProblem

__all__ = ["BAD_ID_KEYS", "identify"]

BAD_ID_KEYS = {IdProblem.WRONG_CHECKSUM: "wrong_checksum", IdProblem.UNKNOWN_PREFIX: "no_such_record"}
"""The message keys of what can be wrong with an id; `malformed_id` for the rest."""


def identify(writing: Writing, form: Form, draft: Draft, given: Any, reporter: Reporter) -> int | None:
    """The number of a record of the form's object; None with an issue where nothing of that object is meant."""
    text = given["Id"] if isinstance(given, Record) else given
    if text is None or text == "":
        reporter.record(draft, "missing_id")
        return None
    field = form.object.fields["Id"]
    try:
        number = writing.ids.number(text.strip() if isinstance(text, str) else "")
    except BadId as wrong:
        reporter.field(draft, field, BAD_ID_KEYS.get(wrong.reason, "malformed_id"), value=str(text)[:40])
        return None
    found = writing.ids.object_of(number)
    if found != form.object.name:
        other = reporter.object_label(form.schema.objects[found])
        wanted = reporter.object_label(form.object)
        reporter.field(draft, field, "wrong_object", value=text, found=other, wanted=wanted)
        return None
    return number
