"""Unique fields of a batch: against the living records by one query per key, and against one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from objectforge.records.draft import Draft
from objectforge.records.forms import Form, UniqueKey
from objectforge.records.report import Reporter
from objectforge.records.stored import batched
from objectforge.records.writing import Writing
from objectforge.relations.schema import Field
from objectforge.storage.living import living
from objectforge.values.kinds import Kind

__all__ = ["check_unique", "holders"]


def check_unique(writing: Writing, form: Form, drafts: Iterable[Draft], reporter: Reporter) -> None:
    """Report values that a living record has, or an earlier good row of the batch."""
    drafts = list(drafts)
    taken: dict[UniqueKey, dict[tuple[Any, ...], int]] = {}
    asked: dict[UniqueKey, list[tuple[tuple[Any, ...], Draft]]] = {}
    for key in form.unique:
        names = [field.name for field in key.fields]
        for draft in drafts:
            if draft.old is None or any(draft.changes(name) for name in names):
                found = key.of(draft.values) if draft.failed.isdisjoint(names) else None
                if found is not None:
                    asked.setdefault(key, []).append((found, draft))
    for key, wanted in asked.items():
        taken[key] = holders(writing, form, key, (found for found, _ in wanted))
        for found, draft in wanted:
            holder = taken[key].get(found)
            if holder is not None and holder != draft.id:
                shown = _shown(key, draft)
                reporter.fields(draft, key.fields, "duplicate_value", value=shown, holder=writing.ids.text(holder))
    if any(len({found for found, _ in wanted}) < len(wanted) for wanted in asked.values()):
        _among_themselves(writing, asked, reporter)


def _among_themselves(
    writing: Writing, asked: dict[UniqueKey, list[tuple[tuple[Any, ...], Draft]]], reporter: Reporter
) -> None:
    """A row that will not be written takes nothing from the rows after it, so all keys of a row go together."""
    by_draft: dict[Draft, list[tuple[UniqueKey, tuple[Any, ...]]]] = {}
    for key, wanted in asked.items():
        for found, draft in wanted:
            by_draft.setdefault(draft, []).append((key, found))
    claimed: dict[tuple[UniqueKey, tuple[Any, ...]], Draft] = {}
    for draft in sorted(by_draft, key=lambda each: each.row):
        for claim in by_draft[draft]:
            first = claimed.get(claim)
            if first is not None:
                shown = _shown(claim[0], draft)
                where, row = writing.place(first.row)
                reporter.fields(draft, claim[0].fields, f"duplicate_in_{where}", value=shown, row=row)
        if draft.good:
            claimed.update(dict.fromkeys(by_draft[draft], draft))


def holders(
    writing: Writing, form: Form, key: UniqueKey, wanted: Iterable[tuple[Any, ...]]
) -> dict[tuple[Any, ...], int]:
    """Which living record holds each of these keys."""
    found: dict[tuple[Any, ...], int] = {}
    columns = [form.table.c[form.columns[field.name]] for field in key.fields]
    select = sa.select(form.table.c[form.columns["Id"]], *columns).where(living(form.table))
    for chunk in batched(dict.fromkeys(wanted), 500):
        parts = [
            _compared(writing, field, column).in_(
                list(dict.fromkeys(_bound(writing, form, field, each[place]) for each in chunk))
            )
            for place, (field, column) in enumerate(zip(key.fields, columns, strict=True))
        ]
        for row in writing.context.connection.execute(select.where(*parts)):
            values = dict(_read(writing, form, key, row))
            of_row = key.of(values)
            if of_row is not None:
                found[of_row] = row[0]
    return found


def _compared(writing: Writing, field: Field, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    if field.value_type.kind is not Kind.TEXT:
        return column
    backend = writing.context.backend
    return backend.text_exact(column) if field.value_type.case_sensitive else backend.text_key(column)


def _bound(writing: Writing, form: Form, field: Field, value: Any) -> Any:
    return writing.ids.number(value) if field.name in form.ids else value


def _read(writing: Writing, form: Form, key: UniqueKey, row: sa.Row[Any]) -> Iterator[tuple[str, Any]]:
    for place, field in enumerate(key.fields, start=1):
        value = row[place]
        yield field.name, writing.ids.text(value) if field.name in form.ids and value is not None else value


def _shown(key: UniqueKey, draft: Draft) -> str:
    return ", ".join(field.type.to_text(draft.values[field.name]) for field in key.fields)
