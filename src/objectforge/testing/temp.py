"""A throwaway org: real, isolated, and gone afterwards."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Generator, Sequence
from os import PathLike

import sqlalchemy as sa

from objectforge.org.org import Org, Paths
from objectforge.testing.fixtures.load import Fixtures, load_fixtures
from objectforge.testing.templates import copy_of, template_of, with_records
from objectforge.values.clock import Clock, system_clock

__all__ = ["TempOrg", "temp_org"]

_File = str | PathLike[str]


class TempOrg(Org):
    """An org made for a test: `org.fixtures["acme"]` is the fixture record of that name."""

    fixtures: Fixtures = Fixtures({})


@contextlib.contextmanager
def temp_org(
    *metadata: Paths,
    records: _File | Sequence[_File] | None = None,
    url: str | None = None,
    clock: Clock = system_clock,
) -> Generator[TempOrg]:
    """An org with this metadata for the length of a `with` block.

    In memory by default, where the second org of the same metadata and records is a copy of the first and takes a
    millisecond or two. With the `url` of a PostgreSQL server it gets a schema of its own there, dropped at the end.

    Args:
        *metadata: Files or folders, or one `Metadata`.
        records: YAML files or folders of fixture records: `Account: {acme: {Name: Acme}}`.
        url: Where to make it; in memory when None.
        clock: Where the present moment comes from, for example `FixedClock`.

    Raises:
        MetadataError: the metadata is wrong.
        FixtureError: the fixture records are wrong.
    """
    if not metadata:
        raise TypeError('temp_org needs metadata: temp_org("crm/")')
    files = [records] if isinstance(records, str | PathLike) else list(records or ())
    if url is None or url in ("sqlite://", "sqlite:///:memory:"):
        with _copied(metadata, files, clock) as org:
            yield org
    else:
        with _deployed(metadata, url, clock) as org:
            org.fixtures = load_fixtures(org, *files) if files else org.fixtures
            yield org


@contextlib.contextmanager
def _copied(metadata: tuple[Paths, ...], records: Sequence[_File], clock: Clock) -> Generator[TempOrg]:
    template = template_of(metadata)
    # Under a clock of the test's own, records are written at its time, so that they are written each time.
    shared = clock is system_clock and bool(records)
    if shared:
        template = with_records(template, records)
    with TempOrg.adopt(copy_of(template), template.state, clock=clock) as org:
        org.fixtures = load_fixtures(org, *records) if records and not shared else template.fixtures
        yield org


@contextlib.contextmanager
def _deployed(metadata: tuple[Paths, ...], url: str, clock: Clock) -> Generator[TempOrg]:
    on_server = sa.make_url(url).get_backend_name() == "postgresql"
    name = f"temp_{secrets.token_hex(8)}" if on_server else None
    with TempOrg.open(url, name=name, clock=clock) as org:
        try:
            org.deploy(*metadata)
            yield org
        finally:
            if name is not None:
                with org.engine.begin() as connection:
                    connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
