"""An org's own metadata and a part of it given anew to the whole: what the part renames is renamed all over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike

from objectforge.change.matching import Stored, Wanted, match_names
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ObjectDef
from objectforge.relations.renames import Renames
from objectforge.relations.renaming import rename_references
from objectforge.storage.registry import Registry, State, StoredField, StoredObject, StoredValue

__all__ = ["merge_part"]


def merge_part(base: str, given: Sequence[str | PathLike[str] | Metadata], registry: Registry) -> Metadata:
    """The org's metadata with what is given; see `Metadata.merged`.

    Args:
        base: The org's own metadata as YAML.
        given: Files, folders or metadata.
        registry: What the org knows of names and their histories.

    Raises:
        MetadataError: something is wrong with either.
    """
    merged = Metadata.merged(base, *given)
    renames = _renames(merged, registry)
    if not (renames.objects or renames.fields or renames.values):
        return merged
    return Metadata.merged(rename_references(Metadata.parse(base, "<org>"), renames), *given)


def _renames(merged: Metadata, registry: Registry) -> Renames:
    objects: dict[str, str] = {}
    fields: dict[tuple[str, str], str] = {}
    values: dict[tuple[str, str, str], str] = {}
    wanted = [Wanted((name, *definition.was)) for name, definition in merged.objects.items()]
    for name, number in match_names(wanted, [_object(each) for each in registry.objects]).found.items():
        stored = registry.by_number[number]
        if stored.state is not State.ACTIVE:
            continue
        if stored.name != name:
            objects[stored.name] = name
        for field, new in _fields(merged.objects[name], registry.by_object[number]):
            if field.name != new:
                fields[stored.name, field.name] = new
            values |= {
                (stored.name, field.name, value.value): spelled
                for value, spelled in _values(merged, merged.objects[name], new, field)
            }
    return Renames(objects, fields, values)


def _fields(definition: ObjectDef, stored: Sequence[StoredField]) -> Iterator[tuple[StoredField, str]]:
    """The fields in sight with their names to come."""
    known = {each.identity: each for each in stored if each.state is State.ACTIVE}
    wanted = [Wanted((name, *declared.was)) for name, declared in definition.fields.items()]
    there = [Stored(each.identity, each.path, active=True) for each in known.values()]
    for name, identity in match_names(wanted, there).found.items():
        yield known[identity], name


def _values(
    merged: Metadata, definition: ObjectDef, name: str, stored: StoredField
) -> Iterator[tuple[StoredValue, str]]:
    """The values in sight that get another spelling."""
    declared = definition.fields[name]
    rules = declared.choice_rules
    shared = merged.value_sets.get(rules.value_set) if rules is not None and rules.value_set is not None else None
    choices = declared.choices if shared is None else shared.values
    known = {each.identity: each for each in stored.values if each.state is State.ACTIVE}
    there = [Stored(each.identity, each.path, active=True) for each in known.values()]
    wanted = [Wanted((choice.value, *choice.was)) for choice in choices]
    for value, identity in match_names(wanted, there).found.items():
        if known[identity].value != value:
            yield known[identity], value


def _object(stored: StoredObject) -> Stored:
    return Stored(stored.number, stored.path, stored.state is State.ACTIVE)
