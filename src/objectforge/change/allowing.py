"""A plan and what its user allows to the steps that stand in the way of applying it."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from objectforge.change.questions import Question
from objectforge.change.risk import Risk
from objectforge.change.steps import Step
from objectforge.change.subject import subject_of

__all__ = ["not_allowed", "unanswered", "unused"]


def not_allowed(steps: Sequence[Step], allow: Sequence[str]) -> tuple[Step, ...]:
    """The steps that lose something and that no name or pattern allows."""
    return tuple(step for step in steps if step.risk is Risk.LOSSY and not _allowed(subject_of(step), allow))


def unanswered(asked: Sequence[Question], allow: Sequence[str]) -> tuple[Question, ...]:
    """The questions that neither the metadata answers nor an allowed name."""
    return tuple(question for question in asked if not _allowed(question.held, allow))


def unused(steps: Sequence[Step], allow: Sequence[str]) -> tuple[str, ...]:
    """What is allowed though no step of the plan is meant by it: most likely a name that is spelled wrongly."""
    names = [subject_of(step) for step in steps]
    return tuple(pattern for pattern in allow if not any(_allowed(name, (pattern,)) for name in names))


def _allowed(name: str, allow: Sequence[str]) -> bool:
    """Whether a pattern means the thing: its own name, or that of what it belongs to with a field's values."""
    owners = name.split(".")
    meant = {name.lower(), ".".join(owners[:2]).lower()}
    given = [pattern.lower() for pattern in allow]  # a value may look like a pattern, [x]: its own name means it too
    return any(each == pattern or fnmatchcase(each, pattern) for pattern in given for each in meant)
