"""A field's type to JSON and back, for the registry: held fields know by it what their columns hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_type

__all__ = ["is_id", "targets_renamed", "type_from_json", "type_to_json"]

_ID = "id"


def type_to_json(field: FieldType) -> str:
    """The type's word and what differs from its defaults as JSON text, the same for equal types."""
    given = field.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return json.dumps({"type": field.type_name, **given}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=4096)
def type_from_json(text: str) -> FieldType:
    """The type that `type_to_json` wrote, with the values of its value set; not that of an id.

    Raises:
        ObjectForgeError: it is of a kind that is not installed.
    """
    data = json.loads(text)
    name = data.pop("type")
    found = field_type(name)
    if found is None:
        raise ObjectForgeError(f"the org has fields of the type '{name}', which is not installed here")
    known = {name for key, given in found.model_fields.items() for name in (key, given.alias)}
    return found.model_validate({key: value for key, value in data.items() if key in known})


def is_id(text: str) -> bool:
    """Whether that is the type of a record's own id, which no one declares."""
    return json.loads(text)["type"] == _ID


def targets_renamed(text: str, renamed: Mapping[str, str]) -> str:
    """The type with the objects it points to under their new names."""
    data = json.loads(text)
    if not renamed.keys() & set(data.get("to", ())):
        return text
    data["to"] = [renamed.get(name, name) for name in data["to"]]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
