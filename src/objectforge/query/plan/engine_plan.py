"""A statement to the steps by which the engine is going to carry it out; the statement itself does not run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler

from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.plan.postgresql import postgresql_steps
from objectforge.query.plan.sqlite import sqlite_steps
from objectforge.query.plan.words import Names, Step

__all__ = ["engine_plan"]

_PLAN_COLUMNS = 4
"""The most columns in which an engine tells its plan."""


class _Explained(sa.Executable, sa.ClauseElement):
    """A statement that tells its plan."""

    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement


@compiles(_Explained, "sqlite")
def _on_sqlite(element: _Explained, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return f"EXPLAIN QUERY PLAN {compiler.process(element.statement, **options)}"


@compiles(_Explained, "postgresql")
def _on_postgresql(element: _Explained, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **options)}"


def engine_plan(statement: sa.Select[Any], context: Context) -> tuple[Step, ...]:
    """The steps, the same one after the other said once."""
    rows = execute(context, _Explained(_with_room(statement))).all()
    names = _names(statement, context)
    if context.connection.dialect.name == "sqlite":
        steps = sqlite_steps((str(row[-1]) for row in rows), names)
    else:
        plan = rows[0][0]
        told: Any = json.loads(plan) if isinstance(plan, str) else plan
        steps = postgresql_steps(told[0]["Plan"], names)
    return tuple(_each_once(steps))


def _with_room(statement: sa.Select[Any]) -> sa.Select[Any]:
    """The statement with columns of no type before its own: what the plan's columns are read as."""
    room = (sa.null().label(f"plan_{number}") for number in range(_PLAN_COLUMNS))
    return statement.with_only_columns(*room, *statement.selected_columns, maintain_column_froms=True)


def _each_once(steps: Iterator[Step]) -> Iterator[Step]:
    last: Step | None = None
    for step in steps:
        if step != last:
            yield step
        last = step


def _names(statement: sa.Select[Any], context: Context) -> Names:
    tables = context.tables
    by_table = {tables.names.objects[name].table: name for name in context.schema.objects}
    aliases: dict[str, str] = {}
    for element in visitors.iterate(statement):
        if isinstance(element, sa.Alias):
            table = str(getattr(cast("Any", element).element, "name", ""))
            if table in by_table:
                aliases[str(element.name)] = by_table[table]
    indexes = {index.name: index.fields for name in context.schema.objects for index in tables.indexes(name)}
    return Names(aliases, indexes)
