"""A plan's steps to its questions: what is held and what is new that may be one and the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from objectforge.change.planning.compounds import parts_of
from objectforge.change.planning.questions import Candidate, Question, ask, question
from objectforge.change.steps import AddField, ChangeField, CreateObject, HoldField, HoldObject, HoldValue, Step
from objectforge.storage.registry import Registry, State, StoredField, StoredObject
from objectforge.storage.type_json import is_id, type_from_json

__all__ = ["questions"]


_SIMILAR_VALUES = 0.6


def questions(steps: Sequence[Step], before: Registry, after: Registry) -> Iterator[Question]:
    """Every pair of a vanishing and a like new thing."""
    yield from _objects(steps, before, after)
    yield from _fields(steps, before, after)
    yield from _values(steps, before, after)


def _objects(steps: Sequence[Step], before: Registry, after: Registry) -> Iterator[Question]:
    gone = [_object(before, before.by_name[step.object]) for step in steps if isinstance(step, HoldObject)]
    new = [_object(after, after.by_name[step.object]) for step in steps if isinstance(step, CreateObject)]
    for one, other in ask(gone, new):
        yield question("object", "", one, other)


def _object(registry: Registry, stored: StoredObject) -> Candidate:
    fields = registry.by_object[stored.number]
    names = frozenset(field.name.lower() for field in fields if field.state is State.ACTIVE and not _common(field))
    return Candidate(stored.name, "object", stored.path, names or frozenset({""}))


_EVERYWHERE = frozenset({
    "Id", "Name", "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
    "IsDeleted",
})  # fmt: skip


def _common(field: StoredField) -> bool:
    return is_id(field.type) or field.name in _EVERYWHERE


def _fields(steps: Sequence[Step], before: Registry, after: Registry) -> Iterator[Question]:
    owners = dict.fromkeys(step.object for step in steps if isinstance(step, HoldField))
    for owner in owners:
        number = after.by_name[owner].number
        known = {field.name: field for field in _asked_about(before.by_object[number])}
        added = {field.name: field for field in _asked_about(after.by_object[number])}
        gone = [
            _field(known[step.field])
            for step in steps
            if isinstance(step, HoldField) and step.object == owner and step.field in known
        ]
        new = [
            _field(added[step.field])
            for step in steps
            if isinstance(step, AddField) and step.object == owner and step.field in added
        ]
        for one, other in ask(gone, new):
            yield question("field", f"{owner}.", one, other)


def _asked_about(fields: Sequence[StoredField]) -> Iterator[StoredField]:
    """The fields that have values, and compounds in place of their parts, which have no `was:` of their own."""
    parts = parts_of(fields)
    compounds = set(parts.values())
    for field in fields:
        holds = field.name in compounds or (field.storage_name is not None and field.name not in parts)
        if holds and field.state is State.ACTIVE:
            yield field


def _field(stored: StoredField) -> Candidate:
    """Fields are alike when they are of one type; lookups also lead to the same objects."""
    kind = type_from_json(stored.type).type_name
    return Candidate(stored.name, f"{kind} {sorted(stored.targets)}", stored.path)


def _values(steps: Sequence[Step], before: Registry, after: Registry) -> Iterator[Question]:
    for changed in steps:
        if not isinstance(changed, ChangeField) or not changed.new_values:
            continue
        name = f"{changed.object}.{changed.field}"
        held = [
            step.value
            for step in steps
            if isinstance(step, HoldValue) and (step.object, step.field) == (changed.object, changed.field)
        ]
        identity = after.names.objects[changed.object].identities[changed.field]
        known = next(each for each in before.fields if each.identity == identity)
        gone = [Candidate(each.value, "value", each.path) for each in known.values if each.value in held]
        new = [Candidate(value, "value", (value,)) for value in changed.new_values]
        alone = len(gone) == len(new) == 1
        for one, other in ask(gone, new, 0 if alone else _SIMILAR_VALUES):
            yield question("value", f"{name}.", one, other)
