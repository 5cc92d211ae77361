"""The versions of an org's metadata: how each came about, what it was, and which identities its names stood for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from objectforge.storage import registry_tables as t
from objectforge.storage.registry import Identities
from objectforge.storage.registry_store import readable

__all__ = ["Deployment", "Version", "load_history", "load_metadata", "load_version_of", "save_deployment"]


@dataclass(frozen=True, slots=True)
class Deployment:
    """How one version of an org's metadata came about."""

    version: int
    at: datetime
    who: str
    steps: tuple[str, ...]
    """A line per step, as the plan showed it."""

    def __str__(self) -> str:
        lines = "\n".join(f"  {step}" for step in self.steps)
        return f"version {self.version}, {self.at:%Y-%m-%d %H:%M} UTC, by {self.who}\n{lines}"


@dataclass(frozen=True, slots=True)
class Version:
    """The metadata of a version: merged, as `snapshot.dump` wrote it, as the org's own YAML, and by identity.

    `source` and `identities` are None for versions that were deployed before orgs kept them.
    """

    metadata: str
    source: str | None
    identities: Identities | None


def load_metadata(connection: sa.Connection, version: int) -> str:
    """The merged metadata of a version, as `snapshot.dump` wrote it."""
    query = sa.select(t.history.c.metadata).where(t.history.c.version == version)
    return connection.execute(query).scalar_one()


def load_version_of(connection: sa.Connection, version: int) -> Version | None:
    """All that was kept of a version; None where there is none of that number."""
    written = connection.execute(sa.select(t.org.c.format)).scalar_one()
    query = sa.select(*readable(t.history, written)).where(t.history.c.version == version)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Version(row.metadata, row.source, _read(row.identities) if row.identities else None)


def load_history(connection: sa.Connection) -> tuple[Deployment, ...]:
    """Every deployment, the last one first."""
    query = sa.select(t.history.c.version, t.history.c.at, t.history.c.who, t.history.c.steps)
    rows = connection.execute(query.order_by(t.history.c.version.desc()))
    return tuple(Deployment(row.version, row.at, row.who, tuple(row.steps)) for row in rows)


def save_deployment(connection: sa.Connection, deployment: Deployment, version: Version) -> None:
    """Add a version to the history."""
    row = {
        "version": deployment.version,
        "at": deployment.at,
        "who": deployment.who,
        "steps": list(deployment.steps),
        "metadata": version.metadata,
        "source": version.source,
        "identities": _written(version.identities) if version.identities else None,
    }
    connection.execute(sa.insert(t.history), row)


def _written(identities: Identities) -> dict[str, Any]:
    return {
        "objects": dict(identities.objects),
        "fields": [[*names, identity] for names, identity in identities.fields.items()],
        "values": [[*names, identity] for names, identity in identities.values.items()],
    }


def _read(data: dict[str, Any]) -> Identities:
    return Identities(
        objects=data["objects"],
        fields={(object_, field): identity for object_, field, identity in data["fields"]},
        values={(field, value): identity for field, value, identity in data["values"]},
    )
