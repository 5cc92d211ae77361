"""Rows that are created or change what is there, found by the value of one field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ValidationError

from objectforge.records.batch import Batch
from objectforge.records.coerce import check_row
from objectforge.records.draft import Draft
from objectforge.records.forms import Form, UniqueKey
from objectforge.records.links import find_by
from objectforge.records.result import Result
from objectforge.records.update import add_updates
from objectforge.records.writing import Writing
from objectforge.relations.schema import Field, Object

__all__ = ["upsert", "upsert_field"]

_Row = tuple[int, Mapping[str, Any]]


def upsert_field(obj: Object, name: str) -> Field:
    """The field by which records may be found.

    Raises:
        ValueError: there is no such field, or it does not tell records apart.
    """
    field = obj.field(name)
    fields = [each.name for each in obj.stored_fields if each.writable and (each.type.unique or each.type.external_id)]
    if field is None or (field.name not in fields and field.name != "Id"):
        known = ", ".join(["Id", *fields])
        raise ValueError(f"{obj.name} records cannot be found by {name!r}; a unique field or external id can: {known}")
    return field


def upsert(
    writing: Writing, obj: Object, rows: Sequence[Mapping[str, Any]], *, by: str, partial: bool
) -> tuple[Result, ...]:
    """Change the records whose field `by` has the row's value, create those that are not there.

    Raises:
        ValueError: records cannot be found by that field.
        RecordInvalid: not `partial`, and a record is refused.
        Conflict: another transaction was quicker.
        HookFailed: a hook raised.
        TypeError: a row is no mapping.
    """
    field = upsert_field(obj, by)
    form = writing.forms.of(obj.name)
    batch = Batch(writing, form)
    for row in rows:
        check_row(row)
    numbered = list(enumerate(rows))
    if field.name == "Id":
        new = [(number, _without(row, "Id")) for number, row in numbered if not _given(row, obj, field)]
        old = [(number, row) for number, row in numbered if _given(row, obj, field)]
    else:
        new, old = _sorted(batch, form, field, numbered)
    add_updates(batch, old, partial=partial)
    for number, row in new:
        draft = Draft(number, {}, set())
        batch.intake.take(draft, row)
        batch.drafts.append(draft)
    return batch.write(partial=partial)


def _sorted(batch: Batch, form: Form, field: Field, rows: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Tell new rows from those about records that are there; what is neither becomes a draft with its issue."""
    key = UniqueKey((field,))
    keys: list[tuple[int, Mapping[str, Any], tuple[Any, ...] | None, Any]] = []
    for number, row in rows:
        try:
            value = form.validator_of(field.name).validate_python(_given(row, form.object, field))
        except ValidationError:
            value = None
            keys.append((number, row, None, object()))
            continue
        keys.append((number, row, key.of({field.name: value}), value))
    found = find_by(batch.writing, form, key, [value for _, _, of, value in keys if of is not None])
    new: list[_Row] = []
    old: list[_Row] = []
    first: dict[tuple[Any, ...], int] = {}
    for number, row, of, value in keys:
        ids = found.get(of, ()) if of is not None else ()
        if of is not None and of in first:
            shown = field.type.to_text(value)
            where, place = batch.writing.place(first[of])
            _refuse(batch, field, number, f"duplicate_in_{where}", value=shown, row=place)
        elif of is None and value is None:
            _refuse(batch, field, number, "upsert_key_missing")
        elif len(ids) > 1:
            _refuse(batch, field, number, "upsert_several", value=field.type.to_text(value))
        elif ids:
            old.append((number, {**_without(row, "Id"), "Id": batch.writing.ids.text(ids[0])}))
        else:
            new.append((number, row))  # a key that cannot be read is reported with the row's other values
        if of is not None:
            first.setdefault(of, number)
    return new, old


def _refuse(batch: Batch, field: Field, number: int, key: str, **context: Any) -> None:
    draft = Draft(number, {}, set(), old={})
    batch.reporter.field(draft, field, key, **context)
    batch.refused.append(draft)


def _given(row: Mapping[str, Any], obj: Object, field: Field) -> Any:
    for key, value in row.items():
        if obj.field(key) is field:
            return value
    return None


def _without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key.lower() != name.lower()}
