"""A registry and a schema to the shapes that the org's tables should have: held ones too, its own ones too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.relations.schema import Schema
from objectforge.storage import registry_tables as t
from objectforge.storage.indexes import Index, IndexPart, key_of, object_indexes
from objectforge.storage.living import living
from objectforge.storage.registry import Registry, State, StoredField, StoredObject
from objectforge.storage.shapes import ColumnShape, IndexShape, KeyShape, TableShape, spelled, type_word
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.values.storage_types import Flag, RecordId

__all__ = ["expected_shapes", "indexes_of", "own_shapes"]

_ANY = "any_column"


def expected_shapes(registry: Registry, schema: Schema, dialect: Dialect) -> Mapping[str, TableShape]:
    """The tables of an org's objects, by name."""
    word = _words(dialect)
    spell = _Speller(dialect)
    return {
        stored.storage_name: TableShape(
            stored.storage_name,
            {column.name: column for column in _columns(registry.by_object[stored.number], word)},
            {key.columns: key for key in _keys(registry, registry.by_object[stored.number])},
            {index.name: index for index in _indexes(stored, registry, schema, spell)},
        )
        for stored in registry.objects
    }


def own_shapes(registry: Registry, dialect: Dialect) -> Mapping[str, TableShape]:
    """The org's own tables, by name; those of an org of an earlier format lack what came later."""
    later = {column for number, columns in t.ADDED.items() if number > registry.format for column in columns}
    return {
        table.name: TableShape(
            table.name,
            {
                column.name: ColumnShape(
                    column.name,
                    _type(column.type, dialect),
                    not column.nullable and not column.primary_key,
                    column.primary_key,
                )
                for column in table.c
                if column not in later
            },
            indexes={str(index.name): _own_index(index) for index in table.indexes},
        )
        for table in t.METADATA.tables.values()
    }


def _own_index(index: sa.Index) -> IndexShape:
    return IndexShape(str(index.name), spelled(" , ".join(column.name for column in index.columns)))


def _type(type_: sa.types.TypeEngine[object], dialect: Dialect) -> str:
    return type_word(type_.compile(dialect=dialect))


def _words(dialect: Dialect) -> Callable[[str], str]:
    @cache
    def word(declared: str) -> str:
        return _type(RecordId() if is_id(declared) else type_from_json(declared).column_type(), dialect)

    return word


def _columns(fields: Iterable[StoredField], word: Callable[[str], str]) -> Iterator[ColumnShape]:
    for field in fields:
        if field.storage_name is not None:
            yield ColumnShape(field.storage_name, word(field.type), primary=is_id(field.type))


def _keys(registry: Registry, fields: Iterable[StoredField]) -> Iterator[KeyShape]:
    for field in fields:
        if field.storage_name is not None and len(field.targets) == 1:
            yield KeyShape((field.storage_name,), registry.by_number[field.targets[0]].storage_name)


def _indexes(stored: StoredObject, registry: Registry, schema: Schema, spell: _Speller) -> Iterator[IndexShape]:
    for index in indexes_of(stored, registry, schema):
        yield IndexShape(index.name, spell.index(index), index.unique)


def indexes_of(stored: StoredObject, registry: Registry, schema: Schema) -> tuple[Index, ...]:
    """The indexes of an object's table; none if it is held, or the registry does not know all its fields."""
    if stored.state is State.HELD:  # another object may have its name now
        return ()
    owner = schema.objects.get(stored.name)
    names = registry.names.objects.get(stored.name)
    if owner is None or names is None or names.number != stored.number:
        return ()  # another object may have the name of one that is held
    if any(field.name not in names.columns for field in owner.stored_fields):
        return ()
    return object_indexes(owner, names)


class _Speller:
    """Spells indexes as `CreateIndex` does; each form of a key part is compiled once and serves every column."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._postgresql = dialect.name == "postgresql"
        column = sa.column("is_deleted", Flag())
        self._living = " where " + self._text(living(sa.table("any_table", column)))
        self._forms = {text: self._form(text) for text in (None, "key", "exact")}

    def index(self, index: Index) -> str:
        """The key parts and the condition of an index."""
        parts = [self._part(part, unique=index.unique) for part in index.parts]
        if self._postgresql and not index.unique:
            parts.append("id")
        return " , ".join(parts) + (self._living if index.unique else "")

    def _part(self, part: IndexPart, *, unique: bool) -> str:
        key = self._forms[part.text].replace(_ANY, part.column.lower())
        direction = " desc" if part.descending else ""
        if unique or not self._postgresql:
            return key + direction
        # PostgreSQL does not repeat what goes without saying: nulls come first where the order descends.
        return key + (" desc nulls last" if part.descending else " nulls first")

    def _form(self, text: str | None) -> str:
        return self._text(key_of(IndexPart(_ANY, _ANY, text=text), sa.column(_ANY, sa.Text()), self._dialect))

    def _text(self, element: sa.ColumnElement[Any]) -> str:
        compiled = element.compile(
            dialect=self._dialect, compile_kwargs={"literal_binds": True, "include_table": False}
        )
        return spelled(str(compiled))
