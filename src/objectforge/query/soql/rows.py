"""A row per record: a statement, and one more for each level of child records over a stretch of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import InList, Param, Ref
from objectforge.query.cell import Cell, values_of
from objectforge.query.context import Context
from objectforge.query.execute import execute, within_limits
from objectforge.query.joins import Joins
from objectforge.query.ordering import id_key
from objectforge.query.record import Columns, Record
from objectforge.query.soql.clauses import asking, cut, number_of_rows, order_by, wanted
from objectforge.query.soql.columns import compile_column
from objectforge.relations.soql.query import Children, Column, Order, Rows
from objectforge.values.kinds import ID, ValueType

__all__ = ["RowStatement", "compile_children", "compile_rows", "record_rows"]

_STRETCH = 500
_PARENTS = "$parents"


@dataclass(frozen=True, slots=True)
class RowStatement:
    """The statement of rows, and how they become records: the first columns are keys that callers do not see."""

    rows: Rows
    select: sa.Select[Any]
    hidden: int
    columns: Columns
    cells: tuple[Cell, ...]

    @property
    def children(self) -> tuple[Children, ...]:
        """The child records that each row shows."""
        return tuple(item for item in self.rows.items if isinstance(item, Children))

    def record(self, row: Sequence[Any], children: Mapping[str, list[Record]]) -> Record:
        """The record of a row, with its children by their keys."""
        own = values_of(self.cells, row[self.hidden :])
        values = [children[item.key] if isinstance(item, Children) else next(own) for item in self.rows.items]
        return Record(self.rows.source.object, self.columns, tuple(values))


def compile_rows(rows: Rows, context: Context, params: Mapping[str, Any]) -> RowStatement:
    """The statement of a query's rows; its hidden column is the Id, by which children are found.

    It is also there where FIELDS(CUSTOM) finds no field: an engine wants a column.
    """
    joins = Joins(context.schema, context.tables)
    base = joins.base(rows.source.object)
    compiler = asking(rows.source, joins, context, params)
    conditions = wanted(rows.source, joins, compiler)
    order = order_by(_settled(rows), compiler)
    limit, offset = (number_of_rows(given, params) for given in (rows.limit, rows.offset))
    showing = compiler if limit is None and rows.source.where is None else context.compiler(joins, params)
    cells = _cells(rows, context, showing)
    hidden = [base.c[context.tables.column_name(rows.source.object, "Id")]] if _has_children(rows) or not cells else []
    select = _labelled([*hidden, *(element for cell in cells for element in cell.elements)])
    select = select.select_from(joins.clause).where(*conditions).order_by(*order)
    if rows.lock and context.writes:
        select = select.with_for_update(of=base)
    return RowStatement(rows, cut(select, limit, offset), len(hidden), _keys(rows), cells)


def compile_children(
    children: Children, context: Context, params: Mapping[str, Any], parents: Sequence[int]
) -> RowStatement:
    """The statement of the child records of some parents; hidden are the parent's id and their own."""
    rows, relationship = children.rows, children.relationship
    joins = Joins(context.schema, context.tables)
    base = joins.base(relationship.child)
    child = context.schema.objects[relationship.child]
    key = id_key(child.name)
    link = child.fields[relationship.field]
    compiler = context.compiler(joins, {**params, _PARENTS: list(parents)})
    of_parents = InList(_link(child.name, link.name, link.value_type), (Param(_PARENTS, ID, many=True),))
    conditions = [*wanted(rows.source, joins, compiler), compiler.truth(of_parents)]
    order = order_by(_settled(rows), compiler)
    limit, offset = (number_of_rows(given, params) for given in (rows.limit, rows.offset))
    cells = _cells(rows, context, compiler)
    parent = base.c[context.tables.column_name(child.name, link.name)]
    own = joins.column(key)
    elements = [parent, own, *(element for cell in cells for element in cell.elements)]
    if limit is None and not offset:
        select = _labelled(elements).select_from(joins.clause).where(*conditions).order_by(*order)
        return RowStatement(rows, select, 2, _keys(rows), cells)
    place = sa.func.row_number().over(partition_by=parent, order_by=order)
    inner = _labelled([*elements, place]).select_from(joins.clause).where(*conditions).subquery("placed")
    *shown, number = inner.c
    select = sa.select(*shown).order_by(number)
    select = select.where(number > (offset or 0))
    select = select if limit is None else select.where(number <= (offset or 0) + limit)
    return RowStatement(rows, select, 2, _keys(rows), cells)


def record_rows(statement: RowStatement, context: Context, params: Mapping[str, Any]) -> Iterator[Record]:
    """The records, streamed: a stretch of rows is read, then what their children are."""
    result = execute(context, statement.select, batch=_STRETCH)
    with within_limits(), result:  # a cursor on the server must not outlive its reader
        if not statement.children:
            for row in result:
                yield statement.record(row, _NONE)
            return
        for stretch in result.partitions(_STRETCH):
            yield from _with_children(statement, stretch, [row[0] for row in stretch], context, params)


def _with_children(
    statement: RowStatement,
    rows: Sequence[Sequence[Any]],
    ids: Sequence[int],
    context: Context,
    params: Mapping[str, Any],
) -> Iterator[Record]:
    found = {each.key: _children_of(each, ids, context, params) for each in statement.children}
    for row, record_id in zip(rows, ids, strict=True):
        yield statement.record(row, {key: by_parent.get(record_id, []) for key, by_parent in found.items()})


def _children_of(
    children: Children, parents: Sequence[int], context: Context, params: Mapping[str, Any]
) -> dict[int, list[Record]]:
    statement = compile_children(children, context, params, parents)
    rows = execute(context, statement.select).all()
    records: Iterable[Record] = (statement.record(row, _NONE) for row in rows)
    if statement.children:
        ids: list[int] = [tuple(row)[1] for row in rows]
        records = _with_children(statement, rows, ids, context, params)
    found: dict[int, list[Record]] = {}
    for row, record in zip(rows, records, strict=True):
        found.setdefault(row[0], []).append(record)
    return found


def _settled(rows: Rows) -> tuple[Order, ...]:
    """The order with the Id at the end, so that no two rows are equal."""
    own = id_key(rows.source.object)
    return (
        rows.order
        if any(each.by == own for each in rows.order)
        else (*rows.order, Order(own, descending=False, nulls_first=True))
    )


def _has_children(rows: Rows) -> bool:
    return any(isinstance(item, Children) for item in rows.items)


def _keys(rows: Rows) -> Columns:
    return Columns(item.key for item in rows.items)


def _cells(rows: Rows, context: Context, compiler: Compiler) -> tuple[Cell, ...]:
    return tuple(compile_column(item, context, compiler) for item in rows.items if isinstance(item, Column))


def _labelled(elements: Sequence[Element]) -> sa.Select[Any]:
    return sa.select(*(element.label(f"c{number}") for number, element in enumerate(elements)))


def _link(object_name: str, name: str, value_type: ValueType) -> Ref:
    return Ref("", (), object_name, name, value_type)


_NONE: Mapping[str, list[Record]] = {}
