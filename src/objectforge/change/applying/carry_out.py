"""One step carried out on a connection, in the transaction of the plan that it belongs to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import singledispatch

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from objectforge.change.applying.carried_out import CarriedOut, RenameValues
from objectforge.change.applying.duplicates import duplicates
from objectforge.change.applying.statements import Scene, statements
from objectforge.change.conversion.outcome import Conversion
from objectforge.change.describe import describe
from objectforge.change.plan_text import failure_lines
from objectforge.change.retype.column_change import ColumnChange
from objectforge.change.retype.failures import ValuesRefused
from objectforge.change.retype.of_field import column_change
from objectforge.change.retype.run import retype
from objectforge.change.risk import Risk
from objectforge.change.steps import AddField, AddIndex, ChangeField, PurgeValue, RequireField, RetypeField
from objectforge.errors.exceptions import PlanRefused
from objectforge.expressions.sql.compiler import UnsupportedInSql
from objectforge.metadata.fields.base import FieldType
from objectforge.storage.registry import StoredField
from objectforge.storage.type_json import type_from_json

__all__ = ["Run", "StepProgress", "carry_out"]

StepProgress = Callable[[str, int, int], None]
"""Called now and then on long steps: the step's line, how many records are done, and how many there are."""

_log = logging.getLogger("objectforge")


@dataclass(frozen=True)
class Run:
    """The application of a plan: where, and who is told how it goes."""

    connection: sa.Connection
    scene: Scene
    progress: StepProgress | None = None


@singledispatch
def carry_out(step: CarriedOut, run: Run) -> None:
    """Carry out a step.

    Raises:
        PlanRefused: the records do not allow it.
    """
    _execute(step, run)


def _execute(step: CarriedOut, run: Run) -> None:
    for statement in statements(step, run.scene):
        run.connection.execute(statement)


@carry_out.register
def _(step: AddIndex, run: Run) -> None:
    if step.index.unique and step.populated:
        _check_unique(run, step)
    _execute(step, run)


@carry_out.register(AddField)
@carry_out.register(RequireField)
def _(step: AddField | RequireField, run: Run) -> None:
    try:
        _execute(step, run)
    except UnsupportedInSql as wrong:
        raise PlanRefused(
            f"{step.object}.{step.field}: its default cannot be computed by the database for the records that are "
            "there; give a literal default, deploy, then change the default. Nothing was changed.",
            (step,),
        ) from wrong
    except IntegrityError as wrong:
        raise PlanRefused(
            f"{step.object}.{step.field} is unique, and its default would give several records the same value; give "
            "the records without a value one of their own first. Nothing was changed.",
            (step,),
        ) from wrong


@carry_out.register
def _(step: RetypeField, run: Run) -> None:
    plan = run.scene.plan
    before, after = (registry.by_identity[step.identity] for registry in (plan.before, plan.after))
    change = column_change(before, after, step.conversion, plan.tables_after)
    line = describe(step)

    def progress(done: int, total: int) -> None:
        if run.progress is not None:
            run.progress(line, done, total)

    try:
        retype(run.connection, change, step.conversion, progress)
    except ValuesRefused as wrong:
        lines = "\n".join(failure_lines(wrong.failures, plan.ids, links=step.links))
        raise PlanRefused(f"{line}\n{lines}\nNothing was changed.", (step,)) from wrong


@carry_out.register
def _(step: RenameValues, run: Run) -> None:
    plan = run.scene.plan
    stored = plan.after.by_identity[plan.after.names.objects[step.object].identities[step.field]]
    declared = type_from_json(stored.type)
    if not _several(declared):
        _execute(step, run)
        return
    _rewrite(run, stored, _in_order(declared, dict(step.renamed)))


@carry_out.register
def _(step: ChangeField, run: Run) -> None:
    _execute(step, run)
    plan = run.scene.plan
    identity = plan.after.names.objects[step.object].identities[step.field]
    after = plan.after.by_identity[identity]
    declared = type_from_json(after.type) if "values" in step.keys or "sorted" in step.keys else None
    if declared is not None and _several(declared) and _reordered(plan.before.by_identity[identity], declared):
        _rewrite(run, after, _in_order(declared, {}))


def _reordered(before: StoredField, after: FieldType) -> bool:
    """Whether values that a picklist had and has stand in another order."""
    there = [choice.value for choice in after.choices]
    known = [choice.value for choice in type_from_json(before.type).choices if choice.value in there]
    return known != [value for value in there if value in known]


def _in_order(declared: FieldType, renamed: Mapping[str, str]) -> Callable[[str], str]:
    """Several values under their new spellings, in the order of their definition."""
    places = {choice.value: place for place, choice in enumerate(declared.choices)}

    def ordered(held: str) -> str:
        values = (renamed.get(value, value) for value in held.split(";"))
        return ";".join(sorted(values, key=lambda value: places.get(value, len(places))))

    return ordered


@carry_out.register
def _(step: PurgeValue, run: Run) -> None:
    stored = run.scene.plan.before.by_identity[step.identity]
    if not _several(type_from_json(stored.type)):
        _execute(step, run)
        return
    _rewrite(run, stored, lambda held: ";".join(value for value in held.split(";") if value != step.value) or None)


def _several(declared: FieldType) -> bool:
    rules = declared.choice_rules
    return rules is not None and rules.multiple


def _rewrite(run: Run, stored: StoredField, convert: Callable[[str], str | None]) -> None:
    """Write every value of a column as the function says."""
    tables = run.scene.plan.tables_after
    declared = type_from_json(stored.type)
    assert stored.storage_name is not None, "picklists are stored"
    change = ColumnChange(tables.table(stored.object).name, stored.storage_name, declared, declared)
    retype(run.connection, change, Conversion(Risk.SAFE, "", convert))


def _check_unique(run: Run, step: AddIndex) -> None:
    found = duplicates(run.connection, step.index, run.scene.plan.tables)
    if not found:
        return
    shown = "\n".join(f"    {', '.join(map(str, one.values))}: {one.records} records" for one in found)
    fields = ", ".join(step.index.fields)
    raise PlanRefused(
        f"{step.index.object} ({fields}) cannot be unique, for records share it. Nothing was changed.\n{shown}", (step,)
    )
