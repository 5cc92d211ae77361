"""A SQLite database to the shapes of its tables: a few questions, however many tables there are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from objectforge.storage.shapes import ColumnShape, IndexShape, KeyShape, TableShape, spelled

__all__ = ["read_sqlite"]

_SCHEMA = sa.table("sqlite_master", sa.column("type"), sa.column("name"), sa.column("tbl_name"), sa.column("sql"))
_NOTHING = "NO ACTION"


def read_sqlite(connection: sa.Connection) -> dict[str, TableShape]:
    """Every table by name."""
    columns, keys = _columns(connection), _keys(connection)
    indexes: dict[str, dict[str, IndexShape]] = defaultdict(dict)
    extras: dict[str, list[str]] = defaultdict(list)
    names: list[str] = []
    for kind, name, table, sql in connection.execute(
        sa.select(_SCHEMA.c.type, _SCHEMA.c.name, _SCHEMA.c.tbl_name, _SCHEMA.c.sql).order_by(_SCHEMA.c.name)
    ):
        match kind:
            case "table":
                names.append(name)
            case "index" if sql is not None:  # without one it is a primary key's
                indexes[table][name] = _index(name, sql)
            case "trigger":
                extras[table].append(f"trigger {name}")
            case _:
                pass
    return {
        name: TableShape(name, columns.get(name, {}), keys.get(name, {}), indexes[name], tuple(extras[name]))
        for name in names
    }


def _index(name: str, sql: str) -> IndexShape:
    before, _, parts = sql.partition("(")
    return IndexShape(name, spelled(parts), unique=spelled(before).startswith("create unique"))


def _columns(connection: sa.Connection) -> dict[str, dict[str, ColumnShape]]:
    # xinfo tells of generated columns too
    about = sa.func.pragma_table_xinfo(_SCHEMA.c.name).table_valued("name", "type", "notnull", "pk", name="about")
    found: dict[str, dict[str, ColumnShape]] = defaultdict(dict)
    for table, name, type_, required, primary in connection.execute(_asked(about)):
        found[table][name] = ColumnShape(name, type_.lower(), bool(required) and not primary, bool(primary))
    return found


def _keys(connection: sa.Connection) -> dict[str, dict[tuple[str, ...], KeyShape]]:
    about = sa.func.pragma_foreign_key_list(_SCHEMA.c.name).table_valued(
        "id", "from", "table", "on_update", "on_delete", name="about"
    )
    gathered: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in connection.execute(_asked(about)):
        gathered[row[0], row[1]].append(row)
    found: dict[str, dict[tuple[str, ...], KeyShape]] = defaultdict(dict)
    for (table, _), rows in gathered.items():
        columns = tuple(row[2] for row in rows)
        _, _, _, target, on_update, on_delete = rows[0]
        actions = [f"on {what} {does.lower()}" for what, does in (("update", on_update), ("delete", on_delete))
                   if does != _NOTHING]  # fmt: skip
        found[table][columns] = KeyShape(columns, target, ", ".join(actions))
    return found


def _asked(about: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(_SCHEMA.c.name, *about.c).select_from(_SCHEMA).join(about, sa.true()).where(_SCHEMA.c.type == "table")
    )
