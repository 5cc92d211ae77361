"""A plan to a changed org: registry, DDL and data in one transaction under the org's lock, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.change.backfill import backfill
from objectforge.change.describe import describe
from objectforge.change.duplicates import duplicates
from objectforge.change.plan import Plan
from objectforge.change.step_ddl import carried_out, ddl
from objectforge.change.steps import AddField, AddIndex, Step
from objectforge.errors.exceptions import Conflict, PlanRefused
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.compiler import UnsupportedInSql
from objectforge.storage.counters import Series, field_series, object_series, start_counters
from objectforge.storage.engines import WRITES, schema_of
from objectforge.storage.locking import lock_errors, lock_org, set_lock_timeout
from objectforge.storage.registry import Registry
from objectforge.storage.registry_store import (
    Deployment,
    create_registry,
    is_org,
    save_deployment,
    save_registry,
)
from objectforge.storage.snapshot import dump
from objectforge.storage.system_user import COUNTER, USER, create_system_user

__all__ = ["LOCK_SECONDS", "apply_plan"]

LOCK_SECONDS = 5.0
"""How long to wait for others by default."""

_log = logging.getLogger("objectforge")


def apply_plan(
    connection: sa.Connection, plan: Plan, *, moment: Moment, who: str, lock_seconds: float = LOCK_SECONDS
) -> Registry:
    """Carry out a plan in a transaction of its own, and return the org's registry as it is then.

    Args:
        connection: A connection that is in no transaction.
        plan: A plan made from the org as it is now.
        moment: When that happens: for the history, and for defaults that are computed.
        who: Who does it, for the history.
        lock_seconds: How long to wait for others.

    Raises:
        ValueError: the connection is in a transaction, whose end would not be ours to decide.
        PlanRefused: a step cannot be carried out, or the data does not allow it. Nothing was changed.
        Conflict: the org was changed since the plan was made.
        OrgLocked: somebody else held the org, or its tables, for too long.
    """
    if connection.in_transaction():
        raise ValueError("a plan is applied in a transaction of its own; end the one that is open first")
    if plan.refused:
        raise PlanRefused(_refusal(plan), plan.refused)
    if plan.is_empty:
        return plan.before
    wrote = connection.get_execution_options().get("objectforge_writes", False)
    connection = connection.execution_options(**WRITES)
    try:
        with lock_errors(), connection.begin():
            _apply(connection, plan, moment, who, lock_seconds)
    finally:
        connection.execution_options(objectforge_writes=wrote)
    return plan.after


def _apply(connection: sa.Connection, plan: Plan, moment: Moment, who: str, lock_seconds: float) -> None:
    set_lock_timeout(connection, lock_seconds)
    _take(connection, plan)
    save_registry(connection, plan.before, plan.after)
    start_counters(connection, _new_series(plan))
    for step in carried_out(plan.steps, connection.dialect):
        _carry_out(connection, plan, step, moment)
    if USER not in plan.before.by_name:
        create_system_user(connection, plan.target, plan.after, plan.tables, moment.now)
    lines = tuple(describe(step) for step in plan.steps)
    save_deployment(connection, Deployment(plan.after.version, moment.now, who, lines), dump(plan.target.metadata))


def _take(connection: sa.Connection, plan: Plan) -> None:
    """Lock the org, or make it, and see that it still is what the plan was made from."""
    if plan.before.version > 0 or is_org(connection):
        version = lock_org(connection)
    else:
        version = 0
        if name := schema_of(connection):
            connection.execute(sa.schema.CreateSchema(name, if_not_exists=True))
        create_registry(connection, plan.before)
    if version != plan.before.version:
        raise Conflict(
            f"the org was changed since the plan was made (its metadata was at version {plan.before.version}, now it "
            f"is at {version}); make the plan again"
        )


def _new_series(plan: Plan) -> Iterator[Series]:
    numbers = {object_.number for object_ in plan.before.objects}
    for object_ in plan.after.objects:
        if object_.number not in numbers:
            yield object_series(object_.number, first=COUNTER + 1 if object_.name == USER else 1)
    identities = {field.identity for field in plan.before.fields}
    for object_name, names in plan.after.names.objects.items():
        for field in plan.target.objects[object_name].fields.values():
            identity = names.identities[field.name]
            if field.type.numbering and identity not in identities:
                yield field_series(identity, field.type.numbering.start)


def _carry_out(connection: sa.Connection, plan: Plan, step: Step, moment: Moment) -> None:
    _log.debug("%s", describe(step))
    if isinstance(step, AddIndex) and step.index.unique and step.populated:
        _check_unique(connection, plan, step)
    for element in ddl(step, plan.tables):
        connection.execute(element)
    if isinstance(step, AddField) and step.computed is not None:
        object_ = plan.target.objects[step.object]
        try:
            backfill(
                connection, object_, object_.fields[step.field], step.computed, plan.tables, plan.after.ids, moment
            )
        except UnsupportedInSql as wrong:
            raise PlanRefused(
                f"{step.object}.{step.field}: its default cannot be computed by the database for the records that are "
                "there; give a literal default, deploy, then change the default. Nothing was changed.",
                (step,),
            ) from wrong


def _check_unique(connection: sa.Connection, plan: Plan, step: AddIndex) -> None:
    found = duplicates(connection, step.index, plan.tables)
    if not found:
        return
    shown = "\n".join(f"  {', '.join(map(str, one.values))}: {one.records} records" for one in found)
    fields = ", ".join(step.index.fields)
    raise PlanRefused(
        f"{step.index.object} ({fields}) cannot be unique, for records share it. Nothing was changed.\n{shown}", (step,)
    )


def _refusal(plan: Plan) -> str:
    lines = "\n".join(describe(step) for step in plan.refused)
    return f"this version of ObjectForge cannot make these changes yet; nothing was changed:\n{lines}"
