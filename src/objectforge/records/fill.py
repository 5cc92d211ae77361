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
    """Give new records the defaults of the fields that they were not given, and what picklists set besides.

    What a picklist sets goes before the default of the same field. A default sees what was given, the defaults it
    reads and what these set; one that reads a value which could not be taken is left out, and nothing is said about it.
    """
    new = [draft for draft in drafts if draft.old is None]
    filled = {id(draft): _fill_literals(form, draft) for draft in new}
    seen = Seen(writing, form, parents)
    for name, tree in form.expressions.items():
        field, needs = form.object.fields[name], form.default_needs[name]
        wanting = [draft for draft in new if name not in draft.given and name not in filled[id(draft)]]
        parents.read(form.default_reads[name], wanting)
        for draft in wanting:
            if not draft.failed.isdisjoint(needs):
                draft.failed.add(name)
                continue
            value = evaluate(tree, seen.now(draft), moment=writing.context.moment)
            draft.given.add(name)
            intake.judge(draft, {name: rounded(value, field)})
            draft.given.discard(name)
            if field.sets:
                filled[id(draft)] |= fill_sets(form, draft, {name})


def _fill_literals(form: Form, draft: Draft) -> set[str]:
    for name, value in form.literals.items():
        if name not in draft.given:
            draft.values[name] = value
    return fill_sets(form, draft, {field.name for field in form.setting}) if form.setting else set()


def fill_sets(form: Form, draft: Draft, picklists: Collection[str]) -> set[str]:
    """Set what the values of these picklists set, as far as they change and the same write does not give it.

    Returns the fields that were set.
    """
    waiting = [field for field in form.setting if field.name in picklists]
    done: set[str] = set()
    filled: set[str] = set()
    while waiting:
        field = waiting.pop(0)
        if field.name in done or field.name in draft.failed or not draft.changes(field.name):
            continue
        done.add(field.name)
        for name, value in field.sets.get(draft.values[field.name], {}).items():
            if name not in draft.given:
                draft.values[name] = value
                filled.add(name)
                waiting += [each for each in form.setting if each.name == name]
    return filled
