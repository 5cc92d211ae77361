"""The registry in the org's own tables: read whole, written by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import sqlalchemy as sa

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.storage import registry_tables as t
from objectforge.storage.ddl import AddColumn
from objectforge.storage.engines import schema_of
from objectforge.storage.registry import FORMAT, Registry, State, StoredField, StoredObject, StoredValue
from objectforge.storage.type_json import is_id, type_from_json

__all__ = [
    "bring_up", "create_registry", "is_org", "load_registry", "load_uid", "load_version", "readable", "save_registry",
]  # fmt: skip

_ROW = 1


def is_org(connection: sa.Connection) -> bool:
    """Whether anything was ever deployed there."""
    return sa.inspect(connection).has_table(t.org.name, schema=schema_of(connection))


def load_version(connection: sa.Connection) -> int:
    """The version of the org's metadata, as cheaply as it can be had."""
    return connection.execute(sa.select(t.org.c.version)).scalar_one()


def load_registry(connection: sa.Connection) -> Registry | None:
    """The org's registry; None where nothing was ever deployed.

    Raises:
        ObjectForgeError: the org was made by a later version of ObjectForge.
    """
    if not is_org(connection):
        return None
    written = connection.execute(sa.select(t.org.c.format)).scalar_one()
    if written > FORMAT:
        raise ObjectForgeError(
            f"the org was written by a later ObjectForge (its format is {written}, this one reads {FORMAT}); "
            "type: pip install --upgrade objectforge"
        )
    org = connection.execute(sa.select(*readable(t.org, written))).one()
    objects = connection.execute(sa.select(t.objects).order_by(t.objects.c.number))
    fields = connection.execute(sa.select(*readable(t.fields, written)).order_by(t.fields.c.identity))
    registry = Registry(
        version=org.version,
        next_object=org.next_object,
        next_identity=org.next_identity,
        objects=tuple(
            StoredObject(row.number, row.storage_name, row.prefix, tuple(row.path), row.package, State(row.state))
            for row in objects
        ),
        fields=tuple(
            StoredField(
                row.identity, row.object, row.storage_name, tuple(row.path), row.type, State(row.state),
                tuple(StoredValue(identity, tuple(path), State(state)) for identity, path, state in row.choices or ()),
                tuple(row.targets or ()),
            )
            for row in fields
        ),
        format=org.format,
        uid=org.uid or "",
    )  # fmt: skip
    return registry if written == FORMAT else _completed(registry)


def load_uid(connection: sa.Connection) -> str:
    """What tells the org from every other; nothing for an org of format 1 that no plan was applied to since."""
    written = connection.execute(sa.select(t.org.c.format)).scalar_one()
    uid = connection.execute(sa.select(*readable(t.org, written))).one().uid
    return uid or ""


def readable(table: sa.Table, written: int) -> list[sa.ColumnElement[Any]]:
    """The columns of one of the org's tables in an org of a format; those it does not have yet are null."""
    later = {column for number, columns in t.ADDED.items() if number > written for column in columns}
    return [sa.null().label(column.name) if column in later else column for column in table.c]


def bring_up(connection: sa.Connection, registry: Registry) -> None:
    """Give the tables of an org of an earlier format what they lack, before anything else is written to them."""
    for number, columns in t.ADDED.items():
        for column in columns if number > registry.format else ():
            connection.execute(AddColumn(column.table, column, None))
    _update(connection, t.fields.c.identity, [_field(field) for field in registry.fields])


def create_registry(connection: sa.Connection, registry: Registry) -> None:
    """Make the org's own tables and the row that is the org."""
    t.METADATA.create_all(connection, checkfirst=False)
    connection.execute(sa.insert(t.org), {"id": _ROW, **_org(registry)})


def save_registry(connection: sa.Connection, before: Registry, after: Registry) -> None:
    """Write what the registry after has or has otherwise than the one before, and forget what it has no more."""
    connection.execute(sa.update(t.org).values(**_org(after)))
    _save(connection, t.objects.c.number, map(_object, before.objects), map(_object, after.objects))
    _save(connection, t.fields.c.identity, map(_field, before.fields), map(_field, after.fields))


def _completed(registry: Registry) -> Registry:
    """The registry of an org of format 1, which kept no identities of picklist values and no targets of lookups."""
    following = count(registry.next_identity)

    def complete(field: StoredField) -> StoredField:
        if is_id(field.type):
            return field
        declared = type_from_json(field.type)
        values = (StoredValue(next(following), (choice.value, *choice.was)) for choice in declared.choices)
        targets = declared.relation.targets if declared.relation else ()
        return replace(
            field, values=tuple(values), targets=tuple(registry.by_name[target].number for target in targets)
        )

    fields = tuple(map(complete, registry.fields))
    return replace(registry, fields=fields, next_identity=next(following))


def _save(
    connection: sa.Connection, key: sa.Column[int], before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]
) -> None:
    known = {row[key.name]: row for row in before}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in after:
        old = known.pop(row[key.name], None)
        if old is None:
            new.append(row)
        elif old != row:
            changed.append(row)
    if new:
        connection.execute(sa.insert(key.table), new)
    _update(connection, key, changed)
    if known:
        connection.execute(sa.delete(key.table).where(key.in_(known)))


def _update(connection: sa.Connection, key: sa.Column[int], rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        connection.execute(sa.update(key.table).where(key == row[key.name]).values(**row))


def _org(registry: Registry) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": registry.version,
        "next_object": registry.next_object,
        "next_identity": registry.next_identity,
        "uid": registry.uid,
    }


def _object(stored: StoredObject) -> dict[str, Any]:
    return {
        "number": stored.number,
        "storage_name": stored.storage_name,
        "prefix": stored.prefix,
        "path": list(stored.path),
        "state": stored.state.value,
        "package": stored.package,
    }


def _field(stored: StoredField) -> dict[str, Any]:
    values = [[value.identity, list(value.path), value.state.value] for value in stored.values]
    return {
        "identity": stored.identity,
        "object": stored.object,
        "storage_name": stored.storage_name,
        "path": list(stored.path),
        "state": stored.state.value,
        "type": stored.type,
        "choices": values or None,
        "targets": list(stored.targets) or None,
    }
