"""Deployed orgs kept in memory by what they are made of: the next throwaway org of the same is a copy."""

from __future__ import annotations

import hashlib
import sqlite3
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from pathlib import Path
from threading import RLock

import sqlalchemy as sa

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org, Paths
from objectforge.org.state import OrgState
from objectforge.storage.engines import open_engine
from objectforge.storage.snapshot import dump
from objectforge.testing.fixtures.load import Fixtures, load_fixtures

__all__ = ["Template", "copy_of", "template_of", "with_records"]

_KEPT = 32


@dataclass(frozen=True)
class Template:
    """An org as a SQLite database image, with its state and its fixtures, which all copies share (they never change).

    `key` tells templates apart by content.
    """

    key: str
    image: bytes
    state: OrgState
    fixtures: Fixtures


_LOCK = RLock()
_KNOWN: OrderedDict[str, Template] = OrderedDict()
_CONTENT: dict[str, str] = {}
_METADATA: dict[int, tuple[weakref.ref[Metadata], str]] = {}


def template_of(sources: Sequence[Paths]) -> Template:
    """The template of metadata, made when first asked for.

    Files are read anew only when one has changed; that is told by their names, sizes and times of change.
    """
    with _LOCK:
        if len(sources) == 1 and isinstance(sources[0], Metadata):
            return _deployed(sources[0])
        paths = _paths(sources)
        seen = f"{[str(path) for path in paths]} {_look(paths)}"
        known = _KNOWN.get(_CONTENT.get(seen, ""))
        if known is None:
            known = _deployed(Metadata.load(*paths))
            _CONTENT[seen] = known.key
        return known


def with_records(template: Template, records: Sequence[str | PathLike[str]]) -> Template:
    """The template with fixture records in it."""
    with _LOCK:
        key = f"{template.key} {_look(records)}"
        return _kept(key, lambda: _filled(template, records, key))


def copy_of(template: Template) -> sa.Engine:
    """A new database in memory with the template's content."""
    engine = open_engine("sqlite://")
    with engine.connect() as connection:
        _driver(connection).deserialize(template.image)
    return engine


def _deployed(metadata: Metadata) -> Template:
    seen = _METADATA.get(id(metadata))
    if seen is not None and seen[0]() is metadata:
        key = seen[1]
    else:
        key = hashlib.sha256(dump(metadata).encode()).hexdigest()
        forget = partial(_METADATA.pop, id(metadata), None)
        _METADATA[id(metadata)] = (weakref.ref(metadata, lambda _: forget()), key)

    def make() -> Template:
        with Org.open("sqlite://") as org:
            org.deploy(metadata)
            return Template(key, _image(org), org.state, Fixtures({}))

    return _kept(key, make)


def _filled(template: Template, records: Sequence[str | PathLike[str]], key: str) -> Template:
    with Org.adopt(copy_of(template), template.state) as org:
        fixtures = load_fixtures(org, *records)
        return replace(template, key=key, image=_image(org), fixtures=fixtures)


def _kept(key: str, make: Callable[[], Template]) -> Template:
    """The template of that key; of those not asked for lately some are forgotten."""
    if key not in _KNOWN:
        _KNOWN[key] = make()
    _KNOWN.move_to_end(key)
    while len(_KNOWN) > _KEPT:
        _KNOWN.popitem(last=False)
    return _KNOWN[key]


def _image(org: Org) -> bytes:
    with org.engine.connect() as connection:
        return _driver(connection).serialize()


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _paths(sources: Sequence[Paths]) -> list[str | PathLike[str]]:
    found = [source for source in sources if not isinstance(source, Metadata)]
    if len(found) < len(sources):
        raise TypeError("give paths, or one Metadata")
    return found


def _look(paths: Sequence[str | PathLike[str]]) -> list[tuple[str, int, int]]:
    """What tells whether files have changed."""
    found: list[tuple[str, int, int]] = []
    for given in paths:
        path = Path(given)
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                stat = file.stat()
                found.append((str(file.resolve()), stat.st_size, stat.st_mtime_ns))
    return found
