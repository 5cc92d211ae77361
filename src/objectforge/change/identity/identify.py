"""A schema to the identities that its objects, fields and picklist values have in an org.

By name and history (`was`) when metadata is deployed; by the identities that a version's names stood for when it is
rolled back to.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from objectforge.change.identity.matching import Shortened, Stored, Tie, Wanted, match_names
from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.schema import Field, Object, Schema
from objectforge.storage.registry import Identities, Registry, State, StoredField, StoredObject

__all__ = ["Identified", "histories_of", "identify", "identify_version"]


@dataclass(frozen=True)
class Identified:
    """Which identity each name of a schema has; what is missing is new to the org."""

    objects: Mapping[str, int] = field(default_factory=dict[str, int])
    fields: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    values: Mapping[tuple[str, str, str], int] = field(default_factory=dict[tuple[str, str, str], int])
    """By object, field and value."""
    histories: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict[tuple[str, ...], tuple[str, ...]])
    """What `was:` says, of the object (name,) or the field (object, name); parts of compounds included."""
    forgets: bool = False
    """Whether names given since are to be forgotten, as a rollback does."""


def identify(registry: Registry, schema: Schema) -> Identified:
    """Find by name and history what of the schema the org has.

    Raises:
        MetadataError: two things have one history, or one was shortened, so that it cannot be told what they are.
    """
    search = _Search(registry, schema)
    found = search.run()
    if search.findings.issues:
        raise MetadataError(search.findings.issues)
    return found


def identify_version(registry: Registry, schema: Schema, then: Identities) -> Identified:
    """Find what the names of an earlier version stood for; what was purged since is what bears its name now."""
    objects = _kept(then.objects, registry.by_number, {each.name: each.number for each in registry.in_sight})
    fields: dict[tuple[str, str], int] = {}
    values: dict[tuple[str, str, str], int] = {}
    for object_ in schema:
        there = {each.identity: each for each in registry.by_object.get(objects.get(object_.name, 0), ())}
        before = {
            name: then.fields[object_.name, name] for name in object_.fields if (object_.name, name) in then.fields
        }
        found = _kept(before, there, {each.name: each.identity for each in there.values() if _alike(each, object_)})
        for name, identity in found.items():
            fields[object_.name, name] = identity
            known = there[identity].values
            written = {
                choice.value: value
                for choice in object_.fields[name].type.choices
                if (value := then.values.get((before[name], choice.value))) is not None
            }
            now = {each.value: each.identity for each in known if each.state is State.ACTIVE}
            for value, number in _kept(written, {each.identity for each in known}, now).items():
                values[object_.name, name, value] = number
    return Identified(objects, fields, values, histories_of(schema), forgets=True)


def _kept(then: Mapping[str, int], there: Container[int], now: Mapping[str, int]) -> dict[str, int]:
    """Identities by the names they had then; by those they have now where the ones of then are gone."""
    found = {name: identity for name, identity in then.items() if identity in there}
    taken = set(found.values())
    return found | {name: now[name] for name in then if name not in found and now.get(name, -1) not in {-1, *taken}}


def _alike(stored: StoredField, object_: Object) -> bool:
    """Whether a field in sight may be the one of its name: what is computed is never what is stored."""
    field = object_.fields.get(stored.name)
    return stored.state is State.ACTIVE and field is not None and field.stored is (stored.storage_name is not None)


class _Search:
    """The search for a schema's identities, with what is wrong on the way. Use once."""

    def __init__(self, registry: Registry, schema: Schema) -> None:
        self._registry = registry
        self._schema = schema
        self._fields: dict[tuple[str, str], int] = {}
        self._values: dict[tuple[str, str, str], int] = {}
        self._histories = histories_of(schema)
        self.findings = Findings(schema.metadata.places)

    def run(self) -> Identified:
        """All that is found."""
        objects = self._match(
            "object",
            "",
            [self._object(each) for each in self._schema],
            list(map(_stored_object, self._registry.objects)),
        )
        for object_ in self._schema:
            if (number := objects.get(object_.name)) is not None:
                self._in_object(object_, self._registry.by_object[number])
        return Identified(objects, self._fields, self._values, self._histories)

    def _in_object(self, object_: Object, stored: Sequence[StoredField]) -> None:
        known = {each.identity: each for each in stored}
        for kept in (True, False):  # what is computed is never what holds values, whatever its name
            wanted = [self._field(object_, each) for each in object_.fields.values() if each.stored is kept]
            there = [_stored_field(each) for each in stored if (each.storage_name is not None) is kept]
            found = self._match("field", object_.name, wanted, there)
            self._fields |= {(object_.name, name): identity for name, identity in found.items()}
            for name, identity in found.items():
                self._in_field(object_.fields[name], known[identity])

    def _in_field(self, declared: Field, stored: StoredField) -> None:
        choices = declared.type.choices
        if not choices:
            return
        path = _field_path(self._schema, declared)
        wanted = [
            (Wanted((choice.value, *choice.was)), (*path, "values", number)) for number, choice in enumerate(choices)
        ]
        there = [Stored(each.identity, each.path, each.state is State.ACTIVE) for each in stored.values]
        for value, identity in self._match("value", f"{declared.object}.{declared.name}", wanted, there).items():
            self._values[declared.object, declared.name, value] = identity

    def _object(self, object_: Object) -> tuple[Wanted, Path]:
        return Wanted((object_.name, *self._histories.get((object_.name,), ()))), ("objects", object_.name)

    def _field(self, object_: Object, declared: Field) -> tuple[Wanted, Path]:
        history = self._histories.get((object_.name, declared.name), ())
        return Wanted((declared.name, *history)), _field_path(self._schema, declared)

    def _match(
        self, what: str, owner: str, wanted: Sequence[tuple[Wanted, Path]], stored: Sequence[Stored]
    ) -> Mapping[str, int]:
        matched = match_names([one for one, _ in wanted], stored)
        places = {one.path[0]: path for one, path in wanted}
        for problem in matched.problems:
            match problem:
                case Tie(first=first, second=second, stored=kept):
                    self.findings.add_at_key(
                        "OF701",
                        f"'{second}' and '{first}' both say that they were {_shown(owner, kept.path[0])}",
                        places[second],
                        f"remove {kept.path[0]} from the `was:` of one of them",
                        first=("the other one", places[first]),
                    )
                case Shortened(name=name, stored=kept, history=history):
                    self._shortened(what, owner, name, kept, history, places[name])
        return matched.found

    def _shortened(self, what: str, owner: str, name: str, kept: Stored, history: Sequence[str], path: Path) -> None:
        told = f"`was: [{', '.join(history)}]`" if history else "no `was:`"
        where = "" if kept.active else ", held,"
        self.findings.add(
            "OF702",
            f"the history of the {what} '{name}' does not fit the org, which has {_shown(owner, kept.path[0])}{where}"
            + (f" with the history {', '.join(kept.path[1:])}" if kept.path[1:] else " without a history"),
            (*path, "was"),
            f"if '{name}' is that {what}, write {told}; a history only ever grows at its front",
        )


def histories_of(schema: Schema) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """What `was:` says, of each object (name,) and field (object, name) that says something; of parts too."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for object_ in schema:
        definition = schema.metadata.objects.get(object_.name)
        if definition is not None and definition.was:
            found[object_.name,] = definition.was
        for declared in object_.fields.values():
            history = declared.type.was
            if declared.part_of is not None:
                history = tuple(_former_parts(object_.fields[declared.part_of], declared.name))
            if history:
                found[object_.name, declared.name] = history
    return found


def _former_parts(compound: Field, part: str) -> Iterator[str]:
    """What a part of a compound was called under the compound's earlier names."""
    keys = {name: key for key, name in compound.type.part_keys(compound.name).items()}
    for before in compound.type.was:
        yield compound.type.part_keys(before)[keys[part]]


def _field_path(schema: Schema, declared: Field) -> Path:
    definition = schema.metadata.objects.get(declared.object)
    name = declared.part_of or declared.name
    if definition is not None and name == definition.name_field_name:
        return ("objects", declared.object, "name_field")
    return ("objects", declared.object, "fields", name)


def _stored_object(stored: StoredObject) -> Stored:
    return Stored(stored.number, stored.path, stored.state is State.ACTIVE)


def _stored_field(stored: StoredField) -> Stored:
    return Stored(stored.identity, stored.path, stored.state is State.ACTIVE)


def _shown(owner: str, name: str) -> str:
    return f"{owner}.{name}" if owner else name
