"""An object described for people and programs: its fields, what they may hold, what they relate to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from objectforge.relations.schema import Field, Object
from objectforge.values.locales import Locale, pick_label

__all__ = ["ChildDescription", "FieldDescription", "ObjectDescription", "describe_object"]


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field: `type` is its type's word, `to` the objects a lookup points to, `values` a picklist's active values."""

    name: str
    label: str
    type: str
    required: bool
    writable: bool
    unique: bool
    help: str | None
    to: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildDescription:
    """A child relationship: its name, and the object and lookup field it comes from."""

    name: str
    object: str
    field: str


@dataclass(frozen=True, slots=True)
class ObjectDescription:
    """An object with its fields in order and its child relationships."""

    name: str
    label: str
    plural_label: str
    package: str | None
    fields: Mapping[str, FieldDescription]
    children: tuple[ChildDescription, ...]

    def to_dict(self) -> dict[str, Any]:
        """The description as plain data."""
        return asdict(self) | {"fields": [asdict(each) for each in self.fields.values()]}


def describe_object(obj: Object, locale: Locale) -> ObjectDescription:
    """Describe an object in a language."""
    return ObjectDescription(
        name=obj.name,
        label=pick_label(obj.label, locale),
        plural_label=pick_label(obj.plural_label, locale),
        package=obj.package,
        fields={name: _field(obj, field, locale) for name, field in obj.fields.items()},
        children=tuple(ChildDescription(each.name, each.child, each.field) for each in obj.children.values()),
    )


def _field(obj: Object, field: Field, locale: Locale) -> FieldDescription:
    lookup = obj.lookups.get(field.name)
    declared = field.type
    return FieldDescription(
        name=field.name,
        label=pick_label(field.label, locale),
        type=declared.type_name,
        required=declared.required,
        writable=field.writable,
        unique=declared.unique,
        help=None if declared.help is None else pick_label(declared.help, locale),
        to=lookup.targets if lookup else (),
        values=tuple(choice.value for choice in declared.choices if choice.active),
    )
