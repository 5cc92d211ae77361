"""A registry and a schema to the registry that knows the schema's new objects and fields: numbers, prefixes, names.

What is there already keeps what it has; nothing is given twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.names import column_name, table_name
from objectforge.storage.registry import Registry, StoredField, StoredObject, empty_registry
from objectforge.storage.type_json import type_to_json
from objectforge.values.ids import STANDARD_PREFIXES, object_prefix

__all__ = ["extend_registry", "new_registry"]

# The order of the standard prefixes gives their objects' numbers, so entries may be added at the end only.
_STANDARD_NUMBERS = {name: number for number, name in enumerate(STANDARD_PREFIXES, start=1)}
_FIRST_CUSTOM = 1024


def new_registry(schema: Schema) -> Registry:
    """The registry of a fresh org with this schema, at version 1."""
    return extend_registry(empty_registry(), schema)


def extend_registry(registry: Registry, schema: Schema, taken: Collection[str] = ()) -> Registry:
    """The registry one version later, with every object and field of the schema in it.

    `taken` are the names of other tables in the database.
    """
    allocator = _Allocator(registry, taken)
    allocator.reserve(object_.prefix for object_ in schema if object_.name not in registry.by_name)
    for object_ in schema:
        allocator.add(object_)
    return allocator.result()


class _Allocator:
    """Numbers, prefixes and names while they are given out. Use once."""

    def __init__(self, registry: Registry, taken: Collection[str]) -> None:
        self._before = registry
        self._next_object = registry.next_object
        self._next_identity = registry.next_identity
        self._objects = list(registry.objects)
        self._fields = list(registry.fields)
        self._numbers = {object_.number for object_ in registry.objects}
        self._prefixes = {object_.prefix for object_ in registry.objects}
        self._reserved: set[str] = set()
        # SQLite finds tables in any case.
        self._tables = {object_.storage_name for object_ in registry.objects} | {name.lower() for name in taken}
        self._columns: dict[int, set[str]] = {}
        self._known: dict[int, set[str]] = {}
        self._places: dict[int, list[int]] = {}
        for at, field in enumerate(registry.fields):
            self._columns.setdefault(field.object, set()).add(field.storage_name or "")
            self._places.setdefault(field.object, []).append(at)
        for object_ in registry.in_sight:
            self._known[object_.number] = set(registry.names.objects[object_.name].identities)

    def reserve(self, prefixes: Iterable[str | None]) -> None:
        """Keep the prefixes that objects ask for from being given to others."""
        self._reserved.update(prefix for prefix in prefixes if prefix)

    def add(self, object_: Object) -> None:
        """Give an object what it lacks."""
        known = self._before.by_name.get(object_.name)
        number = self._new(object_) if known is None else known.number
        names = self._known.setdefault(number, set())
        columns = self._columns.setdefault(number, set())
        # The system's fields come first, so that no other field takes their columns' names.
        for field in sorted(object_.fields.values(), key=lambda field: not field.system):
            if field.name not in names:
                self._fields.append(self._field(number, field, columns))
        if known is not None:
            if known.package != object_.package:
                self._objects[self._objects.index(known)] = replace(known, package=object_.package)
            self._retype(number, object_)

    def result(self) -> Registry:
        """The registry as it is now."""
        return Registry(
            version=self._before.version + 1,
            next_object=self._next_object,
            next_identity=self._next_identity,
            objects=tuple(sorted(self._objects, key=lambda object_: object_.number)),
            fields=tuple(self._fields),
        )

    def _new(self, object_: Object) -> int:
        number = _STANDARD_NUMBERS.get(object_.name, 0)
        if number == 0 or number in self._numbers:
            number = self._next_object
            self._next_object += 1
        table = table_name(object_.name, self._tables)
        stored = StoredObject(number, table, self._prefix(object_, number), (object_.name,), object_.package)
        self._numbers.add(number)
        self._prefixes.add(stored.prefix)
        self._tables.add(table)
        self._objects.append(stored)
        return number

    def _prefix(self, object_: Object, number: int) -> str:
        if object_.prefix and object_.prefix not in self._prefixes:
            return object_.prefix
        standard = STANDARD_PREFIXES.get(object_.name)
        if standard and standard not in self._prefixes | self._reserved:
            return standard
        serial = max(0, number - _FIRST_CUSTOM)
        while (prefix := object_prefix(serial)) in self._prefixes or prefix in self._reserved:
            serial += 1
        return prefix

    def _field(self, number: int, field: Field, columns: set[str]) -> StoredField:
        name = column_name(field.name, columns) if field.stored else None
        columns.add(name or "")
        identity = self._next_identity
        self._next_identity += 1
        path = (field.name, *field.type.was)
        return StoredField(identity, number, name, path, type_to_json(field.type))

    def _retype(self, number: int, object_: Object) -> None:
        """Note the present types of fields that were there before."""
        for at in self._places.get(number, ()):
            stored = self._fields[at]
            field = object_.fields.get(stored.name)
            if field is not None and (json := type_to_json(field.type)) != stored.type:
                self._fields[at] = replace(stored, type=json)
