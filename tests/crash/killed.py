"""A process that works on an org and ends, or loses its connection, at a statement or a commit told in advance."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import event
from versions import deploy, number_of, values

from objectforge.errors.exceptions import ConnectionLost
from objectforge.org.org import Org

__all__ = ["BATCH", "LOST", "ROWS", "Death", "Work", "run"]

ROWS = 60
BATCH = 20
LOST = 3
"""The exit code of a process that lost its connection and was told so."""

Work = Literal["apply", "load", "load in batches", "create_many"]


@dataclass(frozen=True)
class Death:
    """When a process ends and how: `at` counts statements, each before and after it, and commits likewise."""

    at: int
    by: Literal["kill", "terminate"] = "kill"


def run(work: Work, url: str, name: str | None, death: Death | None, key: str, file: str) -> None:
    """Do the work, and die at its time.

    Args:
        work: What to do.
        url: Where the org is.
        name: Its schema.
        death: When to die; None for whenever somebody else likes.
        key: What the keys of new records begin with.
        file: The CSV file to load.
    """
    with Org.open(url, name=name) as org:
        org["Site"].exists()
        if death is not None:
            _doom(org, death)
        try:
            _WORK[work](org, key, file)
        except ConnectionLost:
            sys.exit(LOST)


def _apply(org: Org, key: str, file: str) -> None:
    deploy(org, number_of(org) + 1)


def _load(org: Org, key: str, file: str) -> None:
    org["Site"].load(file, upsert="Key")


def _load_in_batches(org: Org, key: str, file: str) -> None:
    org["Site"].load(file, upsert="Key", batch=BATCH)


def _create_many(org: Org, key: str, file: str) -> None:
    version = number_of(org)
    org["Site"].create_many([values(version, number, f"{key}-{number}") for number in range(ROWS)])


_WORK: dict[Work, Callable[[Org, str, str], None]] = {
    "apply": _apply,
    "load": _load,
    "load in batches": _load_in_batches,
    "create_many": _create_many,
}


def _doom(org: Org, death: Death) -> None:
    """Count statements and commits, and die at one of them."""
    reached = 0

    def count(connection: sa.Connection, *_: Any) -> None:
        nonlocal reached
        reached += 1
        if reached == death.at:
            _die(connection, death)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(org.engine, moment, count)
    commit = org.engine.dialect.do_commit

    def commit_and_count(driver: Any) -> None:
        nonlocal reached
        commit(driver)
        reached += 1
        if reached == death.at and death.by == "kill":
            os.kill(os.getpid(), signal.SIGKILL)

    org.engine.dialect.do_commit = commit_and_count  # type: ignore[method-assign] - no event comes after it


def _die(connection: sa.Connection, death: Death) -> None:
    if death.by == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
    other = sa.create_engine(connection.engine.url, poolclass=sa.NullPool)
    with other.begin() as beside:
        beside.execute(sa.select(sa.func.pg_terminate_backend(pid, 10_000)))
