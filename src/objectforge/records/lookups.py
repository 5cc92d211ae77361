"""Lookups of a batch against the records they point at: there, living, of the right object, passing the filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from objectforge.expressions.evaluate import evaluate
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.identify import BAD_ID_KEYS
from objectforge.records.parents import Parents
from objectforge.records.report import Reporter
from objectforge.records.seen import Seen
from objectforge.records.writing import Writing
from objectforge.relations.schema import Lookup
from objectforge.values.ids import BadId
from objectforge.values.locales import pick_label

__all__ = ["check_filters", "check_lookups"]


def check_lookups(writing: Writing, form: Form, drafts: Iterable[Draft], parents: Parents, reporter: Reporter) -> None:
    """Report lookups that do not point where they should; the others get their ids in full, and owners are set."""
    changed = _changed(writing, form, drafts, reporter)
    parents.load({number for _, _, number in changed})
    for draft, lookup, number in changed:
        _judge(writing, form, draft, lookup, number, parents, reporter)
    _own(writing, form, [draft for draft, lookup, _ in changed if lookup is form.object.master], parents)


def check_filters(writing: Writing, form: Form, drafts: Sequence[Draft], parents: Parents, reporter: Reporter) -> None:
    """Report lookups whose parent does not pass their filter."""
    if not form.filter_needs:
        return
    parents.read(form.filter_reads, drafts)
    parents.read_own(form.filter_rollups, drafts)
    seen = Seen(writing, form, parents)
    context = writing.context
    for draft in drafts:
        unknown = draft.failed | writing.comes_later(draft.row)
        for name, needs in form.filter_needs.items():
            lookup = form.lookups[name]
            if draft.values.get(name) is None or not unknown.isdisjoint(needs):
                continue
            if not any(draft.differs(each) for each in needs):
                continue
            assert lookup.filter is not None, "it has needs"
            if evaluate(lookup.filter, seen.of_parent(draft, name), moment=context.moment):
                continue
            field = form.object.fields[name]
            if lookup.filter_message is None:
                reporter.field(draft, field, "lookup_filter", value=draft.values[name])
            else:
                text = pick_label(lookup.filter_message, context.locale)
                reporter.field(draft, field, "lookup_filter_message", message=text)


def _changed(
    writing: Writing, form: Form, drafts: Iterable[Draft], reporter: Reporter
) -> list[tuple[Draft, Lookup, int]]:
    found: list[tuple[Draft, Lookup, int]] = []
    lookups = tuple(form.lookups.items())
    number_of, text_of = writing.ids.number, writing.ids.text
    for draft in drafts:
        values = draft.values
        for name, lookup in lookups:
            text = values.get(name)
            if text is None or name in draft.failed or not draft.changes(name):
                continue
            try:
                number = number_of(text)
            except BadId as wrong:
                draft.failed.add(name)
                reporter.field(
                    draft, form.object.fields[name], BAD_ID_KEYS.get(wrong.reason, "malformed_id"), value=text
                )
                continue
            values[name] = text_of(number)
            if draft.changes(name):
                found.append((draft, lookup, number))
    return found


def _judge(
    writing: Writing, form: Form, draft: Draft, lookup: Lookup, number: int, parents: Parents, reporter: Reporter
) -> None:
    name = lookup.field
    field = form.object.fields[name]
    shown = draft.values[name]
    parent = parents.find(number)
    found = writing.ids.object_of(number)
    if found not in lookup.targets:
        draft.failed.add(name)
        wanted = " / ".join(reporter.object_label(form.schema.objects[each]) for each in lookup.targets)
        other = reporter.object_label(form.schema.objects[found])
        reporter.field(draft, field, "wrong_object", value=shown, found=other, wanted=wanted)
    elif parent is None:
        draft.failed.add(name)
        reporter.field(draft, field, "no_such_record", value=shown)
    elif parent.deleted:
        draft.failed.add(name)
        reporter.field(draft, field, "deleted_record", value=shown)


def _own(writing: Writing, form: Form, drafts: Iterable[Draft], parents: Parents) -> None:
    """A detail belongs to whoever owns its master."""
    master = form.object.master
    if master is None:
        return
    for draft in drafts:
        if master.field not in draft.failed:
            parent = parents.find(writing.ids.number(draft.values[master.field]))
            if parent is not None:
                draft.values["OwnerId"] = parent.owner
