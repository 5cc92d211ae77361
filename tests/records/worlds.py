"""An org under test as the write path sees it: deployed, one connection, one moment that the test can move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.change.applying.apply import apply_plan
from objectforge.change.planning.make import make_plan
from objectforge.expressions.moment import Moment
from objectforge.metadata.fields.base import Region
from objectforge.metadata.metadata import Metadata
from objectforge.query.context import Context
from objectforge.records.create import create
from objectforge.records.delete import delete, delete_preview
from objectforge.records.empty_bin import empty_bin
from objectforge.records.forms import Forms
from objectforge.records.hooks import Hooks
from objectforge.records.restore import restore
from objectforge.records.stored import read_stored, to_record
from objectforge.records.update import update
from objectforge.records.upsert import upsert
from objectforge.records.writing import Writing
from objectforge.relations.resolve import resolve
from objectforge.storage.backends import backend_of
from objectforge.storage.engines import WRITES
from objectforge.storage.system_user import system_user_id
from objectforge.storage.tables import build_tables
from objectforge.values.locales import Locale
from objectforge.values.periods import Calendar

START = datetime(2026, 4, 1, 12, tzinfo=UTC)


@dataclass
class World:
    """A deployed org; `write()` opens a transaction."""

    engine: sa.Engine
    yaml: str
    locale: str = "en"
    zone: str = "UTC"
    now: datetime = START
    hooks: Hooks = field(default_factory=Hooks)

    def __post_init__(self) -> None:
        self.schema = resolve(Metadata.parse(self.yaml))
        plan = make_plan(None, None, self.schema)
        with self.engine.connect() as connection:
            self.registry = apply_plan(connection, plan, moment=self.moment, who="test")
        self.tables = build_tables(self.schema, self.registry.names)
        self.forms = Forms(self.schema, self.tables)
        self.user = self.registry.ids.format(system_user_id(self.registry))

    @property
    def moment(self) -> Moment:
        return Moment(self.now, Calendar(ZoneInfo(self.zone)))

    @contextmanager
    def write(self) -> Iterator[Writing]:
        with self.engine.execution_options(**WRITES).begin() as connection:
            context = Context(
                connection=connection,
                schema=self.schema,
                tables=self.tables,
                ids=self.registry.ids,
                backend=backend_of(connection.dialect),
                moment=self.moment,
                locale=Locale(self.locale),
                region=Region(ZoneInfo(self.zone)),
                user=self.user,
                version=1,
            )
            yield Writing(context, self.forms, self.hooks, org=self)
            self.now += timedelta(seconds=1)

    def create(self, name: str, *rows: dict[str, Any], partial: bool = False) -> Any:
        with self.write() as writing:
            return create(writing, self.schema.objects[name], rows, partial=partial)

    def update(self, name: str, *rows: dict[str, Any], partial: bool = False) -> Any:
        with self.write() as writing:
            return update(writing, self.schema.objects[name], rows, partial=partial)

    def upsert(self, name: str, *rows: dict[str, Any], by: str, partial: bool = False) -> Any:
        with self.write() as writing:
            return upsert(writing, self.schema.objects[name], rows, by=by, partial=partial)

    def delete(self, name: str, *ids: Any, hard: bool = False, partial: bool = False) -> Any:
        with self.write() as writing:
            return delete(writing, self.schema.objects[name], ids, hard=hard, partial=partial)

    def restore(self, name: str, *ids: Any) -> Any:
        with self.write() as writing:
            return restore(writing, self.schema.objects[name], ids)

    def preview(self, name: str, id_: str) -> Any:
        with self.write() as writing:
            return delete_preview(writing, self.schema.objects[name], id_)

    def empty_bin(self, **options: Any) -> int:
        with self.write() as writing:
            return empty_bin(writing, **options)

    def one(self, name: str, **values: Any) -> str:
        return self.create(name, values)[0].id

    def get(self, id_: str) -> Any:
        number = self.registry.ids.parse(id_)
        form = self.forms.of(self.registry.ids.object_of(number))
        with self.write() as writing:
            found = read_stored(writing, form, [number])
        return to_record(form, found[number]) if number in found else None

    def all(self, name: str) -> list[Any]:
        form = self.forms.of(name)
        with self.engine.connect() as connection:
            ids = connection.scalars(sa.select(form.table.c.id).where(sa.not_(form.table.c.is_deleted))).all()
        with self.write() as writing:
            found = read_stored(writing, form, ids)
        return [to_record(form, found[each]) for each in sorted(found)]


def codes(errors: Any) -> list[tuple[str, str]]:
    """The first field and the code of each error."""
    return [(error.fields[0] if error.fields else "", error.code) for error in errors]


__all__ = ["START", "World", "codes"]
