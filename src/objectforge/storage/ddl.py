"""The DDL an org needs, as SQLAlchemy elements: what SQLite 3.40, PostgreSQL 15 and Citus all run.

Keys are named and stand inside their column, the only place where SQLite can add them to a table and drop them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler

from objectforge.storage.indexes import Index, key_of
from objectforge.storage.living import living
from objectforge.storage.names import primary_key_name

__all__ = [
    "AddColumn",
    "AddKey",
    "AlterType",
    "CreateIndex",
    "CreateTable",
    "DropColumn",
    "DropIndex",
    "DropKey",
    "DropTable",
    "Key",
    "RenameColumn",
    "SetDefault",
    "unbound_column",
]


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key of a column to the primary key of a table."""

    name: str
    target: sa.Table


class CreateTable(ExecutableDDLElement):
    """CREATE TABLE with some of a table's columns; `keys` are the foreign keys by column name."""

    inherit_cache = False

    def __init__(self, table: sa.Table, number: int, columns: Sequence[str], keys: dict[str, Key]) -> None:
        self.table, self.number, self.columns, self.keys = table, number, columns, keys


class AddColumn(ExecutableDDLElement):
    """ALTER TABLE ADD COLUMN, of a column that `unbound_column` may have given another default."""

    inherit_cache = False

    def __init__(self, table: sa.Table, column: sa.Column[Any], key: Key | None) -> None:
        self.table, self.column, self.key = table, column, key


class CreateIndex(ExecutableDDLElement):
    """CREATE INDEX; a unique one over living records only."""

    inherit_cache = False

    def __init__(self, table: sa.Table, index: Index) -> None:
        self.table, self.index = table, index


class DropIndex(ExecutableDDLElement):
    """DROP INDEX."""

    inherit_cache = False

    def __init__(self, name: str) -> None:
        self.name = name


class DropColumn(ExecutableDDLElement):
    """ALTER TABLE DROP COLUMN; SQLite refuses while an index is over it."""

    inherit_cache = False

    def __init__(self, table: sa.Table, name: str) -> None:
        self.table, self.name = table, name


class RenameColumn(ExecutableDDLElement):
    """ALTER TABLE RENAME COLUMN."""

    inherit_cache = False

    def __init__(self, table: sa.Table, before: str, after: str) -> None:
        self.table, self.before, self.after = table, before, after


class DropTable(ExecutableDDLElement):
    """DROP TABLE, which nothing may refer to any more."""

    inherit_cache = False

    def __init__(self, table: sa.Table) -> None:
        self.table = table


class AddKey(ExecutableDDLElement):
    """ALTER TABLE ADD CONSTRAINT FOREIGN KEY, of a column that is there; not on SQLite."""

    inherit_cache = False

    def __init__(self, table: sa.Table, column: str, key: Key) -> None:
        self.table, self.column, self.key = table, column, key


class DropKey(ExecutableDDLElement):
    """ALTER TABLE DROP CONSTRAINT, of a foreign key; not on SQLite, where it goes with its column."""

    inherit_cache = False

    def __init__(self, table: sa.Table, name: str) -> None:
        self.table, self.name = table, name


class AlterType(ExecutableDDLElement):
    """ALTER TABLE ALTER COLUMN TYPE USING an expression over the old values; not on SQLite."""

    inherit_cache = False

    def __init__(
        self, table: sa.Table, column: str, type_: sa.types.TypeEngine[Any], using: sa.ColumnElement[Any]
    ) -> None:
        self.table, self.column, self.type, self.using = table, column, type_, using


class SetDefault(ExecutableDDLElement):
    """ALTER TABLE ALTER COLUMN SET DEFAULT, or DROP DEFAULT without one; not on SQLite."""

    inherit_cache = False

    def __init__(self, table: sa.Table, column: str, default: sa.ColumnElement[Any] | None) -> None:
        self.table, self.column, self.default = table, column, default


def unbound_column(column: sa.Column[Any], default: sa.ColumnElement[Any] | None) -> sa.Column[Any]:
    """The column with another default for the records that are there; the table stays as it is."""
    made: sa.Column[Any] = sa.Column(column.name, column.type, nullable=True, server_default=default)
    sa.Table(column.table.name, sa.MetaData(), made)
    return made


@compiles(CreateTable)
def _create_table(element: CreateTable, compiler: DDLCompiler, **options: Any) -> str:
    columns = [_column(compiler, element.table.c[name], element.keys.get(name)) for name in element.columns]
    for at, name in enumerate(element.columns):
        if element.table.c[name].primary_key:
            columns[at] += f" CONSTRAINT {primary_key_name(element.number)} PRIMARY KEY"
    listed = ",\n  ".join(columns)
    return f"CREATE TABLE {compiler.preparer.format_table(element.table)} (\n  {listed}\n)"


@compiles(AddColumn)
def _add_column(element: AddColumn, compiler: DDLCompiler, **options: Any) -> str:
    column = _column(compiler, element.column, element.key)
    return f"{_alter(compiler, element.table)} ADD COLUMN {column}"


@compiles(CreateIndex)
def _create_index(element: CreateIndex, compiler: DDLCompiler, **options: Any) -> str:
    index, table = element.index, element.table
    parts = [
        _render(compiler, key_of(part, table.c[part.column], compiler.dialect))
        + _direction(compiler, part.descending, unique=index.unique)
        for part in index.parts
    ]
    if not index.unique and compiler.dialect.name == "postgresql":
        # Every order ends with the id; SQLite's indexes end with it anyway.
        parts.append(_render(compiler, table.c.id))
    name = compiler.preparer.quote(index.name)
    unique = "UNIQUE " if index.unique else ""
    where = f" WHERE {_render(compiler, living(table))}" if index.unique else ""
    return f"CREATE {unique}INDEX {name} ON {compiler.preparer.format_table(table)} ({', '.join(parts)}){where}"


@compiles(DropIndex)
def _drop_index(element: DropIndex, compiler: DDLCompiler, **options: Any) -> str:
    # An index is found in its table's schema, and is qualified as a table is.
    return f"DROP INDEX {compiler.preparer.format_table(sa.Table(element.name, sa.MetaData()))}"


@compiles(DropColumn)
def _drop_column(element: DropColumn, compiler: DDLCompiler, **options: Any) -> str:
    return f"{_alter(compiler, element.table)} DROP COLUMN {compiler.preparer.quote(element.name)}"


@compiles(RenameColumn)
def _rename_column(element: RenameColumn, compiler: DDLCompiler, **options: Any) -> str:
    before, after = (compiler.preparer.quote(name) for name in (element.before, element.after))
    return f"{_alter(compiler, element.table)} RENAME COLUMN {before} TO {after}"


@compiles(DropTable)
def _drop_table(element: DropTable, compiler: DDLCompiler, **options: Any) -> str:
    return f"DROP TABLE {compiler.preparer.format_table(element.table)}"


@compiles(AddKey, "postgresql")
def _add_key(element: AddKey, compiler: DDLCompiler, **options: Any) -> str:
    column, name = compiler.preparer.quote(element.column), compiler.preparer.quote(element.key.name)
    target = compiler.preparer.format_table(element.key.target)
    return f"{_alter(compiler, element.table)} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {target} (id)"


@compiles(DropKey, "postgresql")
def _drop_key(element: DropKey, compiler: DDLCompiler, **options: Any) -> str:
    return f"{_alter(compiler, element.table)} DROP CONSTRAINT {compiler.preparer.quote(element.name)}"


@compiles(AlterType, "postgresql")
def _alter_type(element: AlterType, compiler: DDLCompiler, **options: Any) -> str:
    column, made = compiler.preparer.quote(element.column), compiler.type_compiler.process(element.type)
    using = _render(compiler, element.using)
    return f"{_alter(compiler, element.table)} ALTER COLUMN {column} TYPE {made} USING {using}"


@compiles(SetDefault, "postgresql")
def _set_default(element: SetDefault, compiler: DDLCompiler, **options: Any) -> str:
    column = compiler.preparer.quote(element.column)
    change = "DROP DEFAULT" if element.default is None else f"SET DEFAULT {_render(compiler, element.default)}"
    return f"{_alter(compiler, element.table)} ALTER COLUMN {column} {change}"


def _alter(compiler: DDLCompiler, table: sa.Table) -> str:
    return f"ALTER TABLE {compiler.preparer.format_table(table)}"


def _column(compiler: DDLCompiler, column: sa.Column[Any], key: Key | None) -> str:
    text = compiler.get_column_specification(column)
    if key is None:
        return text
    target = compiler.preparer.format_table(key.target)
    return f"{text} CONSTRAINT {key.name} REFERENCES {target} (id)"


def _render(compiler: DDLCompiler, element: sa.ColumnElement[Any]) -> str:
    return compiler.sql_compiler.process(element, include_table=False, literal_binds=True)


def _direction(compiler: DDLCompiler, descending: bool, *, unique: bool) -> str:
    words = " DESC" if descending else ""
    if unique or compiler.dialect.name != "postgresql":
        return words
    # Our order has nulls first, PostgreSQL's own has them last.
    return words + (" NULLS LAST" if descending else " NULLS FIRST")
