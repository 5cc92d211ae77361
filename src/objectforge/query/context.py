"""What a query runs in: the schema, its tables, the moment, the connection and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.columns import Columns
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.typed import RUNNING, Ref
from objectforge.expressions.walk import rebase
from objectforge.metadata.fields.base import Region
from objectforge.query.joins import Joins
from objectforge.relations.schema import FormulaValue, Schema
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.tables import Tables
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """Everything a query needs besides itself; made anew for each statement or transaction.

    `user` is the id of whom the query runs for. `version` is the metadata version, which page cursors carry.
    `writes` says whether the statement stands in a transaction that may write.
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
    writes: bool = False
    _running: dict[Ref, Value] = field(default_factory=dict[Ref, Value], repr=False, compare=False)

    @property
    def asked_of_user(self) -> bool:
        """Whether a statement of this context took values of the user's record into it."""
        return bool(self._running)

    def compiler(self, columns: Columns, params: Mapping[str, Any], moment: Moment | None = None) -> Compiler:
        """A compiler for one statement over these columns."""
        return Compiler(
            self.backend,
            columns,
            params,
            moment or self.moment,
            self.ids.parse_or_none,
            self.ids.prefixes,
            self.running,
        )

    def running(self, ref: Ref) -> Value:
        """What `$User` leads to: a value of the user for whom the query runs, looked up once."""
        if ref not in self._running:
            self._running[ref] = self._of_user(replace(ref, node=""))
        return self._running[ref]

    def _of_user(self, ref: Ref) -> Value:
        field = self.schema.objects[ref.object].fields[ref.field]
        if field.only_python is not None and isinstance(field.computed, FormulaValue):
            return evaluate(rebase(field.computed.value, RUNNING, ref.steps), self.running, moment=self.moment)
        owner = self.ids.object_of(self.ids.parse(self.user))
        joins = Joins(self.schema, self.tables)
        base = joins.base(owner)
        shown = self.backend.decode(self.compiler(joins, {}).value(ref), ref.type)
        mine = base.c[self.tables.column_name(owner, "Id")] == self.ids.parse(self.user)
        value = self.connection.execute(sa.select(shown).select_from(joins.clause).where(mine)).scalar()
        return self.ids.format(value) if ref.type.kind is Kind.ID and value is not None else value
