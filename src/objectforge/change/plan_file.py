"""A plan to a file, to be applied later to the very org, in the very state, that it was made from."""

from __future__ import annotations

import json
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from objectforge.change.plan_data import step_data
from objectforge.change.planned import Planned
from objectforge.errors.exceptions import Conflict, PlanRefused
from objectforge.metadata.metadata import Metadata
from objectforge.storage.snapshot import dump, restore

__all__ = [
    "SavedPlan",
    "SavedStep",
    "check_same",
    "check_saved",
    "is_plan_file",
    "read_plan",
    "saved_metadata",
    "write_plan",
]

_FORMAT = 1
_MARK = "objectforge_plan"
_AGAIN = "Make it again: objectforge plan -o FILE"


class SavedStep(BaseModel):
    """A step as it was shown."""

    model_config = ConfigDict(frozen=True)

    kind: str
    name: str
    risk: str
    rows: int
    text: str
    details: tuple[str, ...]


class SavedPlan(BaseModel):
    """What a plan file says: the org and its version, the metadata to come, and the steps that were shown."""

    model_config = ConfigDict(frozen=True)

    objectforge_plan: int = _FORMAT
    org: str
    """The org's uid."""
    version: int
    rollback: int | None
    """The version that is rolled back to, for a plan that does."""
    steps: tuple[SavedStep, ...]
    metadata: str
    """As `snapshot.dump` writes it."""
    source: str | None
    digest: str = ""


def write_plan(plan: Planned, path: str | PathLike[str]) -> None:
    """Write a plan to a file.

    Raises:
        ValueError: it purges; that is done at once or not at all.
    """
    if plan.purges:
        raise ValueError("a purge is not saved; org.purge(...) does it at once")
    saved = SavedPlan(
        org=plan.before.uid,
        version=plan.before.version,
        rollback=plan.rollback,
        steps=tuple(SavedStep(**step_data(step, plan)) for step in plan.steps),
        metadata=dump(plan.target.metadata),
        source=plan.source or plan.target.metadata.to_yaml() or None,
    )
    text = saved.model_copy(update={"digest": _digest(saved)}).model_dump_json(indent=1)
    Path(path).write_text(text + "\n", "utf-8")


def is_plan_file(path: str | PathLike[str]) -> bool:
    """Whether a file looks like a saved plan, whatever became of it."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            return f'"{_MARK}"' in file.read(200)
    except OSError:
        return False


def read_plan(path: str | PathLike[str]) -> SavedPlan:
    """Read a saved plan.

    Raises:
        PlanRefused: it is none, or it was changed since it was written.
        OSError: it cannot be read.
    """
    try:
        content: Any = json.loads(Path(path).read_text("utf-8"))
        saved = SavedPlan.model_validate(content)
    except (ValidationError, ValueError, RecursionError) as wrong:
        raise PlanRefused(f"{path} is not a plan that was saved; nothing was changed. {_AGAIN}") from wrong
    if saved.objectforge_plan != _FORMAT:
        raise PlanRefused(f"{path} was saved by another version of ObjectForge; nothing was changed. {_AGAIN}")
    if saved.digest != _digest(saved):
        raise PlanRefused(
            f"{path} was edited after it was saved; nothing was changed. Change the metadata instead. {_AGAIN}"
        )
    return saved


def saved_metadata(saved: SavedPlan) -> Metadata:
    """The metadata to come.

    Raises:
        PlanRefused: another version of ObjectForge wrote it in another form.
    """
    try:
        return restore(saved.metadata)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise PlanRefused(
            f"the metadata in the plan cannot be read, another ObjectForge saved it; nothing was changed. {_AGAIN}"
        ) from wrong


def check_saved(saved: SavedPlan, uid: str, version: int) -> None:
    """See that a saved plan belongs to an org as it is now.

    Raises:
        PlanRefused: it is another org's.
        Conflict: the org has moved on.
    """
    if version and saved.version and saved.org != uid:
        raise PlanRefused("the plan was made for another org; nothing was changed. Make one for this org")
    if saved.version != version:
        raise Conflict(
            f"the org has moved on since the plan was saved (its metadata was at version {saved.version}, now it is at "
            f"{version}); nothing was changed. {_AGAIN}"
        )


def check_same(saved: SavedPlan, plan: Planned) -> None:
    """See that the plan, made again, has the steps and risks that were saved.

    Raises:
        Conflict: it has not, for records were written since.
    """
    shown = {(step.kind, step.name, step.risk) for step in saved.steps}
    now = [SavedStep(**step_data(step, plan)) for step in plan.steps]
    others = [f"  {step.text}" for step in now if (step.kind, step.name, step.risk) not in shown]
    if not others and len(now) == len(saved.steps):
        return
    raise Conflict(
        "\n".join(
            (
                "records were written since the plan was saved, and it is another plan now; nothing was changed. "
                + _AGAIN,
                *others,
            )
        )
    )


def _digest(saved: SavedPlan) -> str:
    text = saved.model_copy(update={"digest": ""}).model_dump_json()
    return sha256(text.encode()).hexdigest()
