"""The rules of single records: required, read-only once written, dependent picklists, the org's own validations."""

from __future__ import annotations

from collections.abc import Iterable

from objectforge.expressions.evaluate import evaluate
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.messages import code_of
from objectforge.records.parents import Parents
from objectforge.records.report import Reporter
from objectforge.records.seen import Seen
from objectforge.records.writing import Writing
from objectforge.values.locales import pick_label
from objectforge.values.text import fold_key

__all__ = ["check_dependents", "check_required", "check_rules"]

_SHOWN = 12


def check_required(form: Form, drafts: Iterable[Draft], reporter: Reporter) -> None:
    """Report required fields without a value, and masters that may not be changed."""
    for draft in drafts:
        values = draft.values
        for field in form.required:
            name = field.name
            if values.get(name) is None and name not in draft.failed and (draft.old is None or name in draft.given):
                draft.failed.add(name)
                reporter.field(draft, field, "required")
        if draft.old is not None:
            for lookup in form.lookups.values():
                if lookup.master and not lookup.reparentable and draft.changes(lookup.field):
                    if lookup.field not in draft.failed and values.get(lookup.field) is not None:
                        reporter.field(draft, form.object.fields[lookup.field], "not_reparentable")
                    draft.failed.add(lookup.field)


def check_dependents(form: Form, drafts: Iterable[Draft], reporter: Reporter) -> None:
    """Report picklist values that the controlling field's value does not allow."""
    if not form.dependents:
        return
    for draft in drafts:
        for field, controlling in form.dependents:
            value = draft.values.get(field.name)
            if value is None or not draft.failed.isdisjoint((field.name, controlling.name)):
                continue
            if not draft.changes(field.name) and not draft.changes(controlling.name):
                continue
            given = draft.values.get(controlling.name)
            allowed = field.type.allowed_with(given)
            keys = {fold_key(each) for each in allowed}
            for part in value.split(";"):
                if fold_key(part) not in keys:
                    shown = ", ".join(allowed[:_SHOWN]) or "-"
                    reporter.field(
                        draft,
                        field,
                        "dependent_value",
                        value=part,
                        controlling=reporter.label(controlling),
                        given=controlling.type.to_text(given) or "-",
                        values=shown,
                    )


def check_rules(writing: Writing, form: Form, drafts: Iterable[Draft], parents: Parents, reporter: Reporter) -> None:
    """Report the validations that a record breaks, but for those that read a value which could not be taken."""
    if not form.rules:
        return
    drafts = list(drafts)
    parents.read(form.rule_reads, drafts)
    parents.read(form.prior_reads, drafts, before=True)
    parents.read_own(form.rule_rollups, drafts)
    seen = Seen(writing, form, parents)
    context = writing.context
    for draft in drafts:
        now, before = seen.now(draft), seen.before(draft)
        unknown = draft.failed | writing.comes_later(draft.row)
        for rule in form.rules:
            if not unknown.isdisjoint(rule.reads):
                continue
            validation = rule.validation
            if evaluate(validation.error_if, now, moment=context.moment, prior=before):
                fields = () if validation.field is None else (validation.field,)
                text = pick_label(validation.message, context.locale)
                draft.issues.append(reporter.issue(draft.row, fields, code_of("validation"), text))
