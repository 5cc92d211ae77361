"""A plan: the steps from what an org is to what it shall be, printed for people, as SQL, as JSON and into a file."""

from __future__ import annotations

from os import PathLike
from typing import Any

from sqlalchemy.engine import Dialect

from objectforge.change.applying.step_sql import step_sql
from objectforge.change.plan_data import plan_data
from objectforge.change.plan_file import write_plan
from objectforge.change.plan_text import plan_text
from objectforge.change.planned import Planned

__all__ = ["Plan"]


class Plan(Planned):
    """Steps, and what they start from and lead to. Applied only to an org at the version it was made from."""

    def sql(self, dialect: Dialect) -> tuple[str, ...]:
        """The statements that change tables and records, in the dialect's SQL."""
        return tuple(statement for _, statements in step_sql(self, dialect) for statement in statements)

    def data(self, dialect: Dialect | None = None) -> dict[str, Any]:
        """The plan as JSON has it; with a dialect also its SQL."""
        return plan_data(self, dialect)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the plan to a file, for `org.read_plan(path)` or `objectforge apply FILE` to apply later."""
        write_plan(self, path)

    def __str__(self) -> str:
        return plan_text(self)
