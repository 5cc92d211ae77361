"""Names in the database: tables and columns from API names, once and for all; indexes and keys from identities."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2s

from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS
from sqlalchemy.dialects.sqlite.base import SQLiteIdentifierPreparer

__all__ = [
    "MAX_LENGTH",
    "HeldLink",
    "ObjectNames",
    "StorageNames",
    "column_name",
    "foreign_key_name",
    "index_name",
    "primary_key_name",
    "table_name",
    "unique_name",
]

MAX_LENGTH = 40
"""The longest table or column name; PostgreSQL cuts names silently after 63 bytes."""

_MAX_CONSTRAINT = 60
# PostgreSQL's own columns of every table, and SQLite's other names for a row's id.
_SYSTEM_COLUMNS = frozenset(("ctid", "oid", "tableoid", "xmin", "xmax", "cmin", "cmax", "rowid", "_rowid_"))
_RESERVED = frozenset(RESERVED_WORDS) | frozenset(SQLiteIdentifierPreparer.reserved_words)
_FOREIGN_BEGINNINGS = ("of_", "pg_", "sqlite_")
_SMALL_TO_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CAPITALS_TO_WORD = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class ObjectNames:
    """Where an object is kept: its number, its table, and for each field its identity and (if stored) its column."""

    number: int
    table: str
    columns: Mapping[str, str]
    identities: Mapping[str, int]
    held: tuple[str, ...] = ()
    """The columns of fields that are held."""


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A lookup that nobody sees, for it or its object is held; its column still points at records."""

    object: int
    """The number of the object that it belongs to."""
    table: str
    column: str
    targets: tuple[int, ...]
    """The numbers of the objects that it may point to."""
    system: bool = False
    """Whether the record cannot be without it: an owner, or who made it."""


@dataclass(frozen=True, slots=True)
class StorageNames:
    """Where every object in sight is kept, by API name, and which lookups out of sight point at records."""

    objects: Mapping[str, ObjectNames]
    held: tuple[HeldLink, ...] = ()


def table_name(api_name: str, taken: Container[str]) -> str:
    """A table name for an object: snake case, at most 40 characters, none of `taken`, no word of SQL."""
    return _free(_allowed(api_name, _RESERVED), taken)


def column_name(api_name: str, taken: Container[str]) -> str:
    """A column name for a field: snake case, at most 40 characters, none of `taken`, no word of SQL."""
    return _free(_allowed(api_name, _RESERVED | _SYSTEM_COLUMNS), taken)


def primary_key_name(number: int) -> str:
    """The name of an object's primary key."""
    return f"pk_o{number}"


def foreign_key_name(identity: int) -> str:
    """The name of a lookup's foreign key."""
    return f"fk_f{identity}"


def unique_name(identities: Iterable[int], variant: str = "") -> str:
    """The name of the unique index over some fields."""
    return _over("uq", identities, variant)


def index_name(identities: Iterable[int], variant: str = "") -> str:
    """The name of an index over some fields; `variant` tells indexes over the same fields apart."""
    return _over("ix", identities, variant)


def _over(kind: str, identities: Iterable[int], variant: str) -> str:
    name = "_".join((kind, *(f"f{identity}" for identity in identities), *filter(None, (variant,))))
    if len(name) <= _MAX_CONSTRAINT:
        return name
    return f"{kind}_{blake2s(name.encode(), digest_size=16).hexdigest()}"


def _free(name: str, taken: Container[str]) -> str:
    if name not in taken:
        return name
    for number in range(1, 1_000_000):
        suffix = f"_{number}"
        numbered = name[: MAX_LENGTH - len(suffix)] + suffix
        if numbered not in taken:
            return numbered
    raise AssertionError(f"a million names like {name} are taken")


def _allowed(api_name: str, words: frozenset[str]) -> str:
    name = _snake(api_name)[:MAX_LENGTH]
    return f"{name}_" if name in words else name


def _snake(api_name: str) -> str:
    parted = _CAPITALS_TO_WORD.sub("_", _SMALL_TO_CAPITAL.sub("_", api_name))
    name = re.sub(r"_+", "_", parted).strip("_").lower()
    return f"o_{name}" if name.startswith(_FOREIGN_BEGINNINGS) else name
