"""The write order of a batch: filled in, hooked, checked, written - all records of one object together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from objectforge.errors.exceptions import RecordInvalid
from objectforge.query.record import Record
from objectforge.records.check import check_dependents, check_required, check_rules
from objectforge.records.coerce import Intake
from objectforge.records.draft import Draft
from objectforge.records.fill import fill_defaults, fill_sets
from objectforge.records.forms import Form
from objectforge.records.hierarchy import check_hierarchies
from objectforge.records.hooks import Event, HookRow
from objectforge.records.links import resolve_links
from objectforge.records.lookups import check_filters, check_lookups
from objectforge.records.parents import Parents
from objectforge.records.report import Reporter
from objectforge.records.result import Result
from objectforge.records.store import insert, save
from objectforge.records.stored import to_record
from objectforge.records.unique import check_unique
from objectforge.records.writing import Writing

__all__ = ["Batch", "call_after", "raise_all"]


@dataclass
class Batch:
    """Drafts of one object, new and old ones, on their way through the write order. Use once."""

    writing: Writing
    form: Form
    drafts: list[Draft] = field(default_factory=list[Draft])
    refused: list[Draft] = field(default_factory=list[Draft])
    """Rows that stand for no record at all, so that there is nothing to check."""

    def __post_init__(self) -> None:
        self.reporter = Reporter(self.form.object, self.writing.context.locale)
        self.intake = Intake(self.form, self.reporter)
        self._parents = Parents(self.writing)

    def write(self, *, partial: bool) -> tuple[Result, ...]:
        """Carry the drafts through; `partial` writes the good ones, else all are written or none.

        Raises:
            RecordInvalid: not `partial`, and a record is refused; it holds every problem of every record.
            Conflict: another transaction was quicker.
            HookFailed: a hook raised.
        """
        self._fill()
        self._call_before()
        self._check()
        if not partial:
            raise_all([*self.drafts, *self.refused])
        good = [draft for draft in self.drafts if draft.good]
        new, old = [each for each in good if each.old is None], [each for each in good if each.old is not None]
        insert(self.writing, self.form, new)
        save(self.writing, self.form, old)
        for draft in good:
            if self.writing.comes_later(draft.row):
                assert draft.id is not None, "it is written"
                self.writing.begun[draft.id] = draft.old
        self._call_after("create", new)
        self._call_after("update", old)
        return tuple(self._result(draft) for draft in sorted([*self.drafts, *self.refused], key=_by_row))

    # -- stages ---------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        if self.form.object.master is None:
            for draft in self.drafts:
                if draft.old is None:
                    draft.values.setdefault("OwnerId", self.writing.context.user)
        linked = [draft for draft in self.drafts if draft.links]
        if linked:
            resolve_links(self.writing, self.form, linked, self.reporter)
        fill_defaults(self.writing, self.form, self.drafts, self._parents, self.intake)
        if self.form.setting:
            for draft in self.drafts:
                if draft.old is not None:
                    fill_sets(self.form, draft, draft.given)

    def _call_before(self) -> None:
        for event, drafts in self._by_event(draft for draft in self.drafts if draft.good):
            rows = {id(draft): self._row(draft) for draft in drafts}
            self.writing.hooks.call(self.form.object.name, "before", event, rows.values())
            self._parents = Parents(self.writing)  # a hook may have written them
            for draft in drafts:
                self._take_over(draft, rows[id(draft)])

    def _take_over(self, draft: Draft, row: HookRow) -> None:
        """Judge what a hook has set, and let what it chose in picklists set other fields."""
        if row.raw:
            self.intake.judge(draft, {name: draft.values[name] for name in row.raw})
            fill_sets(self.form, draft, row.raw)
        for text, name in row.refusals:
            if name is None:
                self.reporter.record(draft, "hook_refused", message=text)
            else:
                self.reporter.field(draft, self.form.object.fields[name], "hook_refused", message=text)

    def _check(self) -> None:
        writing, form, drafts, reporter = self.writing, self.form, self.drafts, self.reporter
        for draft in drafts:
            self._check_owner(draft)
        check_required(form, drafts, reporter)
        check_lookups(writing, form, drafts, self._parents, reporter)
        check_filters(writing, form, drafts, self._parents, reporter)
        check_hierarchies(writing, form, drafts, reporter)
        check_dependents(form, drafts, reporter)
        check_rules(writing, form, drafts, self._parents, reporter)
        check_unique(writing, form, drafts, reporter)

    def _check_owner(self, draft: Draft) -> None:
        """The owner of a detail is its master's; nobody's record has none."""
        if "OwnerId" not in draft.given:
            if draft.old is None and draft.values.get("OwnerId") is None:
                draft.values["OwnerId"] = self.writing.context.user
            return
        field = self.form.object.fields["OwnerId"]
        if draft.values.get("OwnerId") is None and "OwnerId" not in draft.failed:
            draft.values["OwnerId"] = self.writing.context.user if draft.old is None else draft.old["OwnerId"]
        if self.form.object.master is not None and draft.changes("OwnerId"):
            self.reporter.field(draft, field, "not_writable")
            draft.failed.add("OwnerId")

    def _call_after(self, event: Event, drafts: Sequence[Draft]) -> None:
        call_after(self.writing, self.form, event, drafts, self._row)

    # -- pieces ---------------------------------------------------------------------------------------------------
    def _by_event(self, drafts: Iterable[Draft]) -> Iterable[tuple[Event, list[Draft]]]:
        name, hooks = self.form.object.name, self.writing.hooks
        create, update = hooks.any(name, "before", "create"), hooks.any(name, "before", "update")
        if not create and not update:
            return
        drafts = list(drafts)
        if create:
            yield "create", [draft for draft in drafts if draft.old is None]
        if update:
            yield "update", [draft for draft in drafts if draft.old is not None]

    def _row(self, draft: Draft, *, frozen: bool = False) -> HookRow:
        old: Record | None = None if draft.old is None else to_record(self.form, draft.old)
        return HookRow(self.form.object, draft, old, self.writing.org, frozen=frozen)

    def _result(self, draft: Draft) -> Result:
        number = draft.id
        shown = None if number is None else self.writing.ids.text(number)
        if draft.issues:
            return Result(ok=False, id=shown, errors=tuple(draft.issues))
        return Result(ok=True, id=shown, created=draft.old is None)


def call_after(
    writing: Writing, form: Form, event: Event, drafts: Sequence[Draft], row: Callable[..., HookRow]
) -> None:
    """Call the after-hooks now, and leave those of after commit to the caller.

    Raises:
        HookFailed: a hook raised.
    """
    hooks, name = writing.hooks, form.object.name
    if hooks.any(name, "after", event):
        hooks.call(name, "after", event, [row(draft, frozen=True) for draft in drafts])
    if drafts and hooks.any(name, "after_commit", event):
        rows = [row(draft, frozen=True) for draft in drafts]
        writing.after_commit.extend(hooks.calls(name, "after_commit", event, rows))


def raise_all(drafts: Iterable[Draft]) -> None:
    """Refuse the batch if anything is wrong with it.

    Raises:
        RecordInvalid: a record has issues.
    """
    issues = [issue for draft in sorted(drafts, key=_by_row) for issue in draft.issues]
    if issues:
        raise RecordInvalid(issues)


def _by_row(draft: Draft) -> int:
    return draft.row
