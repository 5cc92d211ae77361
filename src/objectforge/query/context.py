"""What a query runs in: the schema, its tables, the moment, the connection and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.compiler import Columns, Compiler
from objectforge.metadata.fields.base import Region
from objectforge.relations.schema import Schema
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.tables import Tables
from objectforge.values.locales import Locale

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """Everything a query needs besides itself; made anew for each statement or transaction.

    `user` is the id of whom the query runs for. `version` is the metadata version, which page cursors carry.
    """

    connection: sa.Connection
    schema: Schema
    tables: Tables
    ids: RecordIds
    backend: Backend
    moment: Moment
    locale: Locale
    region: Region
    user: str
    version: int

    def compiler(self, columns: Columns, params: Mapping[str, Any], moment: Moment | None = None) -> Compiler:
        """A compiler for one statement over these columns."""
        return Compiler(self.backend, columns, params, moment or self.moment, self.ids.parse_or_none, self.ids.prefixes)
