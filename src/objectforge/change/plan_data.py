"""A plan to plain data: for programs that read it, and for the file in which it waits to be applied."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Dialect

from objectforge.change.applying.step_sql import step_sql
from objectforge.change.plan_text import step_lines
from objectforge.change.planned import Planned
from objectforge.change.steps import Step
from objectforge.change.subject import rows_of, subject_of

__all__ = ["plan_data", "step_data"]


def plan_data(plan: Planned, dialect: Dialect | None = None) -> dict[str, Any]:
    """A plan as JSON has it; with a dialect also the SQL of its steps, as they are carried out."""
    data: dict[str, Any] = {
        "version": plan.before.version,
        "steps": [step_data(step, plan) for step in plan.steps],
        "questions": [
            {"what": one.what, "held": one.held, "new": one.new, "was": list(one.was), "text": str(one)}
            for one in plan.questions
        ],
        "warnings": list(plan.warnings),
        "refused": bool(plan.refused),
        "unchanged": plan.unchanged,
    }
    if dialect is not None:
        data["sql"] = [statement for _, statements in step_sql(plan, dialect) for statement in statements]
    return data


def step_data(step: Step, plan: Planned) -> dict[str, Any]:
    """A step as JSON has it: its kind, what it is about, the risk, the rows, and the line that people read."""
    line, *details = step_lines(step, plan.ids)
    return {
        "kind": type(step).__name__,
        "name": subject_of(step),
        "risk": str(step.risk),
        "rows": rows_of(step),
        "text": line,
        "details": [detail.strip() for detail in details],
    }
