"""A field's identity before and after to the change of its column."""

from __future__ import annotations

from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.column_change import ColumnChange
from objectforge.storage.ddl import Key
from objectforge.storage.names import foreign_key_name
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry import StoredField
from objectforge.storage.type_json import type_from_json

__all__ = ["column_change"]


def column_change(
    before: StoredField, after: StoredField, conversion: Conversion, tables: PhysicalTables
) -> ColumnChange:
    """The change of a stored field's column.

    Args:
        before: The field as it is.
        after: The field as it shall be.
        conversion: What becomes of its values.
        tables: The tables of the registry, of the one before or the one to come.
    """
    assert before.storage_name is not None, "what is not stored has no column"
    known = tables.registry.by_number
    return ColumnChange(
        table=known[before.object].storage_name,
        column=before.storage_name,
        before=type_from_json(before.type),
        after=type_from_json(after.type),
        key_before=_key(before, tables),
        key_after=_key(after, tables),
        parents={number: tables.table(number) for number in after.targets if conversion.parents and number in known},
    )


def _key(field: StoredField, tables: PhysicalTables) -> Key | None:
    if len(field.targets) != 1 or field.targets[0] not in tables.registry.by_number:
        return None
    return Key(foreign_key_name(field.identity), tables.table(field.targets[0]))
