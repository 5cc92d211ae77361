"""A plan to every record that stands in its way: all of them, where the plan itself shows the first twenty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.change.planned import Planned
from objectforge.change.planning.survey import Survey
from objectforge.change.retype.failures import Failure, Failures, each_failure
from objectforge.change.retype.of_field import column_change
from objectforge.change.steps import AddIndex, RequireField, ReturnField, RetypeField

__all__ = ["Obstacle", "each_obstacle"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A record in the way of a plan: of which field, with which value, and why."""

    object: str
    field: str
    id: str
    value: Any
    reason: str


def each_obstacle(connection: sa.Connection, plan: Planned) -> Iterator[Obstacle]:
    """Every record in the way, step by step, by id."""
    survey = Survey(connection, plan.before)
    for step in plan.steps:
        match step:
            case RetypeField(failures=Failures()):
                yield from _told(step, plan, _unconvertible(connection, plan, step))
            case RequireField(failures=Failures()):
                yield from _told(step, plan, survey.each_lacking(plan.field_before(step.object, step.field)))
            case ReturnField(failures=Failures()):
                yield from _told(step, plan, survey.each_leading_to_bin(plan.field_before(step.object, step.field)))
            case AddIndex(failures=Failures(), index=index):
                number = plan.after.by_name[index.object].number
                for each in survey.each_sharing(index, number):
                    yield Obstacle(
                        index.object, ", ".join(index.fields), plan.ids.format(each.id), each.value, each.reason
                    )
            case _:
                pass


def _told(
    step: RetypeField | RequireField | ReturnField, plan: Planned, failures: Iterator[Failure]
) -> Iterator[Obstacle]:
    links, ids = not isinstance(step, RequireField) and step.links, plan.ids
    for failure in failures:
        value = ids.format(failure.value) if links and failure.value is not None else failure.value
        yield Obstacle(step.object, step.field, ids.format(failure.id), value, failure.reason)


def _unconvertible(connection: sa.Connection, plan: Planned, step: RetypeField) -> Iterator[Failure]:
    before, after = (registry.by_identity[step.identity] for registry in (plan.before, plan.after))
    change = column_change(before, after, step.conversion, plan.tables_before)
    return each_failure(connection, change, step.conversion)
