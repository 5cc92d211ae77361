"""A database to the shapes of its tables."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from objectforge.storage.shapes import TableShape
from objectforge.storage.shapes_postgresql import read_postgresql
from objectforge.storage.shapes_sqlite import read_sqlite

__all__ = ["read_shapes"]


def read_shapes(connection: sa.Connection) -> Mapping[str, TableShape]:
    """Every table of the database (on PostgreSQL of the org's schema) by name."""
    return read_postgresql(connection) if connection.dialect.name == "postgresql" else read_sqlite(connection)
