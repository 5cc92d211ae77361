"""A table with one column to convert, and what is read of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.change.conversion.matrix import conversion
from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.column_change import ColumnChange
from objectforge.change.retype.run import retype
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_type
from objectforge.storage.ddl import CreateTable, Key
from objectforge.storage.engines import WRITES, schema_of
from objectforge.storage.record_ids import RecordIds
from objectforge.values.ids import make_id
from objectforge.values.kinds import Kind
from objectforge.values.storage_types import Flag, PlainText, RecordId

IDS = RecordIds({"Account": (1, "001"), "Contact": (2, "003")})
ZONE = ZoneInfo("Asia/Tokyo")
KEY = "fk_f7"


def field(type_name: str, **parameters: Any) -> FieldType:
    cls = field_type(type_name)
    return cls.model_validate(parameters or dict(cls.sample))


class Retyped:
    """Contacts with a column `value`, beside accounts that they may point to."""

    def __init__(self, engine: sa.Engine, before: FieldType, after: FieldType) -> None:
        self.engine = engine.execution_options(**WRITES)
        self.accounts = sa.Table("account", sa.MetaData(), *_system_columns())
        self.others = sa.Table("other", sa.MetaData(), *_system_columns())
        self._describe(before, after)
        with self.engine.begin() as connection:
            if name := schema_of(connection):
                connection.execute(sa.schema.CreateSchema(name))
            for number, table in ((1, self.accounts), (3, self.others)):
                connection.execute(CreateTable(table, number, [column.name for column in table.c], {}))
                connection.execute(
                    sa.insert(table), [{"id": account(each), "is_deleted": each == 3} for each in (1, 2, 3)]
                )
            keys = {"value": key} if (key := self._key(before)) else {}
            connection.execute(CreateTable(self.table, 2, [column.name for column in self.table.c], keys))

    def again(self, after: FieldType) -> Retyped:
        """The next change of the same column."""
        self._describe(self.after, after)
        return self

    def _describe(self, before: FieldType, after: FieldType) -> None:
        self.before, self.after = before, after
        self.table = self._contacts(before)
        self.outcome = conversion(before, after, ZONE, IDS)
        assert isinstance(self.outcome, Conversion)

    @property
    def change(self) -> ColumnChange:
        parents = {1: self.accounts} if self.outcome.parents else {}
        return ColumnChange(
            "contact", "value", self.before, self.after, self._key(self.before), self._key(self.after), parents
        )

    def insert(self, values: Iterable[Any], *, first: int = 1, deleted: bool = False) -> None:
        rows = [
            {"id": make_id(2, number), "is_deleted": deleted, "name": f"n{number}", "value": value}
            for number, value in enumerate(values, first)
        ]
        with self.engine.begin() as connection:
            connection.execute(sa.insert(self.table), rows)

    def retype(self, progress: Any = None) -> int:
        with self.engine.begin() as connection:
            return retype(connection, self.change, self.outcome, progress)

    def values(self, type_: FieldType | None = None) -> list[Any]:
        table = self._contacts(type_ or self.after)
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(table.c.value).order_by(table.c.id)))

    def columns(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            found = sa.inspect(connection).get_columns("contact", schema=schema_of(connection))
        return {column["name"]: str(column["type"]) for column in found}

    def keys(self) -> list[tuple[str | None, str]]:
        with self.engine.connect() as connection:
            found = sa.inspect(connection).get_foreign_keys("contact", schema=schema_of(connection))
        # SQLAlchemy does not read the names of inline keys from SQLite.
        return [(key["name"] or KEY, key["referred_table"]) for key in found]

    def _contacts(self, type_: FieldType) -> sa.Table:
        default = sa.false() if type_.value_type().kind is Kind.BOOLEAN else None
        value: sa.Column[Any] = sa.Column("value", type_.column_type(), server_default=default)
        return sa.Table("contact", sa.MetaData(), *_system_columns(), sa.Column("name", PlainText()), value)

    def _key(self, type_: FieldType) -> Key | None:
        if type_.relation is None or len(type_.relation.targets) > 1:
            return None
        return Key(KEY, {"Account": self.accounts, "Contact": self.others}[type_.relation.targets[0]])


def account(number: int) -> int:
    return make_id(1, number)


def _system_columns() -> tuple[sa.Column[Any], ...]:
    return sa.Column("id", RecordId(), primary_key=True, autoincrement=False), sa.Column("is_deleted", Flag())
