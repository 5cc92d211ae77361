"""A default by expression, given to the records that are there: one UPDATE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.rollup import Children
from objectforge.expressions.sql.select import Others
from objectforge.expressions.typed import RUNNING, Ref, Typed
from objectforge.expressions.walk import refs
from objectforge.relations.schema import Field, FormulaValue, Object
from objectforge.storage.backends import backend_of
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.tables import Tables
from objectforge.values.kinds import Kind

__all__ = ["fields_read", "fill_statement", "reads_own_record"]


def reads_own_record(tree: Typed, object_: Object) -> bool:
    """Whether an expression needs nothing but the stored fields of one record, through formulas too."""
    return all(_is_own(ref, object_) for ref in refs(tree))


def fields_read(tree: Typed, object_: Object) -> Iterator[str]:
    """The stored fields of a record that an expression over it reads, through its formulas too."""
    for ref in refs(tree):
        computed = object_.fields[ref.field].computed if _is_own(ref, object_) else None
        if isinstance(computed, FormulaValue):
            yield from fields_read(computed.value, object_)
        else:
            yield ref.field


def fill_statement(
    object_: Object,
    field: Field,
    tree: Typed,
    tables: Tables,
    ids: RecordIds,
    moment: Moment,
    dialect: Dialect,
    *,
    only_empty: bool = False,
) -> sa.Update:
    """Set a field to what an expression over the same record gives: of every record, or of those without a value.

    Raises:
        UnsupportedInSql: the expression calls a function that only Python computes.
    """
    backend = backend_of(dialect)
    compiler = Compiler(backend, _OwnColumns(tables, object_), {}, moment, ids.parse_or_none, ids.prefixes, _nobody)
    table = tables.table(object_.name)
    column = tables.column_name(object_.name, field.name)
    filled = sa.update(table).values({column: _value(compiler, backend, field, tree)})
    return filled.where(table.c[column].is_(None)) if only_empty else filled


def _nobody(ref: Ref) -> Value:
    raise AssertionError(f"{ref} is of the user who runs a query, and plans refuse that")


def _is_own(ref: Ref, object_: Object) -> bool:
    if ref.steps or ref.node == RUNNING or ref.object != object_.name:
        return False
    field = object_.fields[ref.field]
    if isinstance(field.computed, FormulaValue):
        return reads_own_record(field.computed.value, object_)
    return field.stored


def _value(compiler: Compiler, backend: Backend, field: Field, tree: Typed) -> Element:
    """The expression's value in the form of the field's column; a number is rounded to its scale, for it is stored."""
    given, wanted = tree.type, field.value_type
    match wanted.kind:
        case Kind.BOOLEAN:
            yes, no = (backend.literal(value, wanted) for value in (True, False))
            return sa.case((compiler.truth(tree), yes), else_=no)
        case Kind.NUMBER if given.scale > wanted.scale:
            return backend.round(compiler.value(tree), given, wanted, wanted.scale)
        case Kind.NUMBER:
            return compiler.number(tree, wanted)
        case _:
            return compiler.value(tree)


@dataclass(frozen=True)
class _OwnColumns:
    """The columns of the record at hand; plans refuse defaults that look further."""

    tables: Tables
    object: Object

    def column(self, ref: Ref) -> Element:
        """The stored column of a reference."""
        return self.tables.column(self.object.name, ref.field)

    def formula(self, ref: Ref) -> Typed | None:
        """What stands for a reference to a formula field."""
        computed = self.object.fields[ref.field].computed
        return computed.value if isinstance(computed, FormulaValue) else None

    def parts(self, ref: Ref) -> tuple[Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        fields = self.object.fields.values()
        return tuple(
            replace(ref, field=each.name, type=each.value_type) for each in fields if each.part_of == ref.field
        )

    def rollup(self, ref: Ref) -> Children | None:
        """None: that looks at other records."""
        return None

    def records(self, object_name: str) -> Others:
        """Never asked: what fills a field is a rule, and only conditions ask for other records."""
        raise AssertionError("a default asks for no other records")
