"""A default by expression, given to the records that are there: one UPDATE."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend, Element
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.typed import Ref, Typed
from objectforge.relations.schema import Field
from objectforge.storage.backends import backend_of
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.tables import Tables
from objectforge.values.kinds import Kind

__all__ = ["backfill"]


def backfill(
    connection: sa.Connection, field: Field, tree: Typed, tables: Tables, ids: RecordIds, moment: Moment
) -> int:
    """Set a field of every record to what the expression gives for it; return how many records there are.

    Raises:
        UnsupportedInSql: the expression calls a function that only Python computes.
    """
    backend = backend_of(connection.dialect)
    compiler = Compiler(backend, _OwnColumns(tables, field.object), {}, moment, ids.parse_or_none)
    table = tables.table(field.object)
    column = tables.column_name(field.object, field.name)
    return connection.execute(sa.update(table).values({column: _value(compiler, backend, field, tree)})).rowcount


def _value(compiler: Compiler, backend: Backend, field: Field, tree: Typed) -> Element:
    """The expression's value in the form of the field's column."""
    wanted = field.value_type
    match wanted.kind:
        case Kind.BOOLEAN:
            yes, no = backend.literal(True, wanted), backend.literal(False, wanted)
            return sa.case((compiler.truth(tree), yes), else_=no)
        case Kind.NUMBER if tree.type.scale > wanted.scale:
            return backend.round(compiler.value(tree), tree.type, wanted)
        case Kind.NUMBER:
            return compiler.number(tree, wanted)
        case _:
            return compiler.value(tree)


@dataclass(frozen=True)
class _OwnColumns:
    """The columns of the record at hand; plans refuse defaults that look further."""

    tables: Tables
    object: str

    def column(self, ref: Ref) -> Element:
        """The stored column of a reference."""
        assert not ref.steps, "a default looks at its own record"
        return self.tables.column(self.object, ref.field)

    def formula(self, ref: Ref) -> Typed | None:
        """None: a default looks at stored fields only."""
        return None
