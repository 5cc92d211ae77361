"""How many columns a table has used up: PostgreSQL counts those that were dropped among its 1,600."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.storage.engines import schema_of

__all__ = ["columns_used"]

_CATALOG = sa.MetaData(schema="pg_catalog")
_attributes = sa.Table("pg_attribute", _CATALOG, sa.Column("attrelid", sa.Integer), sa.Column("attnum", sa.Integer))
_classes = sa.Table(
    "pg_class",
    _CATALOG,
    sa.Column("oid", sa.Integer),
    sa.Column("relname", sa.String),
    sa.Column("relnamespace", sa.Integer),
)
_schemas = sa.Table("pg_namespace", _CATALOG, sa.Column("oid", sa.Integer), sa.Column("nspname", sa.String))


def columns_used(connection: sa.Connection, table: str) -> int:
    """The number of a table's columns, on PostgreSQL with those that were dropped; 0 if there is no such table."""
    if connection.dialect.name != "postgresql":
        inspector = sa.inspect(connection)
        return len(inspector.get_columns(table)) if inspector.has_table(table) else 0
    schema = schema_of(connection)
    query = (
        sa.select(sa.func.count())
        .select_from(_attributes)
        .join(_classes, _classes.c.oid == _attributes.c.attrelid)
        .join(_schemas, _schemas.c.oid == _classes.c.relnamespace)
        .where(_attributes.c.attnum > 0, _classes.c.relname == table)
        .where(_schemas.c.nspname == (sa.func.current_schema() if schema is None else schema))
    )
    return connection.execute(query).scalar_one()
