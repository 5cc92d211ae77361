"""A registry, a schema and its identities to the registry that knows the schema: numbers, prefixes, names, states.

What is there already keeps what it has; nothing is given twice. What is no longer declared is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import uuid4

from objectforge.change.identity.identify import Identified, identify
from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.names import column_name, table_name
from objectforge.storage.registry import Registry, State, StoredField, StoredObject, StoredValue, empty_registry
from objectforge.storage.type_json import targets_renamed, type_to_json
from objectforge.values.ids import STANDARD_PREFIXES, object_prefix

__all__ = ["extend_registry", "new_registry"]

# The order of the standard prefixes gives their objects' numbers, so entries may be added at the end only.
_STANDARD_NUMBERS = {name: number for number, name in enumerate(STANDARD_PREFIXES, start=1)}
_FIRST_CUSTOM = 1024


def new_registry(schema: Schema) -> Registry:
    """The registry of a fresh org with this schema, at version 1."""
    return extend_registry(empty_registry(), schema)


def extend_registry(
    registry: Registry, schema: Schema, identified: Identified | None = None, taken: Collection[str] = ()
) -> Registry:
    """The registry one version later: what the schema declares is in sight, all else is held.

    Args:
        registry: The registry so far.
        schema: What the org shall be.
        identified: What of it the org has already; found by name and history if not given.
        taken: The names of other tables in the database.
    """
    found = identify(registry, schema) if identified is None else identified
    allocator = _Allocator(registry, found, taken)
    allocator.reserve(object_.prefix for object_ in schema if object_.name not in found.objects)
    for object_ in schema:
        allocator.number(object_)
    for object_ in schema:
        allocator.add_fields(object_)
    return allocator.result()


class _Allocator:
    """Numbers, prefixes and names while they are given out. Use once."""

    def __init__(self, registry: Registry, found: Identified, taken: Collection[str]) -> None:
        self._before = registry
        self._found = found
        self._next_object = registry.next_object
        self._next_identity = registry.next_identity
        self._objects = dict(registry.by_number)
        self._fields = dict(registry.by_identity)
        self._numbers: dict[str, int] = {}
        self._kept: set[int] = set()
        self._prefixes = {object_.prefix for object_ in registry.objects}
        self._reserved: set[str] = set()
        # SQLite finds tables in any case.
        self._tables = {object_.storage_name for object_ in registry.objects} | {name.lower() for name in taken}

    def reserve(self, prefixes: Iterable[str | None]) -> None:
        """Keep the prefixes that objects ask for from being given to others."""
        self._reserved.update(prefix for prefix in prefixes if prefix)

    def number(self, object_: Object) -> None:
        """Give an object its number, table and prefix."""
        number = self._found.objects.get(object_.name)
        stored = self._new(object_) if number is None else self._renamed(object_, self._objects[number])
        self._objects[stored.number] = stored
        self._numbers[object_.name] = stored.number

    def add_fields(self, object_: Object) -> None:
        """Give an object's fields what they lack, once every object has its number."""
        stored = self._objects[self._numbers[object_.name]]
        columns = {field.storage_name or "" for field in self._before.by_object.get(stored.number, ())}
        # The system's fields come first, so that no other field takes their columns' names.
        for field in sorted(object_.fields.values(), key=lambda field: not field.system):
            identity = self._found.fields.get((object_.name, field.name))
            if identity is None:
                made = self._new_field(object_, stored.number, field, columns)
                self._fields[made.identity] = made
            else:
                self._fields[identity] = self._known_field(self._fields[identity], field, object_)
                self._kept.add(identity)

    def result(self) -> Registry:
        """The registry as it is now."""
        renamed = {
            stored.name: self._objects[stored.number].name
            for stored in self._before.objects
            if stored.name != self._objects[stored.number].name
        }
        return Registry(
            version=self._before.version + 1,
            next_object=self._next_object,
            next_identity=self._next_identity,
            objects=tuple(self._seen(self._objects[number]) for number in sorted(self._objects)),
            fields=tuple(kept for field in self._fields.values() if (kept := self._remaining(field, renamed))),
            uid=self._before.uid or uuid4().hex,
        )

    def _seen(self, stored: StoredObject) -> StoredObject:
        state = State.ACTIVE if self._numbers.get(stored.name) == stored.number else State.HELD
        return stored if stored.state is state else replace(stored, state=state)

    def _remaining(self, field: StoredField, renamed: Mapping[str, str]) -> StoredField | None:
        """A field as it stays: as declared, held with its column, or forgotten if it has none."""
        if field.identity in self._kept or field.identity >= self._before.next_identity:
            return field
        owner = self._objects[field.object]
        if self._numbers.get(owner.name) != owner.number:
            return replace(field, type=targets_renamed(field.type, renamed))
        if field.storage_name is None:
            return None
        return replace(field, type=targets_renamed(field.type, renamed), state=State.HELD)

    def _renamed(self, object_: Object, stored: StoredObject) -> StoredObject:
        path = self._path(object_.name, self._history(object_), stored.path)
        return replace(stored, path=path, package=object_.package)

    def _history(self, object_: Object) -> tuple[str, ...]:
        return self._found.histories.get((object_.name,), ())

    def _path(self, name: str, history: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
        """A thing's names: as declared; but a name alone does not make the org forget what it was."""
        if history or self._found.forgets or before[0].lower() != name.lower():
            return (name, *history)
        return (name, *before[1:])

    def _new(self, object_: Object) -> StoredObject:
        number = _STANDARD_NUMBERS.get(object_.name, 0)
        if number == 0 or number in self._objects:
            number = self._next_object
            self._next_object += 1
        table = table_name(object_.name, self._tables)
        path = (object_.name, *self._history(object_))
        stored = StoredObject(number, table, self._prefix(object_, number), path, object_.package)
        self._prefixes.add(stored.prefix)
        self._tables.add(table)
        return stored

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

    def _identity(self) -> int:
        identity = self._next_identity
        self._next_identity += 1
        return identity

    def _new_field(self, object_: Object, number: int, field: Field, columns: set[str]) -> StoredField:
        name = column_name(field.name, columns) if field.stored else None
        columns.add(name or "")
        identity = self._identity()
        path = (field.name, *self._found.histories.get((field.object, field.name), ()))
        values = tuple(StoredValue(self._identity(), (choice.value, *choice.was)) for choice in field.type.choices)
        targets = self._targets(object_, field)
        return StoredField(identity, number, name, path, type_to_json(field.type), values=values, targets=targets)

    def _targets(self, object_: Object, field: Field) -> tuple[int, ...]:
        lookup = object_.lookups.get(field.name)
        return tuple(self._numbers[target] for target in lookup.targets) if lookup else ()

    def _known_field(self, stored: StoredField, field: Field, object_: Object) -> StoredField:
        history = self._found.histories.get((object_.name, field.name), ())
        return replace(
            stored,
            path=self._path(field.name, history, stored.path),
            type=type_to_json(field.type),
            state=State.ACTIVE,
            values=self._values(stored, field),
            targets=self._targets(object_, field),
        )

    def _values(self, stored: StoredField, field: Field) -> tuple[StoredValue, ...]:
        """The values of a picklist: those declared, then those held. What is no picklist keeps what it had as one."""
        if not field.type.choices:
            return stored.values
        known = {value.identity: value for value in stored.values}
        declared: list[StoredValue] = []
        for choice in field.type.choices:
            identity = self._found.values.get((field.object, field.name, choice.value))
            before = known.pop(identity, None) if identity is not None else None
            path = (choice.value, *choice.was) if before is None else self._path(choice.value, choice.was, before.path)
            declared.append(StoredValue(self._identity() if before is None else before.identity, path))
        return (*declared, *(replace(value, state=State.HELD) for value in known.values()))
