"""An org under test, deployed without the layers above storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.change.applying.apply import apply_plan
from objectforge.change.planning.facts import NOTHING
from objectforge.change.planning.make import make_plan
from objectforge.change.planning.survey import Survey
from objectforge.expressions.moment import Moment
from objectforge.relations.schema import Schema
from objectforge.storage.engines import WRITES, schema_of
from objectforge.storage.registry import Registry
from objectforge.storage.tables import Tables, build_tables
from objectforge.values.periods import Calendar

MOMENT = Moment(datetime(2026, 4, 1, 12, tzinfo=UTC), Calendar(ZoneInfo("UTC")))


@dataclass
class Deployed:
    """An org under test: its schema as deployed last."""

    engine: sa.Engine
    schema: Schema | None = None
    registry: Registry | None = None
    tables: Tables | None = None

    def deploy(self, schema: Schema) -> Deployed:
        with self.engine.connect() as connection, connection.begin():
            facts = NOTHING if self.registry is None else Survey(connection, self.registry)
            plan = make_plan(self.registry, self.schema, schema, facts=facts)
        with self.engine.connect() as connection:
            self.registry = apply_plan(connection, plan, moment=MOMENT, who="test")
        self.schema = schema
        self.tables = build_tables(schema, self.registry.names)
        return self

    def insert(self, object_name: str, *records: dict[str, Any]) -> None:
        with self.engine.execution_options(**WRITES).begin() as connection:
            for record in records:
                values = {self.tables.column_name(object_name, key): value for key, value in record.items()}
                connection.execute(sa.insert(self.tables.table(object_name)), values)

    def rows(self, object_name: str, *fields: str) -> list[tuple[Any, ...]]:
        table = self.tables.table(object_name)
        columns = [self.tables.column(object_name, field) for field in fields]
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(table.c.id))]

    def names_in_database(self) -> set[str]:
        with self.engine.connect() as connection:
            return set(sa.inspect(connection).get_table_names(schema=schema_of(connection)))
