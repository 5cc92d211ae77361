"""An object's stored fields to its compounds: which fields are parts of which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from objectforge.storage.registry import State, StoredField
from objectforge.storage.type_json import is_id, type_from_json

__all__ = ["parts_of"]


def parts_of(fields: Iterable[StoredField]) -> Mapping[str, str]:
    """The parts in sight of one object's compounds, each with its compound."""
    return {
        part: field.name
        for field in fields
        if field.state is State.ACTIVE and field.storage_name is None and not is_id(field.type)
        for part in type_from_json(field.type).part_keys(field.name).values()
    }
