"""A plan to the text that people read: warnings and questions first, a line per step, many alike folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from objectforge.change.describe import count_of, describe
from objectforge.change.planned import Planned
from objectforge.change.retype.failures import Failures
from objectforge.change.steps import (
    AddField,
    AddIndex,
    ChangeDefinition,
    RemoveIndex,
    RequireField,
    ReturnField,
    RetypeField,
    Step,
)
from objectforge.storage.record_ids import RecordIds
from objectforge.values.ids import object_number

__all__ = ["failure_lines", "plan_text", "step_lines", "told_steps"]

_FOLD = 4
_FOLD_FIELDS = 12
_NAMED = 6
_MOST = 60


def plan_text(plan: Planned) -> str:
    """The plan as people read it."""
    if plan.is_empty:
        return "nothing to do: the org is as described"
    return "\n".join((*_first(plan), *_lines(plan), _summary(plan)))


def failure_lines(failures: Failures, ids: RecordIds, *, links: bool) -> Iterator[str]:
    """The records in the way, the first of them one by one; with links, their values are ids too."""
    for failure in failures.first:
        if failure.value is None:
            yield f"    {_id(failure.id, ids)}  {failure.reason}"
            continue
        value = _id(failure.value, ids) if links else _shown(failure.value)
        yield f"    {_id(failure.id, ids)}  {value}: {failure.reason}"
    if failures.count > len(failures.first):
        more = failures.count - len(failures.first)
        yield f"    ... and {more:,} more; all of them: objectforge plan --rejects FILE, or org.failures(plan)"


def step_lines(step: Step, ids: RecordIds) -> Iterator[str]:
    """A step, with what is in its way."""
    details = tuple(_details(step, ids))
    line = describe(step)
    yield f"!{line[1:]}" if details else line
    yield from details


def told_steps(plan: Planned) -> tuple[Step, ...]:
    """The steps that people are told of: not those of which another one tells."""
    return tuple(step for step in plan.steps if not (isinstance(step, AddIndex | RemoveIndex) and step.quiet))


def _first(plan: Planned) -> Iterator[str]:
    for warning in plan.warnings:
        yield f"! {warning}"
    yield from map(str, plan.questions)


def _lines(plan: Planned) -> Iterator[str]:
    """A line per step; many definitions of one kind are one line."""
    shown = told_steps(plan)
    for key, group in groupby(shown, key=_kind):
        steps, section = list(group), key[0]
        if section and len(steps) > _FOLD:
            sign = describe(steps[0])[0]
            yield f"{sign} {len(steps)} {section.replace('_', ' ')}"
            continue
        plain = [step for step in steps if isinstance(step, AddField) and describe(step) == _added(step)]
        if len(plain) > _FOLD_FIELDS:
            yield _folded(plain)
            steps = [step for step in steps if step not in plain]
        for step in steps:
            yield from step_lines(step, plan.ids)
    if plan.unchanged:
        yield f"  {count_of(plan.unchanged, 'field', 'fields')} unchanged"


def _added(step: AddField) -> str:
    """The line of a new field of which there is nothing more to say."""
    return f"+ field {step.object}.{step.field}"


def _folded(steps: Sequence[AddField]) -> str:
    owners = {step.object for step in steps}
    names = [step.field if len(owners) == 1 else f"{step.object}.{step.field}" for step in steps]
    told = ", ".join(names[:_NAMED])
    return f"+ {len(steps)} fields of {', '.join(sorted(owners))}: {told}, ..."


def _details(step: Step, ids: RecordIds) -> Iterator[str]:
    match step:
        case RetypeField(failures=Failures() as failures, links=links):
            yield from failure_lines(failures, ids, links=links)
        case RequireField(failures=Failures() as failures):
            yield from failure_lines(failures, ids, links=False)
            yield "    give it a `default:`; or deploy it without `required:`, fill it, then require it"
        case ReturnField(failures=Failures() as failures):
            yield from failure_lines(failures, ids, links=True)
        case AddIndex(failures=Failures() as failures):
            yield from failure_lines(failures, ids, links=False)
            yield "    give each a value of its own first"
        case _:
            pass


def _summary(plan: Planned) -> str:
    signs = [next(step_lines(step, plan.ids))[0] for step in told_steps(plan)]
    words = (("+", "to add"), ("~", "to change"), ("-", "to take away"), ("!", "that cannot be done"))
    return ", ".join(f"{signs.count(sign)} {word}" for sign, word in words if sign in signs)


def _kind(step: Step) -> tuple[str, str]:
    match step:
        case ChangeDefinition(section=section, name=str(), change=change) if section not in ("objects", "packages"):
            return section, change
        case _:
            return "", ""


def _id(number: int, ids: RecordIds) -> str:
    """An id as people know it; the number alone where it is that of no object."""
    known = {of for of, _ in ids.objects.values()}
    return ids.format(number) if object_number(number) in known else str(number)


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."
