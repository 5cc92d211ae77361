"""Records out of the recycle bin: the whole batch they went with, and the links that went with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.errors.exceptions import Conflict
from objectforge.records.batch import call_after, raise_all
from objectforge.records.delete import hooked
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.held import link_held
from objectforge.records.hooks import HookRow
from objectforge.records.identify import identify
from objectforge.records.messages import message
from objectforge.records.parents import Parents
from objectforge.records.report import Reporter
from objectforge.records.result import Result
from objectforge.records.stored import batched, read_stored, to_record
from objectforge.records.touch import touch
from objectforge.records.unique import holders
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object
from objectforge.storage.registry_tables import bin_links, bin_records
from objectforge.values.ids import object_number
from objectforge.values.locales import pick_label

__all__ = ["restore"]


def restore(writing: Writing, obj: Object, ids: Sequence[Any]) -> tuple[Result, ...]:
    """Bring records back from the recycle bin, each with its whole batch and the links that are still empty.

    Records of objects that are held stay in the bin until their object is there again.

    Raises:
        RecordInvalid: a record is not in the bin, or a hook refuses.
        Conflict: a living record has one of their unique values, or a record they need is in the bin itself.
        HookFailed: a hook raised.
    """
    form = writing.forms.of(obj.name)
    reporter = Reporter(obj, writing.context.locale)
    drafts = [Draft(row, {}, set(), old={}) for row in range(len(ids))]
    for draft, given in zip(drafts, ids, strict=True):
        draft.id = identify(writing, form, draft, given, reporter)
    asked = _asked(writing, form, drafts, reporter)
    raise_all(drafts)
    batches = list(dict.fromkeys(asked.values()))
    batch_of = _members(writing, batches)
    groups = _stored(writing, batch_of)
    for each, stored in groups:
        _check_unique(writing, each, stored)
    called = hooked(writing, "restore", (number for _, stored in groups for number in stored))
    for each, rows in called:
        writing.hooks.call(each.object.name, "before", "restore", rows.values())
        for number, row in rows.items():
            _refuse(row, [draft for draft in drafts if asked.get(draft.id or 0) == batch_of[number]], reporter)
    raise_all(drafts)
    back = {number for _, stored in groups for number in stored}
    for each, stored in groups:
        _let_go(writing, each, stored, back)
        touch(writing, each, stored, {each.columns["IsDeleted"]: False})
    for chunk in batched(batch_of):
        writing.context.connection.execute(sa.delete(bin_records).where(bin_records.c.record.in_(chunk)))
    _link_again(writing, batches)
    for each, rows in called:
        call_after(writing, each, "restore", [row.draft for row in rows.values()], _row(writing, each))
    return tuple(Result(ok=True, id=writing.ids.text(draft.id)) for draft in drafts if draft.id is not None)


def _asked(writing: Writing, form: Form, drafts: Iterable[Draft], reporter: Reporter) -> dict[int, int]:
    """The batches that the drafts' records are in, by record."""
    numbers = {draft.id for draft in drafts if draft.id is not None}
    found: dict[int, int] = {}
    for chunk in batched(numbers):
        select = sa.select(bin_records.c.record, bin_records.c.batch).where(bin_records.c.record.in_(chunk))
        found.update((record, batch) for record, batch in writing.context.connection.execute(select))
    for draft in drafts:
        if draft.id is not None and draft.id not in found:
            reporter.record(draft, "not_in_bin", object=form.object.name, value=writing.ids.text(draft.id))
    return found


def _members(writing: Writing, batches: Iterable[int]) -> dict[int, int]:
    """Every record of the batches whose object is in sight, with its batch."""
    found: dict[int, int] = {}
    for chunk in batched(batches):
        select = sa.select(bin_records.c.record, bin_records.c.batch).where(bin_records.c.batch.in_(chunk))
        members = writing.context.connection.execute(select)
        found.update((record, batch) for record, batch in members if _in_sight(writing, record))
    return found


def _in_sight(writing: Writing, number: int) -> bool:
    return object_number(number) in writing.context.ids.prefixes


def _stored(writing: Writing, numbers: Iterable[int]) -> list[tuple[Form, dict[int, dict[str, Any]]]]:
    groups: dict[str, list[int]] = {}
    for number in numbers:
        groups.setdefault(writing.ids.object_of(number), []).append(number)
    forms = [(writing.forms.of(name), ids) for name, ids in groups.items()]
    return [(form, read_stored(writing, form, ids)) for form, ids in forms]


def _check_unique(writing: Writing, form: Form, stored: Mapping[int, Mapping[str, Any]]) -> None:
    for key in form.unique:
        keys: dict[tuple[Any, ...], int] = {}
        for number, values in stored.items():
            of = key.of(values)
            if of is None:
                continue
            if of in keys:
                raise _taken(writing, form, key.fields, stored[number], keys[of])
            keys[of] = number
        for of, holder in holders(writing, form, key, keys).items():
            raise _taken(writing, form, key.fields, stored[keys[of]], holder)


def _taken(writing: Writing, form: Form, fields: Sequence[Any], values: Mapping[str, Any], holder: int) -> Conflict:
    locale = writing.context.locale
    text = message(
        "duplicate_value",
        locale.code,
        label=", ".join(pick_label(field.label, locale) for field in fields),
        value=", ".join(field.type.to_text(values[field.name]) for field in fields),
        holder=writing.ids.text(holder),
    )
    return Conflict(f"{form.object.name} {values['Id']} cannot be restored; {text}")


def _let_go(writing: Writing, form: Form, stored: Mapping[int, Mapping[str, Any]], back: set[int]) -> None:
    """Links to records that are still in the bin: required ones stand in the way, others wait for these records."""
    parents = Parents(writing)
    numbers = {
        name: {number: writing.ids.number(values[name]) for number, values in stored.items() if values[name]}
        for name in form.lookups
    }
    parents.load({parent for links in numbers.values() for parent in links.values() if parent not in back})
    for name, links in numbers.items():
        lookup, field = form.lookups[name], form.object.fields[name]
        binned = {
            number: at
            for number, at in links.items()
            if at not in back and (found := parents.find(at)) and found.deleted
        }
        if not binned:
            continue
        if name == "OwnerId":
            owner = writing.ids.number(writing.context.user)
            touch(writing, form, binned, {form.columns[name]: owner})
        elif lookup.master or field.type.required:
            number, at = next(iter(binned.items()))
            locale = writing.context.locale
            shown = {"value": writing.ids.text(number), "parent": writing.ids.text(at)}
            text = message("parent_in_bin", locale.code, label=pick_label(field.label, locale), **shown)
            raise Conflict(text)
        else:
            _wait(writing, form, name, binned)


def _wait(writing: Writing, form: Form, name: str, links: Mapping[int, int]) -> None:
    connection, column = writing.context.connection, form.columns[name]
    touch(writing, form, links, {column: None})
    for number, target in links.items():
        batch = connection.scalar(sa.select(bin_records.c.batch).where(bin_records.c.record == target))
        if batch is not None:
            row = {"record": number, "column": column, "batch": batch, "target": target}
            same = (bin_links.c.record == number, bin_links.c.column == column)
            connection.execute(sa.delete(bin_links).where(*same))
            connection.execute(sa.insert(bin_links), row)


def _link_again(writing: Writing, batches: Iterable[int]) -> None:
    """Make links lead again to what is back; what waits for a record that stays in the bin waits on."""
    connection = writing.context.connection
    for chunk in batched(batches):
        binned = sa.exists().where(bin_records.c.record == bin_links.c.target)
        waiting = sa.and_(bin_links.c.batch.in_(chunk), ~binned)
        groups: dict[tuple[int, str, int], list[int]] = {}
        for link in connection.execute(sa.select(bin_links).where(waiting)):
            groups.setdefault((object_number(link.record), link.column, link.target), []).append(link.record)
        for (_, column, target), records in groups.items():
            if (form := _linking(writing, records[0], column, target)) is None:
                link_held(writing, column, target, records)
                continue
            key, link = form.table.c[form.columns["Id"]], form.table.c[column]
            empty = [
                number
                for part in batched(records)
                for number in connection.scalars(sa.select(key).where(key.in_(part), link.is_(None)))
            ]
            touch(writing, form, empty, {column: target})
        connection.execute(sa.delete(bin_links).where(waiting))


def _linking(writing: Writing, record: int, column: str, target: int) -> Form | None:
    """The form of a record whose column is, by now too, a lookup to the target's object; None where it is not."""
    if not (_in_sight(writing, record) and _in_sight(writing, target)):
        return None
    form = writing.forms.of(writing.ids.object_of(record))
    leads = (lookup for lookup in form.object.lookups.values() if form.columns.get(lookup.field) == column)
    wanted = writing.ids.object_of(target)
    return form if any(wanted in lookup.targets for lookup in leads) else None


def _refuse(row: HookRow, drafts: Iterable[Draft], reporter: Reporter) -> None:
    for draft in drafts:
        for text, _ in row.refusals:
            reporter.record(draft, "hook_refused", message=text)


def _row(writing: Writing, form: Form) -> Any:
    def row(draft: Draft, *, frozen: bool) -> HookRow:
        assert draft.old is not None, "it was there"
        return HookRow(form.object, draft, to_record(form, draft.old), writing.org, frozen=frozen)

    return row
