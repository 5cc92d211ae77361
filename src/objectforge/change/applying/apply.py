"""A plan to a changed org: registry, DDL and data in one transaction under the org's lock, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from objectforge.change.applying.allowing import not_allowed, to_allow, unanswered, unused
from objectforge.change.applying.carried_out import carried_out
from objectforge.change.applying.carry_out import Run, StepProgress, carry_out
from objectforge.change.applying.disturbing import is_disturbing
from objectforge.change.applying.recheck import recheck
from objectforge.change.applying.statements import Scene
from objectforge.change.describe import describe
from objectforge.change.plan_text import step_lines, told_steps
from objectforge.change.planned import Planned
from objectforge.change.subject import subject_of
from objectforge.errors.exceptions import Conflict, PlanRefused
from objectforge.errors.issue import closest
from objectforge.expressions.moment import Moment
from objectforge.storage.attempts import in_attempts
from objectforge.storage.counters import Series, field_series, object_series, start_counters
from objectforge.storage.engines import schema_of, writing_options
from objectforge.storage.history import Deployment, Version, save_deployment
from objectforge.storage.locking import lock_org
from objectforge.storage.registry import FORMAT, Registry
from objectforge.storage.registry_store import bring_up, create_registry, is_org, load_uid, save_registry
from objectforge.storage.snapshot import dump
from objectforge.storage.system_user import COUNTER, USER, create_system_user

__all__ = ["LOCK_SECONDS", "apply_plan", "check_allowed"]

LOCK_SECONDS = 5.0
"""How long to wait for others by default."""

_log = logging.getLogger("objectforge")


def check_allowed(plan: Planned, allow: Sequence[str] = (), *, purge: bool = False) -> None:
    """See that a plan may be applied: nothing in it is impossible, and all that it loses is allowed.

    Raises:
        PlanRefused: it may not; the message says what to type.
        TypeError: what is allowed is no list of names.
    """
    if isinstance(allow, str) or not all(isinstance(each, str) for each in allow):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"allow takes a list of names, allow=['Account.Fax'], not {allow!r}")
    if plan.is_empty:
        return
    if refused := plan.refused:
        lines = "\n".join(line for step in refused for line in step_lines(step, plan.ids))
        raise PlanRefused(f"these changes cannot be made; nothing was changed:\n{lines}", refused)
    if plan.purges and not purge:
        raise PlanRefused("a plan that purges is not applied; org.purge(...) does it", plan.purges)
    if wrong := unused(plan.steps, allow):
        hint = closest(wrong[0], map(subject_of, plan.steps))
        raise PlanRefused(
            f"{', '.join(map(repr, wrong))} is allowed, and no step of the plan has such a name; nothing was changed. "
            + (f"Did you mean {hint}? " if hint else "")
            + "Names are those of the plan's lines, or patterns of them: Account, Account.Fax, Account.*"
        )
    if asked := unanswered(plan.questions, allow):
        lines = "\n".join(map(str, asked))
        raise PlanRefused(f"the plan asks; nothing was changed:\n{lines}")
    if lossy := not_allowed(plan.steps, allow):
        lines = "\n".join(describe(step) for step in lossy)
        raise PlanRefused(
            f"these steps lose something and were not allowed; nothing was changed:\n{lines}\n{to_allow(lossy)}",
            lossy,
        )


def apply_plan(
    connection: sa.Connection,
    plan: Planned,
    *,
    moment: Moment,
    who: str,
    allow: Sequence[str] = (),
    lock_seconds: float = LOCK_SECONDS,
    progress: StepProgress | None = None,
    purge: bool = False,
) -> Registry:
    """Carry out a plan in a transaction of its own, and return the org's registry as it is then.

    Args:
        connection: A connection that is in no transaction.
        plan: A plan made from the org as it is now.
        moment: When that happens: for the history, and for defaults that are computed.
        who: Who does it, for the history.
        allow: The names, or patterns of names, of what may be lost: Account, Account.Fax, Account.*, *.
        lock_seconds: How long to wait for others.
        progress: Told how long steps go.
        purge: Whether data may be destroyed.

    Raises:
        ValueError: the connection is in a transaction, whose end would not be ours to decide.
        PlanRefused: a step cannot be carried out, loses what was not allowed, or the data does not allow it. Nothing
            was changed.
        Conflict: the org was changed since the plan was made.
        OrgLocked: somebody else held the org, or its tables, for too long.
        ConnectionLost: the database went away.
    """
    if connection.in_transaction():
        raise ValueError("a plan is applied in a transaction of its own; end the one that is open first")
    check_allowed(plan, allow, purge=purge)
    if plan.is_empty:
        return plan.before
    wrote = connection.get_execution_options().get("objectforge_writes", False)
    connection = connection.execution_options(**writing_options(connection.dialect))
    scene = Scene(plan, connection.dialect, moment)
    try:
        in_attempts(connection, lock_seconds, lambda: _apply(Run(connection, scene, progress), who, allow))
    finally:
        connection.execution_options(objectforge_writes=wrote)
    return plan.after


def _apply(run: Run, who: str, allow: Sequence[str]) -> None:
    connection, plan, moment = run.connection, run.scene.plan, run.scene.moment
    _take(connection, plan)
    recheck(connection, plan, allow)
    save_registry(connection, plan.before, plan.after)
    start_counters(connection, _new_series(plan))
    for step in carried_out(plan.steps, connection.dialect):
        _log.debug("%s", step)
        carry_out(step, run)
    if USER not in plan.before.by_name:
        create_system_user(connection, plan.target, plan.after, plan.tables, moment.now)
    back = () if plan.rollback is None else (f"~ back to version {plan.rollback}",)
    lines = (*back, *(describe(step) for step in told_steps(plan)))
    metadata = plan.target.metadata
    version = Version(dump(metadata), plan.source or metadata.to_yaml() or None, plan.after.identities)
    save_deployment(connection, Deployment(plan.after.version, moment.now, who, lines), version)


def _take(connection: sa.Connection, plan: Planned) -> None:
    """Lock the org, or make it, and see that it still is what the plan was made from."""
    if plan.before.version > 0 or is_org(connection):
        version = lock_org(connection, disturbing=is_disturbing(plan.steps))
        if plan.before.uid and plan.before.uid != load_uid(connection):
            raise PlanRefused("the plan was made for another org; nothing was changed. Make one for this org")
        if 0 < plan.before.version == version and plan.before.format < FORMAT:
            bring_up(connection, plan.before)
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


def _new_series(plan: Planned) -> Iterator[Series]:
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
