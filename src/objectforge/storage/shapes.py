"""A database's tables as plain values, the same for what should be there and for what is: to be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["ColumnShape", "IndexShape", "KeyShape", "TableShape", "spelled", "type_word"]

_TOKEN = re.compile(r"\w+|[^\w\s()\"\[\]`]")
_SIZED = re.compile(r"\s*(\w[\w ]*?)\s*(\(.*\))?(\s+with(?:out)? time zone)?\s*", re.IGNORECASE)
# PostgreSQL's other words for its types.
_SAME = {
    "bool": "boolean", "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "decimal": "numeric",
    "varchar": "character varying", "char": "character", "float": "double precision", "float8": "double precision",
    "time": "time without time zone", "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """A column: its type in the database's word, and whether it must have a value."""

    name: str
    type: str
    required: bool = False
    primary: bool = False

    def __str__(self) -> str:
        words = (self.type, "primary key" if self.primary else "not null" if self.required else "")
        return " ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class KeyShape:
    """A foreign key: its columns, the table it points to, and what the database does by itself ("" for nothing)."""

    columns: tuple[str, ...]
    target: str
    actions: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (f"({', '.join(self.columns)}) to the table {self.target}", self.actions)))


@dataclass(frozen=True, slots=True)
class IndexShape:
    """An index: what it is over, in a spelling that does not depend on who writes it; see `spelled`."""

    name: str
    definition: str
    unique: bool = False
    valid: bool = True

    def __str__(self) -> str:
        words = ("unique" if self.unique else "", self.definition, "" if self.valid else "(not valid)")
        return " ".join(filter(None, words))


@dataclass(frozen=True)
class TableShape:
    """A table with all that belongs to it, by name; foreign keys by their columns."""

    name: str
    columns: Mapping[str, ColumnShape]
    keys: Mapping[tuple[str, ...], KeyShape] = field(default_factory=dict[tuple[str, ...], KeyShape])
    indexes: Mapping[str, IndexShape] = field(default_factory=dict[str, IndexShape])
    extras: tuple[str, ...] = ()
    """What no table of ours has: `trigger NAME`, `check NAME`."""


def spelled(sql: str) -> str:
    """The key parts and condition of an index without quotes, brackets and capitals: `lower name collate c`."""
    return " ".join(_TOKEN.findall(sql)).lower()


def type_word(declared: str) -> str:
    """The type in the word that PostgreSQL's catalog has for it; SQLite's own words stay as they are."""
    found = _SIZED.fullmatch(declared)
    if found is None:
        return declared.lower()
    word, size, zone = (part or "" for part in found.groups())
    plain = word.lower()
    if zone:
        return f"{plain}{size}{zone.lower()}"
    return f"{_SAME.get(plain, plain)}{size.replace(' ', '')}"
