"""Two schemas to the steps from one to the other: what the org has is found by identity, never by likeness."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from objectforge.change.identity.allocation import extend_registry
from objectforge.change.identity.identify import Identified
from objectforge.change.plan import Plan
from objectforge.change.planning.asking import questions
from objectforge.change.planning.compounds import parts_of
from objectforge.change.planning.creation_order import creation_order
from objectforge.change.planning.definition_changes import definition_changes
from objectforge.change.planning.facts import NOTHING, Facts
from objectforge.change.planning.field_order import in_order
from objectforge.change.planning.field_steps import FieldSteps
from objectforge.change.retype.failures import Failures
from objectforge.change.steps import (
    AddField,
    AddIndex,
    CreateObject,
    HoldObject,
    Refuse,
    RemoveIndex,
    RenameObject,
    RequireField,
    ReturnObject,
    RetypeField,
    Step,
)
from objectforge.relations.schema import Object, Schema
from objectforge.storage.indexes import Index, object_indexes
from objectforge.storage.registry import Registry, State, StoredField, StoredObject, empty_registry
from objectforge.storage.tables import build_tables

__all__ = ["make_plan"]

_USER = "User"
_MOST_COLUMNS = 1500
"""PostgreSQL has room for 1,600, dropped ones included, SQLite for 2,000."""


def make_plan(
    registry: Registry | None,
    current: Schema | None,
    target: Schema,
    *,
    taken: Collection[str] = (),
    facts: Facts = NOTHING,
    identified: Identified | None = None,
) -> Plan:
    """Compare an org with the schema it shall have.

    Args:
        registry: What the org has given out; None before the first deploy.
        current: The org's schema; None before the first deploy.
        target: The schema to come.
        taken: The names of tables in the database that are not the org's.
        facts: What there is of records.
        identified: What of the target the org has already; found by name and history if not given.

    Raises:
        MetadataError: the histories of names (`was`) contradict each other or the org.
        ValueError: only one of registry and current is given.
    """
    if (registry is None) != (current is None):
        raise ValueError("an org has both a registry and a schema, or neither")
    before = registry or empty_registry()
    after = extend_registry(before, target, identified, taken)
    comparison = _Comparison(before, after, current, target, facts)
    steps = tuple(comparison.steps())
    # Where identities are given, nobody need be asked whether something is the same.
    asked = tuple(questions(steps, before, after)) if current is not None and identified is None else ()
    return Plan(steps, before, after, target, comparison.unchanged(), asked)


@dataclass(frozen=True)
class _Comparison:
    """One comparison of an org with a schema."""

    before: Registry
    after: Registry
    current: Schema | None
    target: Schema
    facts: Facts

    def steps(self) -> Iterator[Step]:
        """Every step: what cannot be done first, then objects, fields, indexes, definitions."""
        fields = [step for old, new in self._common for step in self._fields(old, new)]
        retyped = {step.identity for step in fields if isinstance(step, RetypeField)}
        names = self.after.names.objects
        filled = {names[step.object].identities[step.field] for step in fields if isinstance(step, RequireField)}
        removed = [step for old, new in self._common for step in self._removed(old, new, retyped)]
        yield from (step for step in fields if isinstance(step, Refuse))
        yield from self._impossible()
        yield from self._renamed_objects()
        yield from self._held_objects()
        yield from self._created()
        yield from removed
        yield from (step for step in fields if not isinstance(step, Refuse))
        for old, new in self._common:
            yield from self._made(old, new, retyped, filled)
        yield from definition_changes(
            self.current.metadata if self.current else None, self.target.metadata, self._former
        )

    def unchanged(self) -> int:
        """How many fields stay as they are."""
        known = {field.identity: field for field in self.before.fields if field.state is State.ACTIVE}
        return sum(
            1
            for field in self.after.fields
            if (old := known.get(field.identity)) and old == field and field.object in self._numbers
        )

    # -- objects --------------------------------------------------------------------------------------------------
    @cached_property
    def _numbers(self) -> frozenset[int]:
        """The objects that are in sight before and after."""
        seen = [{each.number for each in one.in_sight} for one in (self.before, self.after)]
        return frozenset(seen[0] & seen[1])

    @cached_property
    def _common(self) -> list[tuple[StoredObject, Object]]:
        """The objects that the org has already, in sight or held, with what they shall be."""
        known = self.before.by_number
        found = ((self.after.by_name[new.name].number, new) for new in self.target)
        return [(known[number], new) for number, new in found if number in known]

    @cached_property
    def _former(self) -> dict[str, str]:
        return {new.name: old.name for old, new in self._common if old.name != new.name}

    def _renamed_objects(self) -> Iterator[Step]:
        for old, new in self._common:
            if old.state is State.HELD:
                yield ReturnObject(new.name, self.facts.records(old.number))
            if old.name != new.name:
                yield RenameObject(old.name, new.name)

    def _held_objects(self) -> Iterator[Step]:
        for old in self.before.in_sight:
            if self.after.by_number[old.number].state is State.HELD:
                for index in self._indexes_before(old):
                    yield RemoveIndex(index, quiet=True)
                yield HoldObject(old.name, self.facts.records(old.number))

    def _impossible(self) -> Iterator[Refuse]:
        for object_ in self.target:
            yield from self._prefix(object_)
            stored = self.after.by_name[object_.name]
            columns = sum(1 for field in self.after.by_object[stored.number] if field.storage_name)
            used = self.facts.columns_used(stored.number) if stored.number in self._numbers else 0
            known = sum(1 for field in self.before.by_object.get(stored.number, ()) if field.storage_name)
            if columns > known and max(columns, used + columns - known) > _MOST_COLUMNS:
                yield Refuse(
                    object_.name,
                    f"its table would have {max(columns, used + columns - known)} columns, dropped ones included, and "
                    f"has room for {_MOST_COLUMNS}",
                    "split it into several objects; or copy the org to a new database, where no dropped column counts",
                )  # fmt: skip

    def _prefix(self, object_: Object) -> Iterator[Refuse]:
        given = self.after.by_name[object_.name].prefix
        if not object_.prefix or object_.prefix == given:
            return
        others = [one.name for one in self.before.objects if one.prefix == object_.prefix]
        if others:
            yield Refuse(
                object_.name, f"its prefix {object_.prefix} is that of {others[0]}", "give it another prefix, or none"
            )
        else:
            yield Refuse(
                object_.name, f"its prefix changes from {given} to {object_.prefix}, and with it every record's id",
                f"write prefix: {given}, or leave it out",
            )  # fmt: skip

    def _created(self) -> Iterator[Step]:
        tables = build_tables(self.target, self.after.names)
        known = {new.name for _, new in self._common}
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

    # -- fields ---------------------------------------------------------------------------------------------------
    def _fields(self, old: StoredObject, new: Object) -> Iterator[Step]:
        zone = ZoneInfo(self.target.metadata.settings.timezone)
        renamed = {before: after for after, before in self._former.items()}
        records, held = self.facts.records(old.number), old.state is State.HELD
        compare = FieldSteps(new, self.after, self.facts, zone, renamed, records, held)
        known = {field.identity: field for field in self.before.by_object[old.number]}
        there = {field.identity: field for field in self.after.by_object[old.number]}
        gone = [
            field for identity, field in known.items()
            if field.state is State.ACTIVE and not _in_sight(there.get(identity))
        ]  # fmt: skip
        parts, names = parts_of(known.values()), {field.name for field in gone}
        for field in gone:
            compound = parts.get(field.name)
            yield compare.held(field, compound if compound in names else None)
        yield from in_order(self._compared(compare, new, known, there), new)

    def _compared(
        self, compare: FieldSteps, new: Object, known: Mapping[int, StoredField], there: Mapping[int, StoredField]
    ) -> Iterator[Step]:
        for name, identity in self.after.names.objects[new.name].identities.items():
            if identity in known:
                yield from compare.known(known[identity], there[identity], new.fields[name])
            else:
                yield compare.added(new.fields[name])

    # -- indexes --------------------------------------------------------------------------------------------------
    def _indexes_before(self, old: StoredObject) -> tuple[Index, ...]:
        if self.current is None or old.state is State.HELD:
            return ()  # an object that is held has none
        return object_indexes(self.current.objects[old.name], self.before.names.objects[old.name])

    def _indexes_after(self, new: Object) -> tuple[Index, ...]:
        return object_indexes(new, self.after.names.objects[new.name])

    def _removed(self, old: StoredObject, new: Object, retyped: Collection[int]) -> Iterator[Step]:
        wanted = {index.name for index in self._indexes_after(new)}
        seen = set(self.after.names.objects[new.name].identities.values())
        for index in self._indexes_before(old):
            identities = self.before.names.objects[old.name].identities
            again = any(identities[field] in retyped for field in index.fields)
            if index.name not in wanted or again:
                gone = not seen >= {identities[field] for field in index.fields}
                yield RemoveIndex(index, quiet=gone or index.name in wanted)

    def _made(
        self, old: StoredObject, new: Object, retyped: Collection[int], filled: Collection[int]
    ) -> Iterator[Step]:
        there = {index.name for index in self._indexes_before(old)}
        gone = old.state is State.HELD
        held = {each.identity for each in self.before.by_object[old.number] if gone or each.state is State.HELD}
        identities = self.after.names.objects[new.name].identities
        for index in self._indexes_after(new):
            again = any(identities[field] in retyped for field in index.fields)
            if index.name not in there or again:
                back = not index.unique and any(identities[field] in held for field in index.fields)
                stays = not any(identities[field] in filled for field in index.fields) and not again
                failures = self._sharing(index, old) if stays else None
                yield AddIndex(index, True, again and index.name in there, back, failures)

    def _sharing(self, index: Index, old: StoredObject) -> Failures | None:
        """The records that share what becomes unique, where they have it already and as it stays."""
        columns = {field.storage_name for field in self.before.by_object[old.number]}
        if not index.unique or not columns >= {part.column for part in index.parts}:
            return None
        failures = self.facts.sharing(index, old.number)
        return failures if failures.count else None


def _in_sight(field: StoredField | None) -> bool:
    return field is not None and field.state is State.ACTIVE


def _split(indexes: Iterable[Index], late: tuple[str, ...]) -> tuple[tuple[Index, ...], tuple[Index, ...]]:
    """The indexes that can be made with the table, and those that wait for late fields."""
    every = tuple(indexes)
    waits = [index for index in every if any(field in late for field in index.fields)]
    return tuple(index for index in every if index not in waits), tuple(waits)
