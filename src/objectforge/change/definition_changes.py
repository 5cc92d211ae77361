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
# Fields, uniqueness and indexes have steps of their own.
_OBJECT_KEYS = tuple(key for key in ObjectDef.model_fields if key not in ("fields", "name_field", "unique", "indexes"))


def definition_changes(before: Metadata | None, after: Metadata) -> Iterator[ChangeDefinition]:
    """Every definition that is new, different or gone; of objects only what both versions have."""
    if before is not None:
        if keys := _changed_keys(before.settings, after.settings, tuple(type(after.settings).model_fields)):
            yield ChangeDefinition("settings", None, "change", keys)
        if before.packages != after.packages:
            yield ChangeDefinition("packages", None, "change")
        for name, new in after.objects.items():
            old = before.objects.get(name)
            if old is not None and (keys := _changed_keys(old, new, _OBJECT_KEYS) + _renamed_rules(old, new)):
                yield ChangeDefinition(_OBJECTS, name, "change", keys)
    for section in SECTIONS:
        if section != _OBJECTS:
            yield from _named(section, getattr(before, section) if before else {}, getattr(after, section))


def _named(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ChangeDefinition]:
    for name, new in after.items():
        old = before.get(name)
        if old is None:
            yield ChangeDefinition(section, name, "add")
        elif old != new:
            yield ChangeDefinition(section, name, "change")
    for name in before:
        if name not in after:
            yield ChangeDefinition(section, name, "remove")


def _changed_keys(before: BaseModel, after: BaseModel, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if getattr(before, key) != getattr(after, key))


def _renamed_rules(before: ObjectDef, after: ObjectDef) -> tuple[str, ...]:
    """Uniqueness under another name is the same index, so that no other step tells of it."""
    same = sorted(before.unique.values()) == sorted(after.unique.values())
    return ("unique",) if same and before.unique != after.unique else ()
