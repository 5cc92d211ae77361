"""Deleted records: into the recycle bin with all that goes with them, or away for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.records.batch import call_after, raise_all
from objectforge.records.closure import Closure, Tie, find_closure
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.held import let_go
from objectforge.records.hooks import Event, HookRow
from objectforge.records.identify import identify
from objectforge.records.report import Reporter
from objectforge.records.result import Result
from objectforge.records.seen import record_name
from objectforge.records.stored import batched, read_stored, to_record
from objectforge.records.touch import touch
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object
from objectforge.storage.registry_tables import bin_links, bin_records
from objectforge.storage.system_user import COUNTER, USER
from objectforge.values.ids import make_id

__all__ = ["Preview", "delete", "delete_preview", "erase", "hooked"]

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What deleting a record would do, as counts.

    `gone` counts by object, the record itself included; `emptied` and `blocking` by object and lookup field
    (`Contact.AccountId`). Where something blocks, the record cannot be deleted.
    """

    gone: Mapping[str, int]
    emptied: Mapping[str, int]
    blocking: Mapping[str, int]


def delete(
    writing: Writing, obj: Object, ids: Sequence[Any], *, hard: bool = False, partial: bool = False
) -> tuple[Result, ...]:
    """Delete records by id (or record), with what cascades from them: all or none, or with `partial` those that can go.

    In the recycle bin every deleted record keeps together with what went with it. `hard` leaves nothing to restore,
    and takes what is in the bin already.

    Raises:
        RecordInvalid: not `partial`, and a record is not there, or others need it.
        HookFailed: a hook raised.
    """
    form = writing.forms.of(obj.name)
    reporter = Reporter(obj, writing.context.locale)
    drafts = _drafts(writing, form, ids, reporter, hard=hard)
    if not partial:
        raise_all(drafts)
    closure = _settled(writing, form, drafts, reporter, hard=hard)
    if not partial:
        raise_all(drafts)
    called = hooked(writing, "delete", closure.gone)
    for form_of, rows in called:
        writing.hooks.call(form_of.object.name, "before", "delete", rows.values())
        _refusals(rows, drafts, closure, reporter)
    if any(row.refusals for _, rows in called for row in rows.values()):
        raise_all(drafts if not partial else ())
        closure = _settled(writing, form, drafts, reporter, hard=hard)
    if hard:
        erase(writing, closure)
    else:
        _bin(writing, closure)
    for form_of, rows in called:
        gone = [row for number, row in rows.items() if number in closure.gone]
        call_after(writing, form_of, "delete", [row.draft for row in gone], _again(writing, form_of))
    return tuple(_result(writing, draft) for draft in drafts)


def delete_preview(writing: Writing, obj: Object, id_: Any) -> Preview:
    """What deleting a record would do.

    Raises:
        RecordInvalid: it is not there.
    """
    form = writing.forms.of(obj.name)
    drafts = _drafts(writing, form, [id_], Reporter(obj, writing.context.locale), hard=False, lock=False)
    raise_all(drafts)
    closure = find_closure(writing, (draft.id for draft in drafts if draft.id is not None), lock=False)
    return Preview(
        gone=Counter(writing.ids.object_of(number) for number in closure.gone),
        emptied=Counter(_place(tie) for tie in closure.emptied),
        blocking=Counter(_place(tie) for tie in closure.blocking),
    )


def erase(writing: Writing, closure: Closure) -> None:
    """Delete rows for good: first every link to and among them is cut, so that their order does not matter."""
    connection = writing.context.connection
    _empty(writing, closure.emptied)
    let_go(writing, closure.gone)
    groups = list(_by_object(writing, closure.gone))
    for form, ids in groups:
        key = form.table.c[form.columns["Id"]]
        cut: dict[str, Any] = {form.columns[name]: None for name in form.object.lookups}
        for chunk in batched(ids):
            connection.execute(sa.update(form.table).where(key.in_(chunk)).values(cut))
    for form, ids in groups:
        key = form.table.c[form.columns["Id"]]
        for chunk in batched(ids):
            connection.execute(sa.delete(form.table).where(key.in_(chunk)))
    for chunk in batched(closure.gone):
        connection.execute(sa.delete(bin_records).where(bin_records.c.record.in_(chunk)))
        connection.execute(sa.delete(bin_links).where(bin_links.c.record.in_(chunk)))
        connection.execute(sa.delete(bin_links).where(bin_links.c.target.in_(chunk)))


def hooked(writing: Writing, event: Event, ids: Iterable[int]) -> list[tuple[Form, dict[int, HookRow]]]:
    """The rows that the hooks of an event get, by object and id; nothing is read where there are no hooks."""
    found: list[tuple[Form, dict[int, HookRow]]] = []
    for form, numbers in _by_object(writing, ids):
        name, hooks = form.object.name, writing.hooks
        if any(hooks.any(name, phase, event) for phase in ("before", "after", "after_commit")):
            stored = read_stored(writing, form, numbers)
            rows = {number: _row(writing, form, number, stored[number]) for number in numbers}
            found.append((form, rows))
    return found


# -- what may go ----------------------------------------------------------------------------------------------------
def _drafts(
    writing: Writing, form: Form, ids: Sequence[Any], reporter: Reporter, *, hard: bool, lock: bool = True
) -> list[Draft]:
    drafts = [Draft(row, {}, set(), old={}) for row in range(len(ids))]
    for draft, given in zip(drafts, ids, strict=True):
        draft.id = identify(writing, form, draft, given, reporter)
    numbers = {draft.id for draft in drafts if draft.id is not None}
    stored = read_stored(writing, form, numbers, fields=("IsDeleted",), delete=lock)
    context = writing.context
    needed = {writing.ids.number(context.user), make_id(context.ids.number(USER), COUNTER)}
    for draft in drafts:
        if draft.id is None:
            continue
        shown = writing.ids.text(draft.id)
        if draft.id not in stored:
            reporter.record(draft, "missing_record", object=form.object.name, value=shown)
        elif stored[draft.id]["IsDeleted"] and not hard:
            reporter.record(draft, "deleted_itself", value=shown)
        elif draft.id in needed:
            reporter.record(draft, "needed_user", value=shown)
    return drafts


def _settled(writing: Writing, form: Form, drafts: list[Draft], reporter: Reporter, *, hard: bool) -> Closure:
    """The closure of the good drafts; those whose deletion something blocks are bad from then on."""
    while True:
        roots = dict.fromkeys(draft.id for draft in drafts if draft.good and draft.id is not None)
        closure = find_closure(writing, roots, hard=hard)
        if not closure.blocking:
            return closure
        by_root: dict[int, list[Tie]] = {}
        for tie in closure.blocking:
            by_root.setdefault(tie.root, []).append(tie)
        for draft in drafts:
            if draft.good and draft.id in by_root:
                _block(writing, draft, by_root[draft.id], reporter)


def _block(writing: Writing, draft: Draft, ties: Sequence[Tie], reporter: Reporter) -> None:
    groups: dict[tuple[str, str, int], list[Tie]] = {}
    for tie in ties:
        groups.setdefault((tie.lookup.object, tie.lookup.field, tie.parent), []).append(tie)
    for (object_name, field_name, parent), group in groups.items():
        form = writing.forms.of(object_name)
        shown = [tie.child for tie in group[:_NAMED]]
        named = ", ".join(_named(writing, form, shown))
        parents = writing.forms.of(writing.ids.object_of(parent))
        reporter.record(
            draft,
            "has_children",
            value=next(iter(_named(writing, parents, [parent]))),
            label=f"{reporter.object_label(form.object)} {reporter.label(form.object.fields[field_name])}",
            count=len(group),
            children=named + (", ..." if len(group) > len(shown) else ""),
        )


def _named(writing: Writing, form: Form, ids: Sequence[int]) -> Iterator[str]:
    name = form.object.fields[form.object.name_field]
    parts = tuple(form.compounds.get(name.name, {}).values()) or ((name.name,) if name.stored else ())
    stored = read_stored(writing, form, ids, fields=parts)
    for number in ids:
        text = record_name(writing, form, name, stored[number])
        id_ = writing.ids.text(number)
        yield id_ if text is None else f"{text} ({id_})"


def _refusals(rows: Mapping[int, HookRow], drafts: list[Draft], closure: Closure, reporter: Reporter) -> None:
    for number, row in rows.items():
        for text, _ in row.refusals:
            for draft in drafts:
                if draft.id == closure.gone[number]:
                    reporter.record(draft, "hook_refused", message=text)


# -- what is written ------------------------------------------------------------------------------------------------
def _bin(writing: Writing, closure: Closure) -> None:
    connection = writing.context.connection
    now, who = writing.context.moment.now, writing.ids.number(writing.context.user)
    _empty(writing, closure.emptied)
    for form, ids in _by_object(writing, closure.gone):
        touch(writing, form, ids, {form.columns["IsDeleted"]: True})
    records = [{"record": number, "batch": root, "at": now, "who": who} for number, root in closure.gone.items()]
    if records:
        connection.execute(sa.insert(bin_records), records)
    links = [
        {
            "record": tie.child,
            "column": writing.forms.of(tie.lookup.object).columns[tie.lookup.field],
            "batch": tie.root,
            "target": tie.parent,
        }
        for tie in closure.emptied
    ]
    if links:
        # An older memory of the same link is out of date.
        same = (bin_links.c.record == sa.bindparam("of_record"), bin_links.c.column == sa.bindparam("of_column"))
        places = [{"of_record": link["record"], "of_column": link["column"]} for link in links]
        connection.execute(sa.delete(bin_links).where(*same), places)
        connection.execute(sa.insert(bin_links), links)


def _empty(writing: Writing, ties: Iterable[Tie]) -> None:
    groups: dict[tuple[str, str], list[int]] = {}
    for tie in ties:
        groups.setdefault((tie.lookup.object, tie.lookup.field), []).append(tie.child)
    for (object_name, field_name), children in groups.items():
        form = writing.forms.of(object_name)
        touch(writing, form, children, {form.columns[field_name]: None})


def _by_object(writing: Writing, ids: Iterable[int]) -> Iterator[tuple[Form, list[int]]]:
    groups: dict[str, list[int]] = {}
    for number in ids:
        groups.setdefault(writing.ids.object_of(number), []).append(number)
    for object_name, numbers in groups.items():
        yield writing.forms.of(object_name), numbers


# -- hooks and results ----------------------------------------------------------------------------------------------
def _row(writing: Writing, form: Form, number: int, stored: Mapping[str, Any]) -> HookRow:
    draft = Draft(0, dict(stored), set(), old=stored, id=number)
    return HookRow(form.object, draft, to_record(form, stored), writing.org, frozen=True)


def _again(writing: Writing, form: Form) -> Any:
    def row(draft: Draft, *, frozen: bool) -> HookRow:
        assert draft.old is not None, "it was there"
        return HookRow(form.object, draft, to_record(form, draft.old), writing.org, frozen=frozen)

    return row


def _result(writing: Writing, draft: Draft) -> Result:
    shown = None if draft.id is None else writing.ids.text(draft.id)
    return Result(ok=draft.good, id=shown, errors=tuple(draft.issues))


def _place(tie: Tie) -> str:
    return f"{tie.lookup.object}.{tie.lookup.field}"
