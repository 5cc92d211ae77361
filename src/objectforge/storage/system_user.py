"""The record that every org begins with: the User "System", who owns and makes whatever nobody else does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.typed import Const
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Registry
from objectforge.storage.tables import Tables
from objectforge.values.ids import make_id

__all__ = ["COUNTER", "USER", "create_system_user", "system_user_id"]

USER = "User"
COUNTER = 1
"""The System user's counter, the first of its object."""


def system_user_id(registry: Registry) -> int:
    """The id of the System user."""
    return make_id(registry.by_name[USER].number, COUNTER)


def create_system_user(
    connection: sa.Connection, schema: Schema, registry: Registry, tables: Tables, at: datetime
) -> None:
    """Make the record."""
    id_ = system_user_id(registry)
    given: dict[str, Any] = {
        "Id": id_, "Username": "system", "Name": "System", "IsActive": True, "OwnerId": id_, "CreatedById": id_,
        "LastModifiedById": id_, "CreatedDate": at, "LastModifiedDate": at, "SystemModstamp": at, "IsDeleted": False,
    }  # fmt: skip
    values: dict[str, Any] = {}
    for field in schema.objects[USER].stored_fields:
        default = field.default.value if isinstance(field.default, Const) else None
        values[tables.column_name(USER, field.name)] = given.get(field.name, default)
    connection.execute(sa.insert(tables.table(USER)), values)
