"""An object's declared uniqueness and indexes to the indexes its table has, and to their definition on each engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.relations.schema import Field, Object
from objectforge.storage.backends import backend_of
from objectforge.storage.names import ObjectNames, index_name, unique_name
from objectforge.values.kinds import Kind

__all__ = ["Index", "IndexPart", "key_of", "object_indexes"]

_OWNER = "OwnerId"


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One column of an index. `text` is how text is ordered: by its key, exactly, or None for what is no text."""

    field: str
    column: str
    descending: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """An index of an object's table; a unique one sees living records only."""

    name: str
    object: str
    parts: tuple[IndexPart, ...]
    unique: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields it is over."""
        return tuple(part.field for part in self.parts)


def object_indexes(object_: Object, names: ObjectNames) -> tuple[Index, ...]:
    """Every index that an object's table has, by what its fields and its `unique:` and `indexes:` say."""
    found = {index.name: index for index in _indexes(object_, names)}
    return tuple(found.values())


def key_of(part: IndexPart, column: sa.ColumnElement[Any], dialect: Dialect) -> sa.ColumnElement[Any]:
    """What an index holds of a column: the very expression by which queries compare it."""
    match part.text:
        case "key":
            return backend_of(dialect).text_key(column)
        case "exact":
            return backend_of(dialect).text_exact(column)
        case _:
            return column


def _indexes(object_: Object, names: ObjectNames) -> Iterator[Index]:
    for field in object_.stored_fields:
        if field.name == "Id":
            continue
        part = _part(field, names)
        if field.type.unique:
            yield _unique(object_, names, (part,))
        elif _is_indexed(field):
            yield _plain(object_, names, (part,))
    for rule in object_.unique.values():
        yield _unique(object_, names, _parts(object_, names, ((name, False) for name in rule)))
    for keys in object_.indexes:
        yield _plain(object_, names, _parts(object_, names, keys))


def _is_indexed(field: Field) -> bool:
    # Who made and last changed a record is rarely asked for: two indexes that every write would pay for.
    if field.type.relation is not None and (not field.system or field.name == _OWNER):
        return True
    return field.type.external_id or field.type.indexed


def _parts(object_: Object, names: ObjectNames, keys: Iterable[tuple[str, bool]]) -> tuple[IndexPart, ...]:
    return tuple(_part(object_.fields[name], names, descending=descending) for name, descending in keys)


def _part(field: Field, names: ObjectNames, *, descending: bool = False) -> IndexPart:
    text = None
    if field.value_type.kind is Kind.TEXT:
        text = "exact" if field.value_type.case_sensitive else "key"
    return IndexPart(field.name, names.columns[field.name], descending, text)


def _unique(object_: Object, names: ObjectNames, parts: tuple[IndexPart, ...]) -> Index:
    return Index(unique_name(_identities(names, parts), _variant(parts)), object_.name, parts, unique=True)


def _plain(object_: Object, names: ObjectNames, parts: tuple[IndexPart, ...]) -> Index:
    return Index(index_name(_identities(names, parts), _variant(parts)), object_.name, parts)


def _identities(names: ObjectNames, parts: Iterable[IndexPart]) -> list[int]:
    return [names.identities[part.field] for part in parts]


def _variant(parts: tuple[IndexPart, ...]) -> str:
    """What tells indexes over the same fields apart: directions and exactness; nothing for the usual ones."""
    letters = "".join(("d" if part.descending else "a") + ("x" if part.text == "exact" else "") for part in parts)
    return "" if letters == "a" * len(parts) else letters
