"""A plan to the SQL of its steps, for who wants to read it before it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.change.applying.carried_out import CarriedOut, carried_out
from objectforge.change.applying.statements import Scene, statements
from objectforge.change.planned import Planned
from objectforge.change.retype.of_field import column_change
from objectforge.change.retype.shown_sql import retype_statements
from objectforge.change.steps import RetypeField
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.compiler import UnsupportedInSql
from objectforge.values.periods import Calendar

__all__ = ["step_sql"]


def step_sql(
    plan: Planned, dialect: Dialect, moment: Moment | None = None
) -> Iterator[tuple[CarriedOut, tuple[str, ...]]]:
    """Each step as it is carried out, with its statements in the dialect's SQL; values stand in them.

    What Python computes for each value, the conversion of a type, shows as the function `of_retype`.
    """
    settings = plan.target.metadata.settings
    year = settings.fiscal_year
    calendar = Calendar(ZoneInfo(settings.timezone), year.start, year.named_by, settings.week_start)
    scene = Scene(plan, dialect, moment or Moment(datetime.now(UTC), calendar))
    for step in carried_out(plan.steps, dialect):
        yield step, tuple(_text(statement, dialect) for statement in _of(step, scene))


def _of(step: CarriedOut, scene: Scene) -> tuple[sa.Executable, ...]:
    match step:
        case RetypeField(identity=identity, conversion=conversion):
            before, after = (known.by_identity[identity] for known in (scene.plan.before, scene.plan.after))
            change = column_change(before, after, conversion, scene.plan.tables_after)
            return retype_statements(change, conversion, scene.dialect)
        case _:
            try:
                return statements(step, scene)
            except UnsupportedInSql:
                return ()


def _text(statement: sa.Executable, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))  # pyright: ignore
