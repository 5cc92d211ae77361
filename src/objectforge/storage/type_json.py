"""A field's type to JSON, and back: what was given, under the type's own word."""

from __future__ import annotations

import json
from typing import Any

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_type

__all__ = ["type_from_data", "type_to_data", "type_to_json"]

_TYPE = "type"


def type_to_data(field: FieldType) -> dict[str, Any]:
    """The type as plain data that JSON can hold."""
    return {_TYPE: field.type_name, **field.model_dump(mode="json", exclude_unset=True, by_alias=True)}


def type_to_json(field: FieldType) -> str:
    """The type as JSON text, the same for equal types."""
    given = field.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return json.dumps({_TYPE: field.type_name, **given}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def type_from_data(data: dict[str, Any]) -> FieldType:
    """The type that `type_to_data` wrote.

    Raises:
        LookupError: no such type is installed.
    """
    name = data[_TYPE]
    found = field_type(name)
    if found is None:
        raise LookupError(name)
    return found.model_validate({key: value for key, value in data.items() if key != _TYPE})
