"""Two versions of metadata to the changes that touch no table: views, layouts, reports, rules, labels, settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from objectforge.change.steps import ChangeDefinition
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ObjectDef
from objectforge.storage.snapshot import SECTIONS

__all__ = ["definition_changes"]

_OBJECTS = "objects"
_NAMED_BY_OBJECT = ("list_views", "layouts")
# Fields, uniqueness, indexes, names and who declares an object have steps or words of their own.
_OWN_WORDS = ("name", "name_field_name", "fields", "name_field", "unique", "indexes", "was", "package")
_OBJECT_KEYS = tuple(key for key in ObjectDef.model_fields if key not in _OWN_WORDS)


def definition_changes(
    before: Metadata | None, after: Metadata, former: Mapping[str, str] | None = None
) -> Iterator[ChangeDefinition]:
    """Every definition that is new, different or gone; of objects only what both versions have.

    Args:
        before: The metadata of the org as it is; None before the first deploy.
        after: The metadata to come.
        former: Objects by their new names with the ones they had before.
    """
    former = former or {}
    if before is not None:
        if keys := _changed_keys(before.settings, after.settings, tuple(type(after.settings).model_fields)):
            yield ChangeDefinition("settings", None, "change", keys)
        yield from _packages(before, after)
        for name, new in after.objects.items():
            old = before.objects.get(former.get(name, name))
            if old is not None:
                yield from _object(name, old, new)
    for section in SECTIONS:
        if section != _OBJECTS:
            names = former if section in _NAMED_BY_OBJECT else {}
            yield from _named(section, getattr(before, section) if before else {}, getattr(after, section), names)


def _packages(before: Metadata, after: Metadata) -> Iterator[ChangeDefinition]:
    old, new = ({head.name: head for head in one.packages} for one in (before, after))
    for name, head in new.items():
        if name not in old:
            yield ChangeDefinition("packages", name, "add", note=f"version {head.version}")
        elif old[name].version != head.version:
            yield ChangeDefinition("packages", name, "change", note=f"version {old[name].version} -> {head.version}")
        elif old[name] != head:
            yield ChangeDefinition(
                "packages", name, "change", _changed_keys(old[name], head, tuple(type(head).model_fields))
            )
    for name in old:
        if name not in new:
            yield ChangeDefinition("packages", name, "remove")


def _object(name: str, old: ObjectDef, new: ObjectDef) -> Iterator[ChangeDefinition]:
    if keys := _changed_keys(old, new, _OBJECT_KEYS) + _renamed_rules(old, new):
        yield ChangeDefinition(_OBJECTS, name, "change", keys)
    if old.package != new.package:
        owners = " to ".join(f"package {one.package}" if one.package else "the org" for one in (old, new))
        yield ChangeDefinition(_OBJECTS, name, "change", note=f"handed from {owners}")


def _named(
    section: str, before: Mapping[str, Any], after: Mapping[str, Any], former: Mapping[str, str]
) -> Iterator[ChangeDefinition]:
    known: set[str] = set()
    for name, new in after.items():
        was = _former_name(name, former)
        known.add(was)
        old = before.get(was)
        if old is None:
            yield ChangeDefinition(section, name, "add")
        elif old != new and (was == name or _without_names(old) != _without_names(new)):
            yield ChangeDefinition(section, name, "change")
    for name in before:
        if name not in known:
            yield ChangeDefinition(section, name, "remove")


def _former_name(name: str, former: Mapping[str, str]) -> str:
    """The name of a view or layout before its object was renamed."""
    owner, dot, rest = name.partition(".")
    return f"{former.get(owner, owner)}{dot}{rest}"


def _without_names(model: BaseModel) -> BaseModel:
    return model.model_copy(update={"object": ""})


def _changed_keys(before: BaseModel, after: BaseModel, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if getattr(before, key) != getattr(after, key))


def _renamed_rules(before: ObjectDef, after: ObjectDef) -> tuple[str, ...]:
    """Uniqueness under another name is the same index, so that no other step tells of it."""
    same = sorted(before.unique.values()) == sorted(after.unique.values())
    return ("unique",) if same and before.unique != after.unique else ()
