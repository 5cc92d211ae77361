"""Declared field types to the fields of objects: parts of compounds, system fields, value sets filled in."""

from __future__ import annotations

from collections.abc import Iterator

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.models import ObjectDef
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.mentions import FieldName, Values
from objectforge.relations.naming import label_of
from objectforge.relations.schema import Field
from objectforge.relations.system_fields import first_fields, last_fields
from objectforge.relations.value_sets import ValueSets

__all__ = ["field_path", "object_fields"]


def field_path(definition: ObjectDef, name: str) -> Path:
    """Where a declared field stands."""
    if name == definition.name_field_name:
        return ("objects", definition.name, "name_field")
    return ("objects", definition.name, "fields", name)


def object_fields(definition: ObjectDef, sets: ValueSets, findings: Findings) -> tuple[list[Field], list[str]]:
    """All fields of an object in order, and the names of those that could not be made."""
    found: list[Field] = []
    missing: list[str] = []
    for name, declared in first_fields(definition.name).items():
        found.append(_field(definition.name, name, declared, system=True))
    for name, declared in _declared(definition):
        if name != definition.name_field_name:
            findings.mention(FieldName(definition.name, name), field_path(definition, name), key=True)
        if declared.choice_rules is not None:
            shared = declared.choice_rules.value_set
            path = (*field_path(definition, name), "values") if shared is None else sets.path_of_values(shared)
            findings.mention(Values(definition.name, name), path)
        filled = sets.fill(name, declared, field_path(definition, name), findings)
        if filled is None:
            missing.append(name)
            continue
        found.append(_field(definition.name, name, filled))
        parts = filled.parts(name)
        found += [_field(definition.name, part, each, part_of=name) for part, each in parts.items()]
    for name, declared in last_fields().items():
        found.append(_field(definition.name, name, declared, system=True))
    return found, missing


def _declared(definition: ObjectDef) -> Iterator[tuple[str, FieldType]]:
    yield definition.name_field_name, definition.name_field
    yield from definition.fields.items()


def _field(
    object_name: str, name: str, declared: FieldType, *, system: bool = False, part_of: str | None = None
) -> Field:
    return Field(
        object=object_name,
        name=name,
        type=declared,
        label=declared.label or label_of(name, lookup=declared.relation is not None),
        value_type=declared.value_type(),
        system=system,
        part_of=part_of,
    )
