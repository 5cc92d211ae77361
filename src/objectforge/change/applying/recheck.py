"""A plan and the records as they are under the lock: what was counted when the plan was made may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from objectforge.change.applying.allowing import not_allowed, to_allow
from objectforge.change.describe import describe
from objectforge.change.planned import Planned
from objectforge.change.planning.survey import Survey
from objectforge.change.steps import HoldField, HoldObject, HoldValue, RequireField, RetypeField, Step
from objectforge.errors.exceptions import PlanRefused
from objectforge.storage.registry import State, StoredField
from objectforge.storage.type_json import is_id, type_from_json

__all__ = ["recheck"]


def recheck(connection: sa.Connection, plan: Planned, allow: Sequence[str]) -> None:
    """See that no step loses, for records written since, what was not allowed.

    Raises:
        PlanRefused: one would.
    """
    if plan.before.version == 0:
        return
    survey = Survey(connection, plan.before)
    _still_filled(plan, survey)
    changed = tuple(_now(plan, survey))
    if lossy := not_allowed(changed, allow):
        lines = "\n".join(describe(step) for step in lossy)
        raise PlanRefused(
            "records were written since the plan was made, and these steps would lose them; nothing was changed:\n"
            f"{lines}\n{to_allow(lossy)}",
            lossy,
        )


def _now(plan: Planned, survey: Survey) -> Iterator[Step]:
    """The steps that lost nothing when they were planned, with the records as they are now."""
    for step in plan.steps:
        match step:
            case HoldObject(object=name, records=0):
                yield replace(step, records=survey.records(plan.before.by_name[name].number))
            case HoldField(values=0, stored=True):
                yield replace(step, values=survey.values(_field(plan, step.object, step.field)))
            case RetypeField(values=0, identity=identity):
                yield replace(step, values=survey.values(plan.before.by_identity[identity]))
            case HoldValue(value=value, records=0):
                holders = survey.distribution(plan.field_before(step.object, step.field))
                yield replace(step, records=holders.get(value, 0))
            case _:
                pass


def _still_filled(plan: Planned, survey: Survey) -> None:
    """See that what becomes required, or comes back so, has a value everywhere, as when the plan was made."""
    told = {(step.object, step.field) for step in plan.steps if isinstance(step, RequireField)}
    known = {field.identity: field for field in plan.before.fields if field.storage_name and not is_id(field.type)}
    for object_name, names in plan.after.names.objects.items():
        for name, identity in names.identities.items():
            before, after = known.get(identity), plan.target.objects[object_name].fields[name].type
            if before is None or (object_name, name) in told or not (after.required and after.writable):
                continue
            if before.state is State.ACTIVE and type_from_json(before.type).required:
                continue
            if lacking := survey.lacking(before).count:
                raise PlanRefused(
                    f"{object_name}.{name} is required, and {lacking} records without a value were written since the "
                    "plan was made; nothing was changed. Make the plan again"
                )


def _field(plan: Planned, object_name: str, field: str) -> StoredField:
    """A field as it is before the plan: of an object under its new name, by its old name."""
    number = plan.after.by_name[object_name].number
    return next(each for each in plan.before.by_object[number] if each.name == field and each.state is State.ACTIVE)
