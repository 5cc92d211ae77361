"""What is asked of one object - columns, condition, order - to a statement, to records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Ref, Typed
from objectforge.query.cells import compile_cell
from objectforge.query.context import Context
from objectforge.query.execute import execute, within_limits
from objectforge.query.joins import Joins
from objectforge.query.narrow import leaves_few
from objectforge.query.ordering import compile_order, plain_keys
from objectforge.query.record import Columns, Record
from objectforge.query.shape import Shape
from objectforge.relations.schema import Object
from objectforge.relations.view import SortKey
from objectforge.storage.living import living

__all__ = [
    "Query", "asking_compiler", "compile_count", "compile_query", "conditions", "count", "record_columns",
    "rows",
]  # fmt: skip

_STREAMED = 500


@dataclass(frozen=True, slots=True)
class Query:
    """Rows of one object: what to show (key and reference), which, in what order, how many.

    `whole` gives compounds as mappings of their parts, `exact` computed numbers as expressions see them, not rounded as
    people do. `deleted` says whether the recycle bin's records take part:
    False for living ones only, True for the bin's only, None for both.
    """

    object: str
    columns: tuple[tuple[str, Ref], ...]
    where: Typed | None = None
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None
    offset: int = 0
    whole: bool = False
    exact: bool = False
    deleted: bool | None = False


def record_columns(obj: Object) -> tuple[tuple[str, Ref], ...]:
    """The columns of a whole record: every field that records show, in order."""
    fields = ((name, field) for name, field in obj.fields.items() if field.readable)
    return tuple((name, Ref("", (), obj.name, name, field.value_type)) for name, field in fields)


def conditions(query: Query, joins: Joins, context: Context, compiler: Compiler) -> list[Element]:
    """What every row of a query satisfies."""
    found: list[Element] = []
    if query.deleted is not None:
        found.append(living(joins.alias(""), deleted=query.deleted))
    if query.where is not None:
        found.append(compiler.truth(query.where))
    return found


def asking_compiler(query: Query, joins: Joins, context: Context, params: Mapping[str, Any]) -> Compiler:
    """The compiler for a query's condition and order, which look at every row unless some field leaves few of them."""
    few = query.where is not None and leaves_few(query.where, context.schema)
    return context.compiler(joins if few else joins.of_every_row, params)


def compile_query(query: Query, context: Context, params: Mapping[str, Any]) -> tuple[sa.Select[Any], Shape]:
    """The statement of a query, and how its rows become records."""
    joins = Joins(context.schema, context.tables)
    joins.base(query.object)
    asking = asking_compiler(query, joins, context, params)
    order = compile_order(plain_keys(query.sort, query.object), asking)
    wanted = conditions(query, joins, context, asking)
    compiler = asking if query.limit is None and query.where is None else context.compiler(joins, params)
    cells = [compile_cell(ref, context, compiler, whole=query.whole, exact=query.exact) for _, ref in query.columns]
    elements = [element for cell in cells for element in cell.elements]
    select = sa.select(*(element.label(f"c{index}") for index, element in enumerate(elements)))
    select = select.select_from(joins.clause).where(*wanted).order_by(*(key.clause() for key in order))
    if query.limit is not None:
        select = select.limit(query.limit)
    if query.offset:
        select = select.offset(query.offset)
    return select, Shape(query.object, Columns(key for key, _ in query.columns), tuple(cells))


def rows(query: Query, context: Context, params: Mapping[str, Any]) -> Iterator[Record]:
    """The records: few in one go, many (or who knows how many) streamed; whoever stops early closes the stream."""
    select, shape = compile_query(query, context, params)
    if query.limit is not None and query.limit <= _STREAMED:
        return map(shape.record, execute(context, select).all())
    return _streamed(execute(context, select, batch=_STREAMED), shape)


def _streamed(result: sa.Result[Any], shape: Shape) -> Iterator[Record]:
    with within_limits(), result:  # a cursor on the server must not outlive its reader
        yield from map(shape.record, result)


def compile_count(query: Query, context: Context, params: Mapping[str, Any], cap: int | None) -> sa.Select[Any]:
    """The statement that counts a query's rows, up to `cap`."""
    joins = Joins(context.schema, context.tables)
    base = joins.base(query.object)
    wanted = conditions(query, joins, context, asking_compiler(query, joins, context, params))
    found = sa.select(base.c[context.tables.column_name(query.object, "Id")]).select_from(joins.clause)
    found = found.where(*wanted)
    if cap is not None:
        return sa.select(sa.func.count()).select_from(found.limit(cap).subquery())
    return sa.select(sa.func.count()).select_from(found.subquery())


def count(query: Query, context: Context, params: Mapping[str, Any], cap: int | None = None) -> int:
    """How many rows there are, counted up to `cap` if given."""
    return int(execute(context, compile_count(query, context, params, cap)).scalar_one())
