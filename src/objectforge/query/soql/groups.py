"""A row per group: records to keys and arguments, those to groups, and of the groups those that HAVING leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.columns import Children
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.rollup import aggregate
from objectforge.expressions.typed import Ref, Typed
from objectforge.query.context import Context
from objectforge.query.execute import execute, within_limits
from objectforge.query.joins import Joins, OtherRecords
from objectforge.query.record import Columns, Record
from objectforge.query.shape import Shape
from objectforge.query.soql.clauses import asking, cut, number_of_rows, order_by, wanted
from objectforge.query.soql.columns import compile_column
from objectforge.relations.soql.query import Groups, Order, Total, group_ref
from objectforge.values.kinds import Kind, ValueType, number

__all__ = ["GroupStatement", "compile_groups", "group_rows"]

_MARK = number(1, 0)
_STRETCH = 500


@dataclass(frozen=True, slots=True)
class GroupStatement:
    """The statement of groups, and how they become records."""

    select: sa.Select[Any]
    shape: Shape


def compile_groups(groups: Groups, context: Context, params: Mapping[str, Any]) -> GroupStatement:
    """The statement: a subquery of records, above it one of groups, above that what is asked of them."""
    joins = Joins(context.schema, context.tables)
    found = _every_group(groups, joins, context, params).subquery("groups")
    compiler = context.compiler(_GroupColumns(found, joins), params)
    cells = tuple(compile_column(column, context, compiler) for column in groups.columns)
    elements = [element for cell in cells for element in cell.elements]
    select = sa.select(*(element.label(f"c{index}") for index, element in enumerate(elements))).select_from(found)
    if groups.having is not None:
        select = select.where(compiler.truth(groups.having))
    select = select.order_by(*order_by((*groups.order, *_by_keys(groups)), compiler))
    limit, offset = (number_of_rows(given, params) for given in (groups.limit, groups.offset))
    keys = Columns(column.key for column in groups.columns)
    return GroupStatement(cut(select, limit, offset), Shape(groups.source.object, keys, cells))


def group_rows(statement: GroupStatement, context: Context) -> Iterator[Record]:
    """The records, streamed."""
    with within_limits(), execute(context, statement.select, batch=_STRETCH) as result:
        yield from map(statement.shape.record, result)


def _every_group(
    groups: Groups, joins: Joins, context: Context, params: Mapping[str, Any]
) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """A row per group: the keys `k0` ..., the totals `a0` ..., the marks `m0` ... of keys that are left out."""
    joins.base(groups.source.object)
    compiler = asking(groups.source, joins, context, params)
    keys = [compiler.value(key) for key in groups.keys]
    arguments = [None if total.argument is None else compiler.value(total.argument) for total in groups.totals]
    rows = sa.select(
        sa.literal(1, sa.Integer()).label("row"),
        *(key.label(f"k{index}") for index, key in enumerate(keys)),
        *(argument.label(f"a{index}") for index, argument in enumerate(arguments) if argument is not None),
    )
    conditions = wanted(groups.source, joins, compiler)
    records = rows.select_from(joins.clause).where(*conditions).subquery("records")
    held = [sa.type_coerce(records.c[f"k{index}"], key.type) for index, key in enumerate(keys)]
    summed = [
        None if argument is None else sa.type_coerce(records.c[f"a{index}"], argument.type)
        for index, argument in enumerate(arguments)
    ]
    selects = [_level(groups, level, held, summed, context.backend).select_from(records) for level in groups.levels]
    return selects[0] if len(selects) == 1 else sa.union_all(*selects)


def _level(
    groups: Groups, level: Sequence[int], keys: Sequence[Element], arguments: Sequence[Element | None], backend: Backend
) -> sa.Select[Any]:
    columns: list[Element] = []
    by: list[Element] = []
    for index, (tree, key) in enumerate(zip(groups.keys, keys, strict=True)):
        left_out = index not in level
        if left_out:
            columns.append(backend.null(tree.type).label(f"k{index}"))
        else:
            group, shown = _grouped(key, tree.type, backend)
            columns.append(shown.label(f"k{index}"))
            by.append(group)
        mark = backend.literal(int(left_out), _MARK)
        # an aggregate among the marks makes the grand total one row, also where the query adds nothing up
        columns.append((mark if level else mark + 0 * sa.func.count()).label(f"m{index}"))
    for index, (total, argument) in enumerate(zip(groups.totals, arguments, strict=True)):
        columns.append(_total(total, argument, backend).label(f"a{index}"))
    select = sa.select(*columns)
    return select.group_by(*by) if by else select


def _grouped(key: Element, shape: ValueType, backend: Backend) -> tuple[Element, Element]:
    """What tells groups apart, and what is shown of one: of texts that fall together the smallest by code point."""
    match shape.kind:
        case Kind.TEXT | Kind.MULTI if shape.case_sensitive:
            return backend.text_exact(key), sa.func.min(backend.text_exact(key))
        case Kind.TEXT | Kind.MULTI:
            return backend.text_key(key), sa.func.min(backend.text_exact(key))
        case Kind.NUMBER:
            group = backend.comparable(key, shape)
            return group, group if group is key else backend.extreme("min", key, shape)
        case _:
            return key, key


def _total(total: Total, argument: Element | None, backend: Backend) -> Element:
    if argument is None or total.argument is None:
        return backend.from_integer(sa.func.count(), total.type)
    shape = total.argument.type
    match total.function:
        case "count_distinct":
            counted = sa.func.count(sa.distinct(_grouped(argument, shape, backend)[0]))
            return backend.from_integer(counted, total.type)
        case "min" | "max" if shape.kind in (Kind.TEXT, Kind.MULTI):
            return _extreme_text(total.function, argument, shape, backend)
        case function:
            return aggregate(backend, function, argument, shape, total.type)


def _extreme_text(function: str, argument: Element, shape: ValueType, backend: Backend) -> Element:
    """The first or last text by key, of equal keys by code point: the key before the text, parted by U+0001."""
    choose = getattr(sa.func, function)
    if shape.case_sensitive:
        return choose(backend.text_exact(argument))
    parted = sa.literal("\x01", sa.Text())
    marked = backend.concat((backend.folded(argument), parted, argument))
    found = sa.type_coerce(choose(backend.text_exact(marked)), sa.Text())
    start = backend.position(parted, found) + 1
    return backend.middle(found, start, sa.func.length(found))


def _by_keys(groups: Groups) -> Iterator[Order]:
    """What orders groups that are equal otherwise: by key, each key's subtotals behind its groups."""
    for index, key in enumerate(groups.keys):
        yield Order(group_ref(f"m{index}", _MARK), descending=False, nulls_first=True)
        yield Order(group_ref(f"k{index}", key.type), descending=False, nulls_first=True)


@dataclass(frozen=True, slots=True)
class _GroupColumns:
    """The columns of the subquery of groups."""

    groups: sa.FromClause
    joins: Joins

    def column(self, ref: Ref) -> Element:
        """A key, total or mark."""
        return self.groups.c[ref.field]

    def formula(self, ref: Ref) -> Typed | None:
        """None: what groups have is computed already."""
        return None

    def parts(self, ref: Ref) -> tuple[Ref, ...]:
        """None: nothing is grouped by a compound."""
        return ()

    def rollup(self, ref: Ref) -> Children | None:
        """None: what groups have is computed already."""
        return None

    def records(self, object_name: str) -> OtherRecords:
        """The living records of an object, which HAVING asks for."""
        return self.joins.records(object_name)
