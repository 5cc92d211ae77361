"""The tables in a database that are not the org's, whose names it must not take."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.storage.engines import schema_of
from objectforge.storage.registry import Registry
from objectforge.storage.registry_tables import METADATA

__all__ = ["foreign_tables"]


def foreign_tables(connection: sa.Connection, registry: Registry | None) -> frozenset[str]:
    """The names of tables and views beside the org's own."""
    inspector = sa.inspect(connection)
    schema = schema_of(connection)
    own = {table.name for table in METADATA.tables.values()}
    if registry is not None:
        own |= {stored.storage_name for stored in registry.objects}
    return frozenset({*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)} - own)
