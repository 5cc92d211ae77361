"""A PostgreSQL schema to the shapes of its tables: four questions to the catalog, however many tables there are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, OID

from objectforge.storage.engines import schema_of
from objectforge.storage.shapes import ColumnShape, IndexShape, KeyShape, TableShape, spelled, type_word

__all__ = ["read_postgresql"]

_CATALOG = sa.MetaData(schema="pg_catalog")
_ACTIONS = {"r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_EXTRAS = {"c": "check", "x": "exclusion"}


def _catalog(name: str, *columns: str, **typed: sa.types.TypeEngine[Any]) -> sa.Table:
    plain = [sa.Column(column, sa.Text()) for column in columns]
    return sa.Table(name, _CATALOG, *plain, *(sa.Column(column, type_) for column, type_ in typed.items()))


_schemas = _catalog("pg_namespace", "nspname", oid=OID())
_classes = _catalog("pg_class", "relname", "relkind", oid=OID(), relnamespace=OID())
_attributes = _catalog(
    "pg_attribute", "attname", attrelid=OID(), atttypid=OID(), atttypmod=sa.Integer(), attnum=sa.SmallInteger(),
    attnotnull=sa.Boolean(), attisdropped=sa.Boolean(),
)  # fmt: skip
_constraints = _catalog(
    "pg_constraint", "conname", "contype", "confupdtype", "confdeltype", conrelid=OID(), confrelid=OID(),
    conkey=ARRAY(sa.SmallInteger()),
)  # fmt: skip
_indexes = _catalog(
    "pg_index", indexrelid=OID(), indrelid=OID(), indisunique=sa.Boolean(), indisvalid=sa.Boolean(),
    indisprimary=sa.Boolean(),
)  # fmt: skip
_triggers = _catalog("pg_trigger", "tgname", tgrelid=OID(), tgisinternal=sa.Boolean())


def read_postgresql(connection: sa.Connection) -> dict[str, TableShape]:
    """Every table of the org's schema by name."""
    schema = schema_of(connection)
    where = sa.and_(
        _classes.c.relkind.in_(("r", "p")),
        _schemas.c.nspname == (sa.func.current_schema() if schema is None else schema),
    )
    tables = sa.select(_classes.c.oid, _classes.c.relname).join(_schemas, _schemas.c.oid == _classes.c.relnamespace)
    names = {row.oid: row.relname for row in connection.execute(tables.where(where))}
    of_ours = tables.where(where).subquery()
    primary, keys, extras = _constrained(connection, of_ours, names)
    columns, numbered = _columns(connection, of_ours, primary)
    indexes = _indexed(connection, of_ours)
    for table, name in connection.execute(
        sa.select(_triggers.c.tgrelid, _triggers.c.tgname)
        .join(of_ours, of_ours.c.oid == _triggers.c.tgrelid)
        .where(sa.not_(_triggers.c.tgisinternal))
    ):
        extras[table].append(f"trigger {name}")
    return {
        name: TableShape(
            name, columns[oid], {key.columns: key for key in _named(keys[oid], numbered[oid])}, indexes[oid],
            tuple(sorted(extras[oid])),
        )
        for oid, name in names.items()
    }  # fmt: skip


def _columns(
    connection: sa.Connection, of_ours: sa.Subquery, primary: set[tuple[int, int]]
) -> tuple[dict[int, dict[str, ColumnShape]], dict[int, dict[int, str]]]:
    a = _attributes.c
    found: dict[int, dict[str, ColumnShape]] = defaultdict(dict)
    numbered: dict[int, dict[int, str]] = defaultdict(dict)
    query = (
        sa.select(a.attrelid, a.attnum, a.attname, sa.func.format_type(a.atttypid, a.atttypmod), a.attnotnull)
        .join(of_ours, of_ours.c.oid == a.attrelid)
        .where(a.attnum > 0, sa.not_(a.attisdropped))
    )
    for table, number, name, type_, required in connection.execute(query):
        is_primary = (table, number) in primary
        found[table][name] = ColumnShape(name, type_word(type_), required and not is_primary, is_primary)
        numbered[table][number] = name
    return found, numbered


_Key = tuple[tuple[int, ...], str, str]


def _constrained(
    connection: sa.Connection, of_ours: sa.Subquery, names: dict[int, str]
) -> tuple[set[tuple[int, int]], dict[int, list[_Key]], dict[int, list[str]]]:
    """The columns of primary keys, the foreign keys, and other constraints, by the number of the table."""
    c = _constraints.c
    primary: set[tuple[int, int]] = set()
    keys: dict[int, list[_Key]] = defaultdict(list)
    extras: dict[int, list[str]] = defaultdict(list)
    query = sa.select(c.conrelid, c.conname, c.contype, c.conkey, c.confrelid, c.confupdtype, c.confdeltype)
    for table, name, kind, columns, target, on_update, on_delete in connection.execute(
        query.join(of_ours, of_ours.c.oid == c.conrelid)
    ):
        match kind:
            case "p":
                primary |= {(table, column) for column in columns}
            case "f":
                done = (("update", on_update), ("delete", on_delete))
                actions = [f"on {what} {_ACTIONS[does]}" for what, does in done if does in _ACTIONS]
                keys[table].append((tuple(columns), names.get(target, "of another schema"), ", ".join(actions)))
            case _ if kind in _EXTRAS:
                extras[table].append(f"{_EXTRAS[kind]} {name}")
            case _:  # a unique constraint is seen by its index, NOT NULL at its column
                pass
    return primary, keys, extras


def _named(keys: list[_Key], numbered: dict[int, str]) -> list[KeyShape]:
    return [
        KeyShape(tuple(numbered[column] for column in columns), target, actions) for columns, target, actions in keys
    ]


def _indexed(connection: sa.Connection, of_ours: sa.Subquery) -> dict[int, dict[str, IndexShape]]:
    i, named = _indexes.c, _classes.alias("named")
    found: dict[int, dict[str, IndexShape]] = defaultdict(dict)
    query = (
        sa.select(i.indrelid, named.c.relname, sa.func.pg_get_indexdef(i.indexrelid), i.indisunique, i.indisvalid)
        .join(of_ours, of_ours.c.oid == i.indrelid)
        .join(named, named.c.oid == i.indexrelid)
        .where(sa.not_(i.indisprimary))
    )
    for table, name, definition, unique, valid in connection.execute(query):
        found[table][name] = IndexShape(name, spelled(definition.partition("(")[2]), unique, valid)
    return found
