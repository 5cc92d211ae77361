"""A step to what it is about: the full name of a thing, how many records it touches, and which are in its way."""

from __future__ import annotations

from objectforge.change.retype.failures import Failures
from objectforge.change.steps import (
    AddField,
    AddIndex,
    ChangeDefinition,
    CreateObject,
    HoldField,
    HoldObject,
    HoldValue,
    PurgeField,
    PurgeObject,
    PurgeValue,
    Refuse,
    RemoveIndex,
    RenameObject,
    RenameValue,
    RequireField,
    ReturnField,
    ReturnObject,
    ReturnValue,
    RetypeField,
    Step,
)

__all__ = ["failures_of", "rows_of", "subject_of"]


def subject_of(step: Step) -> str:
    """The full name of what a step is about, by which it is allowed too: Account, Account.Fax, Account.Kind.Gold."""
    match step:
        case Refuse(name=name):
            return name
        case CreateObject() | RenameObject() | HoldObject() | ReturnObject() | PurgeObject():
            return step.object
        case HoldValue() | ReturnValue() | RenameValue() | PurgeValue():
            return f"{step.object}.{step.field}.{step.value}"
        case AddIndex(index=index) | RemoveIndex(index=index):
            return f"{index.object} ({', '.join(index.fields)})"
        case ChangeDefinition(section=section, name=name):
            return section if name is None else name
        case _:
            return f"{step.object}.{step.field}"


def rows_of(step: Step) -> int:
    """How many records a step reads, writes or takes out of sight; 0 for what touches none."""
    match step:
        case HoldObject() | ReturnObject() | PurgeObject() | HoldValue() | ReturnValue() | RenameValue() | PurgeValue():
            return step.records
        case HoldField() | ReturnField() | RetypeField() | PurgeField():
            return step.values
        case RequireField():
            return step.records
        case AddField(computed=computed) if computed is not None:
            return step.records
        case _:
            return 0


def failures_of(step: Step) -> Failures | None:
    """The records that stand in the way of a step, if any do."""
    match step:
        case RetypeField() | RequireField() | ReturnField() | AddIndex():
            return step.failures
        case _:
            return None
