"""Checked drafts to rows: new records in one INSERT, changed ones in one UPDATE per set of fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.owners import hand_down
from objectforge.records.stamps import conflicts, rising
from objectforge.records.writing import Writing
from objectforge.storage.counters import allocate_ids, allocate_numbers

__all__ = ["insert", "save"]

_KEY = "record_id_"


def insert(writing: Writing, form: Form, drafts: Sequence[Draft]) -> None:
    """Write new records; they get their ids, numbers and system fields."""
    if not drafts:
        return
    context = writing.context
    user, now = context.user, context.moment.now
    ids = allocate_ids(context.connection, context.ids.number(form.object.name), len(drafts))
    system = {
        "CreatedDate": now, "CreatedById": user, "LastModifiedDate": now, "LastModifiedById": user,
        "SystemModstamp": now, "IsDeleted": False,
    }  # fmt: skip
    for draft, number in zip(drafts, ids, strict=True):
        draft.id = number
        values = draft.values
        values["Id"] = writing.ids.text(number)
        values.update(system)
        if values.get("OwnerId") is None:
            values["OwnerId"] = user
    _number(writing, form, drafts)
    plain = [(column, name) for name, column in form.columns.items() if name not in form.ids]
    links = [(column, name) for name, column in form.columns.items() if name in form.ids]
    number_of = writing.ids.number
    rows: list[dict[str, Any]] = []
    held = dict.fromkeys(form.held)
    for draft in drafts:
        given = draft.values.get
        row = {column: given(name) for column, name in plain}
        for column, name in links:
            value = given(name)
            row[column] = None if value is None else number_of(value)
        rows.append({**row, **held} if held else row)
    _execute(context.connection, form, sa.insert(form.inserted), rows)


def save(writing: Writing, form: Form, drafts: Sequence[Draft]) -> None:
    """Write the changed fields of records that are there, and who changed them when."""
    context = writing.context
    groups: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        assert draft.old is not None, "it is there already"
        draft.values["LastModifiedDate"] = context.moment.now
        draft.values["LastModifiedById"] = context.user
        draft.values["SystemModstamp"] = rising(draft.old["SystemModstamp"], context.moment.now)
        changed = tuple(name for name in form.columns if name in draft.given or draft.changes(name))
        groups.setdefault(changed, []).append(draft)
    key = form.table.c[form.columns["Id"]]
    for names, group in groups.items():
        settings: dict[str, Any] = {form.columns[name]: sa.bindparam(f"v_{form.columns[name]}") for name in names}
        statement = sa.update(form.table).where(key == sa.bindparam(_KEY)).values(settings)
        rows = [_row(writing, form, draft, names) for draft in group]
        _execute(context.connection, form, statement, rows)
    hand_down(writing, form, [draft for draft in drafts if draft.changes("OwnerId")])


def _row(writing: Writing, form: Form, draft: Draft, names: Iterable[str]) -> dict[str, Any]:
    row: dict[str, Any] = {_KEY: draft.id}
    for name in names:
        value = draft.values[name]
        row[f"v_{form.columns[name]}"] = writing.ids.number(value) if name in form.ids and value is not None else value
    return row


def _number(writing: Writing, form: Form, drafts: Sequence[Draft]) -> None:
    context = writing.context
    for field in form.series:
        series = field.type.numbering
        assert series is not None, "it is in the form's series"
        identity = context.tables.names.objects[form.object.name].identities[field.name]
        for draft, number in zip(drafts, allocate_numbers(context.connection, identity, len(drafts)), strict=True):
            draft.values[field.name] = series.show(number, context.moment.today)


def _execute(connection: sa.Connection, form: Form, statement: sa.Executable, rows: list[dict[str, Any]]) -> None:
    with conflicts(form):
        connection.execute(statement, rows)
