"""Deployed orgs kept in memory by the content of their metadata: the next throwaway org of the same is a copy."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.org.state import OrgState
from objectforge.storage.engines import open_engine
from objectforge.storage.snapshot import dump

__all__ = ["Template", "copy_of", "template_of"]

Source = str | PathLike[str] | Metadata


@dataclass(frozen=True)
class Template:
    """An empty org as a SQLite database image, with its state, which all copies share (it never changes)."""

    image: bytes
    state: OrgState


_LOCK = Lock()
_KNOWN: dict[str, Template] = {}
_PATHS: dict[str, str] = {}


def template_of(sources: Sequence[Source]) -> Template:
    """The template of metadata, made when first asked for.

    Files are read anew only when one has changed; that is told by their names, sizes and times of change.
    """
    key = _key(sources)
    with _LOCK:
        known = _KNOWN.get(_PATHS.get(key, key))
        if known is None:
            metadata = sources[0] if isinstance(sources[0], Metadata) else Metadata.load(*_paths(sources))
            content = hashlib.sha256(dump(metadata).encode()).hexdigest()
            _PATHS[key] = content
            known = _KNOWN.get(content) or _KNOWN.setdefault(content, _make(metadata))
        return known


def copy_of(template: Template) -> sa.Engine:
    """A new database in memory with the template's content."""
    engine = open_engine("sqlite://")
    with engine.connect() as connection:
        _driver(connection).deserialize(template.image)
    return engine


def _make(metadata: Metadata) -> Template:
    with Org.open("sqlite://") as org:
        org.deploy(metadata)
        state = org.state
        with org.engine.connect() as connection:
            return Template(_driver(connection).serialize(), state)


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _paths(sources: Sequence[Source]) -> list[str | PathLike[str]]:
    found = [source for source in sources if not isinstance(source, Metadata)]
    if len(found) < len(sources):
        raise TypeError("give paths, or one Metadata")
    return found


def _key(sources: Sequence[Source]) -> str:
    if isinstance(sources[0], Metadata):
        return hashlib.sha256(dump(sources[0]).encode()).hexdigest()
    seen: list[tuple[str, int, int]] = []
    for source in _paths(sources):
        path = Path(source)
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                stat = file.stat()
                seen.append((str(file.resolve()), stat.st_size, stat.st_mtime_ns))
    return repr((tuple(str(source) for source in sources), seen))
