"""Schemas made by hand: what the resolver would say of a few objects, without YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx

from objectforge.expressions.typed import Const
from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ObjectDef, OrgSettings
from objectforge.relations.schema import Field, Lookup, Object, Schema
from objectforge.relations.system_fields import first_fields, last_fields

NAME = {"type": "text", "length": 80, "required": True}
USER = {
    "Username": {"type": "text", "length": 80, "required": True, "unique": True},
    "IsActive": {"type": "checkbox", "default": "true"},
}


@dataclass(frozen=True)
class Thing:
    """An object as a test writes it."""

    fields: Mapping[str, Mapping[str, Any]]
    unique: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indexes: tuple[tuple[str, ...], ...] = ()
    label: str | None = None
    prefix: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def make_type(data: Mapping[str, Any]) -> FieldType:
    cls = field_type(data["type"])
    assert cls is not None
    made = cls.model_validate({key: value for key, value in data.items() if key != "type"})
    made.check()
    return made


def make_schema(things: Mapping[str, Thing | Mapping[str, Mapping[str, Any]]], **settings: Any) -> Schema:
    """A schema of these objects and User."""
    given = {name: thing if isinstance(thing, Thing) else Thing(thing) for name, thing in things.items()}
    given = {"User": Thing(USER, prefix="005"), **given}
    objects = {name: make_object(name, thing) for name, thing in given.items()}
    metadata = Metadata(
        settings=OrgSettings(**settings),
        packages=(),
        objects={name: make_definition(name, thing) for name, thing in given.items()},
        value_sets={},
        list_views={},
        reports={},
        dashboards={},
        layouts={},
    )
    return Schema(metadata, objects, {}, {}, {}, nx.MultiDiGraph(), nx.DiGraph())


def with_views(schema: Schema, **sections: Any) -> Schema:
    return replace(schema, metadata=replace(schema.metadata, **sections))


def make_definition(name: str, thing: Thing) -> ObjectDef:
    return ObjectDef(
        name=name,
        label=thing.label or name,
        name_field=make_type(NAME),
        fields={key: make_type(data) for key, data in thing.fields.items()},
        unique=thing.unique,
        indexes=thing.indexes,
    )


def make_object(name: str, thing: Thing) -> Object:
    types = {"Name": make_type(NAME), **{key: make_type(data) for key, data in thing.fields.items()}}
    fields = {key: make_field(name, key, type_, system=True) for key, type_ in first_fields(name).items()}
    fields |= {key: make_field(name, key, type_) for key, type_ in types.items()}
    fields |= {key: make_field(name, key, type_, system=True) for key, type_ in last_fields().items()}
    return Object(
        name=name,
        label=thing.label or name,
        plural_label=name + "s",
        name_field="Name",
        fields=fields,
        lookups={
            key: Lookup(name, key, value.type.relation.targets, key, None, value.type.relation.on_delete)
            for key, value in fields.items()
            if value.type.relation
        },
        children={},
        unique=thing.unique,
        indexes=tuple(tuple((key.lstrip("-"), key.startswith("-")) for key in index) for index in thing.indexes),
        prefix=thing.prefix,
    )


def make_field(object_name: str, name: str, type_: FieldType, *, system: bool = False) -> Field:
    default = None
    if type_.initial is not None and not type_.initial.startswith("="):
        value = type_.coerce(type_.from_text(type_.initial, Reading(NEUTRAL.zone)))
        default = Const(value, type_.value_type())
    return Field(object_name, name, type_, type_.label or name, type_.value_type(), system=system, default=default)
