"""The registry in the org's own tables: read whole, written by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.storage import registry_tables as t
from objectforge.storage.engines import schema_of
from objectforge.storage.registry import FORMAT, Registry, State, StoredField, StoredObject

__all__ = [
    "Deployment",
    "create_registry",
    "is_org",
    "load_history",
    "load_metadata",
    "load_registry",
    "load_version",
    "save_deployment",
    "save_registry",
]

_ROW = 1


@dataclass(frozen=True, slots=True)
class Deployment:
    """One version of an org's metadata: how it came about."""

    version: int
    at: datetime
    who: str
    steps: tuple[str, ...]


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
    org = connection.execute(sa.select(t.org)).one()
    if org.format > FORMAT:
        raise ObjectForgeError(
            f"the org was written by a later ObjectForge (its format is {org.format}, this one reads {FORMAT}); "
            "type: pip install --upgrade objectforge"
        )
    objects = connection.execute(sa.select(t.objects).order_by(t.objects.c.number))
    fields = connection.execute(sa.select(t.fields).order_by(t.fields.c.identity))
    return Registry(
        version=org.version,
        next_object=org.next_object,
        next_identity=org.next_identity,
        objects=tuple(
            StoredObject(row.number, row.storage_name, row.prefix, tuple(row.path), row.package, State(row.state))
            for row in objects
        ),
        fields=tuple(
            StoredField(row.identity, row.object, row.storage_name, tuple(row.path), row.type, State(row.state))
            for row in fields
        ),
        format=org.format,
    )


def load_metadata(connection: sa.Connection, version: int) -> str:
    """The metadata of a version, as `snapshot.dump` wrote it."""
    query = sa.select(t.history.c.metadata).where(t.history.c.version == version)
    return connection.execute(query).scalar_one()


def load_history(connection: sa.Connection) -> tuple[Deployment, ...]:
    """Every deployment, the last one first."""
    query = sa.select(t.history.c.version, t.history.c.at, t.history.c.who, t.history.c.steps)
    rows = connection.execute(query.order_by(t.history.c.version.desc()))
    return tuple(Deployment(row.version, row.at, row.who, tuple(row.steps)) for row in rows)


def create_registry(connection: sa.Connection, registry: Registry) -> None:
    """Make the org's own tables and the row that is the org."""
    t.METADATA.create_all(connection, checkfirst=False)
    connection.execute(sa.insert(t.org), {"id": _ROW, **_org(registry)})


def save_registry(connection: sa.Connection, before: Registry, after: Registry) -> None:
    """Write what the registry after has or has otherwise than the one before."""
    connection.execute(sa.update(t.org).values(**_org(after)))
    _save(connection, t.objects.c.number, map(_object, before.objects), map(_object, after.objects))
    _save(connection, t.fields.c.identity, map(_field, before.fields), map(_field, after.fields))


def save_deployment(connection: sa.Connection, deployment: Deployment, metadata: str) -> None:
    """Add a version to the history."""
    row = {
        "version": deployment.version,
        "at": deployment.at,
        "who": deployment.who,
        "steps": list(deployment.steps),
        "metadata": metadata,
    }
    connection.execute(sa.insert(t.history), row)


def _save(
    connection: sa.Connection, key: sa.Column[int], before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]
) -> None:
    known = {row[key.name]: row for row in before}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in after:
        old = known.get(row[key.name])
        if old is None:
            new.append(row)
        elif old != row:
            changed.append(row)
    if new:
        connection.execute(sa.insert(key.table), new)
    _update(connection, key, changed)


def _update(connection: sa.Connection, key: sa.Column[int], rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        connection.execute(sa.update(key.table).where(key == row[key.name]).values(**row))


def _org(registry: Registry) -> dict[str, Any]:
    return {
        "format": registry.format,
        "version": registry.version,
        "next_object": registry.next_object,
        "next_identity": registry.next_identity,
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
    return {
        "identity": stored.identity,
        "object": stored.object,
        "storage_name": stored.storage_name,
        "path": list(stored.path),
        "state": stored.state.value,
        "type": stored.type,
    }
