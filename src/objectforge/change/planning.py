"""Two schemas to the steps from one to the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from objectforge.change.backfill import reads_own_record
from objectforge.change.creation_order import creation_order
from objectforge.change.definition_changes import definition_changes
from objectforge.change.field_changes import compare_types
from objectforge.change.plan import Plan
from objectforge.change.steps import AddField, AddIndex, ChangeField, CreateObject, NotSupported, RemoveIndex, Step
from objectforge.expressions.typed import Const
from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.allocation import extend_registry
from objectforge.storage.indexes import Index, object_indexes
from objectforge.storage.registry import Registry, empty_registry
from objectforge.storage.tables import build_tables
from objectforge.values.kinds import Kind

__all__ = ["make_plan"]

_USER = "User"
_MOST_COLUMNS = 1500
"""PostgreSQL has room for 1,600, dropped ones included, SQLite for 2,000."""


def make_plan(
    registry: Registry | None, current: Schema | None, target: Schema, *, taken: Collection[str] = ()
) -> Plan:
    """Compare an org with the schema it shall have.

    Args:
        registry: What the org has given out; None before the first deploy.
        current: The org's schema; None before the first deploy.
        target: The schema to come.
        taken: The names of tables in the database that are not the org's.

    Raises:
        ValueError: only one of registry and current is given.
    """
    if (registry is None) != (current is None):
        raise ValueError("an org has both a registry and a schema, or neither")
    before = registry or empty_registry()
    after = extend_registry(before, target, taken)
    comparison = _Comparison(before, after, current, target)
    steps = tuple(comparison.steps())
    return Plan(steps, before, after, target, comparison.unchanged())


@dataclass(frozen=True)
class _Comparison:
    """One comparison of an org with a schema."""

    before: Registry
    after: Registry
    current: Schema | None
    target: Schema

    def steps(self) -> Iterator[Step]:
        """Every step: what cannot be done first, then new objects, new fields, changes, indexes, definitions."""
        yield from self._vanished()
        yield from self._too_wide()
        yield from self._created()
        common = list(self._common())
        for old, new in common:
            yield from self._fields(old, new)
        for old, new in common:
            yield from self._indexes(old, new)
        yield from definition_changes(self.current.metadata if self.current else None, self.target.metadata)

    def unchanged(self) -> int:
        """How many fields stay as they are."""
        return sum(
            1 for old, new in self._common() for name, field in new.fields.items() if _same(old.fields.get(name), field)
        )

    def _common(self) -> Iterator[tuple[Object, Object]]:
        for new in self.target:
            old = self.current.objects.get(new.name) if self.current else None
            if old is not None:
                yield old, new

    def _vanished(self) -> Iterator[Step]:
        if self.current is None:
            return
        gone = [old.name for old in self.current if old.name not in self.target.objects]
        renamed = {
            was: new.name
            for new in self.target
            if new.name not in self.current.objects and new.name in self.target.metadata.objects
            for was in self.target.metadata.objects[new.name].was
        }
        for name in gone:
            yield NotSupported(name, _gone("object", renamed.get(name)))
        for new in self.target:
            stored = self.before.by_name.get(new.name)
            if new.prefix and stored and stored.prefix != new.prefix:
                yield NotSupported(new.name, f"its prefix changes from {stored.prefix} to {new.prefix}")
            if new.prefix and stored is None:
                others = [one.name for one in self.before.objects if one.prefix == new.prefix]
                for other in others:
                    yield NotSupported(new.name, f"its prefix {new.prefix} is that of {other}; give it another one")

    def _too_wide(self) -> Iterator[Step]:
        for object_ in self.target:
            if (columns := len(object_.stored_fields)) > _MOST_COLUMNS:
                yield NotSupported(object_.name, f"it has {columns} stored fields; a table holds {_MOST_COLUMNS}")

    def _created(self) -> Iterator[Step]:
        tables = build_tables(self.target, self.after.names)
        known = frozenset(self.current.objects) if self.current else frozenset[str]()
        new = [object_.name for object_ in self.target if object_.name not in known]
        references = {name: [(key.field, key.target) for key in tables.references(name)] for name in new}
        order = creation_order(references, known, _USER)
        for created in order:
            object_ = self.target.objects[created.object]
            fields = tuple(field.name for field in object_.fields.values() if field.name not in created.late)
            indexes, _ = _split(tables.indexes(object_.name), created.late)
            yield CreateObject(object_.name, fields, indexes)
        for created in order:
            for field in created.late:
                yield AddField(created.object, field)
            for index in _split(tables.indexes(created.object), created.late)[1]:
                yield AddIndex(index, populated=False)

    def _fields(self, old: Object, new: Object) -> Iterator[Step]:
        gone = [name for name in old.fields if name not in new.fields]
        added = [field for name, field in new.fields.items() if name not in old.fields]
        renamed = {was: field.name for field in added for was in field.type.was if was in gone}
        for name in gone:
            yield NotSupported(f"{new.name}.{name}", _gone("field", renamed.get(name)))
        for field in added:
            if field.name not in renamed.values():
                yield self._added(field)
        for name, field in new.fields.items():
            if name in old.fields:
                yield from self._changed(old.fields[name], field)

    def _added(self, field: Field) -> Step:
        lacking = field.stored and field.type.required and field.type.writable
        step = AddField(field.object, field.name, lacking=lacking)
        wanted = field.type.required or field.value_type.kind is Kind.BOOLEAN
        if not (field.stored and wanted) or field.default is None or field.value_type.kind is Kind.ID:
            return step
        if isinstance(field.default, Const):
            return step if field.default.value is None else AddField(field.object, field.name, constant=field.default)
        if not reads_own_record(field.default, self.target.objects[field.object]):
            return NotSupported(
                f"{field.object}.{field.name}", "its default, for existing records too, looks at other records"
            )
        return AddField(field.object, field.name, computed=field.default)

    def _changed(self, old: Field, new: Field) -> Iterator[Step]:
        if _same(old, new):
            return
        change = compare_types(old.type, new.type)
        for refused in change.refused:
            yield NotSupported(f"{new.object}.{new.name}", refused)
        if not change.refused:
            yield ChangeField(new.object, new.name, change.keys, change.new_values, change.sizes)

    def _indexes(self, old: Object, new: Object) -> Iterator[Step]:
        before = _known(object_indexes(old, self.before.names.objects[old.name]))
        after = _known(object_indexes(new, self.after.names.objects[new.name]))
        for name, index in before.items():
            if name not in after and all(field in new.fields for field in index.fields):
                yield RemoveIndex(index)
        for name, index in after.items():
            if name not in before:
                yield AddIndex(index, populated=True)


def _same(old: Field | None, new: Field) -> bool:
    return old is not None and old.type.type_name == new.type.type_name and old.type == new.type


def _gone(what: str, renamed: str | None) -> str:
    if renamed is not None:
        return f"it is renamed to {renamed}"
    return f"this {what} is no longer declared"


def _known(indexes: tuple[Index, ...]) -> dict[str, Index]:
    return {index.name: index for index in indexes}


def _split(indexes: tuple[Index, ...], late: tuple[str, ...]) -> tuple[tuple[Index, ...], tuple[Index, ...]]:
    """The indexes that can be made with the table, and those that wait for late fields."""
    waits = [index for index in indexes if any(field in late for field in index.fields)]
    return tuple(index for index in indexes if index not in waits), tuple(waits)
