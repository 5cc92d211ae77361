"""A plan and what its user allows to the steps that stand in the way of applying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from objectforge.change.planning.questions import Question
from objectforge.change.risk import Risk
from objectforge.change.steps import HoldField, Step
from objectforge.change.subject import subject_of

__all__ = ["how_to_allow", "not_allowed", "to_allow", "unanswered", "unused"]


def not_allowed(steps: Sequence[Step], allow: Sequence[str]) -> tuple[Step, ...]:
    """The steps that lose something and that no name or pattern allows."""
    return tuple(
        step for step in steps if step.risk is Risk.LOSSY and not any(_allowed(name, allow) for name in _names(step))
    )


def to_allow(steps: Sequence[Step]) -> str:
    """What to type to allow steps; a compound in place of its parts."""
    names = dict.fromkeys(list(_names(step))[-1] for step in steps)
    return f"To allow them: allow=[{', '.join(map(repr, names))}]"


def how_to_allow(steps: Sequence[Step]) -> str | None:
    """What to type to carry out steps of which some lose something; None where none does."""
    lossy = not_allowed(steps, ())
    return to_allow(lossy) if lossy else None


def unanswered(asked: Sequence[Question], allow: Sequence[str]) -> tuple[Question, ...]:
    """The questions that neither the metadata answers nor an allowed name."""
    return tuple(question for question in asked if not _allowed(question.held, allow))


def unused(steps: Sequence[Step], allow: Sequence[str]) -> tuple[str, ...]:
    """What is allowed though no step of the plan is meant by it: most likely a name that is spelled wrongly."""
    names = [name for step in steps for name in _names(step)]
    return tuple(pattern for pattern in allow if not any(_allowed(name, (pattern,)) for name in names))


def _names(step: Step) -> Iterator[str]:
    """The names by which a step is allowed."""
    yield subject_of(step)
    if isinstance(step, HoldField) and step.part_of is not None:
        yield f"{step.object}.{step.part_of}"


def _allowed(name: str, allow: Sequence[str]) -> bool:
    """Whether a pattern means the thing: its own name, or that of what it belongs to with a field's values."""
    owners = name.split(".")
    meant = {name.lower(), ".".join(owners[:2]).lower()}
    given = [pattern.lower() for pattern in allow]  # a value may look like a pattern, [x]: its own name means it too
    return any(each == pattern or fnmatchcase(each, pattern) for pattern in given for each in meant)
