"""What a record gets without being given: defaults, and what the values of its picklists set."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from objectforge.expressions.evaluate import evaluate
from objectforge.records.coerce import Intake
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.parents import Parents
from objectforge.records.seen import Seen, rounded
from objectforge.records.writing import Writing

__all__ = ["fill_defaults", "fill_sets"]


def fill_defaults(writing: Writing, form: Form, drafts: Iterable[Draft], parents: Parents, intake: Intake) -> None:
    """Give new records the defaults of the fields that they were not given, and what picklists set besides."""
    new = [draft for draft in drafts if draft.old is None]
    parents.read(form.default_reads, new)
    seen = Seen(writing, form, parents)
    literals = form.literals
    for draft in new:
        values, given = draft.values, draft.given
        for name, value in literals.items():
            if name not in given:
                values[name] = value
        for name, tree in form.expressions.items():
            if name not in given:
                value = evaluate(tree, seen.now(draft), moment=writing.context.moment)
                draft.given.add(name)
                intake.judge(draft, {name: rounded(value, form.object.fields[name])})
                draft.given.discard(name)
        if form.setting:
            fill_sets(form, draft, {field.name for field in form.setting})


def fill_sets(form: Form, draft: Draft, picklists: Collection[str]) -> None:
    """Set what the values of these picklists set, as far as they change and the same write does not give it."""
    waiting = [field for field in form.setting if field.name in picklists]
    done: set[str] = set()
    while waiting:
        field = waiting.pop(0)
        if field.name in done or field.name in draft.failed or not draft.changes(field.name):
            continue
        done.add(field.name)
        for name, value in field.sets.get(draft.values[field.name], {}).items():
            if name not in draft.given:
                draft.values[name] = value
                waiting += [each for each in form.setting if each.name == name]
