"""A field's type to JSON, for the registry: held fields know by it what their columns hold."""

from __future__ import annotations

import json

from objectforge.metadata.fields.base import FieldType

__all__ = ["type_to_json"]


def type_to_json(field: FieldType) -> str:
    """The type's word and what differs from its defaults as JSON text, the same for equal types."""
    given = field.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return json.dumps({"type": field.type_name, **given}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
