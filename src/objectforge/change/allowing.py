"""A plan and what its user allows to the steps that stand in the way of applying it."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import singledispatch

from objectforge.change.questions import Question
from objectforge.change.risk import Risk
from objectforge.change.steps import HoldField, HoldObject, HoldValue, RetypeField, Step

__all__ = ["name_of", "not_allowed", "unanswered", "unused"]


@singledispatch
def name_of(step: Step) -> str | None:
    """The name by which a step that may lose something is allowed; None for steps that never do."""
    return None


@name_of.register
def _(step: HoldObject) -> str:
    return step.object


@name_of.register
def _(step: HoldField) -> str:
    return f"{step.object}.{step.field}"


@name_of.register
def _(step: RetypeField) -> str:
    return f"{step.object}.{step.field}"


@name_of.register
def _(step: HoldValue) -> str:
    return f"{step.object}.{step.field}.{step.value}"


def not_allowed(steps: Sequence[Step], allow: Sequence[str]) -> tuple[Step, ...]:
    """The steps that lose something and that no name or pattern allows."""
    return tuple(step for step in steps if step.risk is Risk.LOSSY and not _allowed(name_of(step) or "", allow))


def unanswered(asked: Sequence[Question], allow: Sequence[str]) -> tuple[Question, ...]:
    """The questions that neither the metadata answers nor an allowed name."""
    return tuple(question for question in asked if not _allowed(question.held, allow))


def unused(steps: Sequence[Step], allow: Sequence[str]) -> tuple[str, ...]:
    """What is allowed though no step of the plan is meant by it."""
    names = [name for step in steps if (name := name_of(step))]
    return tuple(pattern for pattern in allow if not any(_allowed(name, (pattern,)) for name in names))


def _allowed(name: str, allow: Sequence[str]) -> bool:
    """Whether a pattern means the thing: its own name, or that of what it belongs to with a field's values."""
    owners = name.split(".")
    meant = {name.lower(), ".".join(owners[:2]).lower()}
    return any(fnmatchcase(each, pattern.lower()) for pattern in allow for each in meant)
