"""A database file that was made for something: gone again when that fails."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

__all__ = ["removed_on_failure"]

_BESIDE = ("", "-wal", "-shm")


@contextlib.contextmanager
def removed_on_failure(url: str) -> Generator[None]:
    """Remove the SQLite file of a URL when the block raises, if the file was not there before."""
    file = _file(url)
    new = file is not None and not file.exists()
    try:
        yield
    except BaseException:
        if file is not None and new:
            for ending in _BESIDE:
                Path(f"{file}{ending}").unlink(missing_ok=True)
        raise


def _file(url: str) -> Path | None:
    try:
        address = sa.make_url(url)
    except ArgumentError:  # whoever opens it says so
        return None
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(address.database)
