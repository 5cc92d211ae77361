"""A throwaway org: real, isolated, and gone afterwards."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Generator
from os import PathLike

import sqlalchemy as sa

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.testing.fixtures import load_fixtures
from objectforge.testing.templates import copy_of, template_of
from objectforge.values.clock import Clock, system_clock

__all__ = ["temp_org"]


@contextlib.contextmanager
def temp_org(
    *metadata: str | PathLike[str] | Metadata,
    records: str | PathLike[str] | None = None,
    url: str | None = None,
    clock: Clock = system_clock,
) -> Generator[Org]:
    """An org with this metadata for the length of a `with` block.

    In memory by default, where the second org of the same metadata is a copy of the first and takes a millisecond or
    two. With the `url` of a PostgreSQL server it gets a schema of its own there, dropped at the end.

    Args:
        *metadata: Files or folders, or one `Metadata`.
        records: A YAML file or folder of fixture records (`objectforge.testing.fixtures`).
        url: Where to make it; in memory when None.
        clock: Where the present moment comes from, for example `FixedClock`.

    Raises:
        MetadataError: the metadata is wrong.
        FixtureError: the fixture records are wrong.
    """
    if not metadata:
        raise TypeError('temp_org needs metadata: temp_org("crm/")')
    with _made(metadata, url, clock) as org:
        if records is not None:
            load_fixtures(org, records)
        yield org


@contextlib.contextmanager
def _made(metadata: tuple[str | PathLike[str] | Metadata, ...], url: str | None, clock: Clock) -> Generator[Org]:
    if url is None or url in ("sqlite://", "sqlite:///:memory:"):
        template = template_of(metadata)
        with Org.adopt(copy_of(template), template.state, clock=clock) as org:
            yield org
        return
    on_server = sa.make_url(url).get_backend_name() == "postgresql"
    name = f"temp_{secrets.token_hex(8)}" if on_server else None
    with Org.open(url, name=name, clock=clock) as org:
        try:
            org.deploy(*metadata)
            yield org
        finally:
            if name is not None:
                with org.engine.begin() as connection:
                    connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
