"""What a query asks to an answer: its records, one after the other, or how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.joins import Joins
from objectforge.query.record import Columns, Record
from objectforge.query.soql.clauses import asking, cut, number_of_rows, wanted
from objectforge.query.soql.groups import compile_groups, group_rows
from objectforge.query.soql.rows import compile_rows, record_rows
from objectforge.relations.soql.query import Asked, Counted, Groups, Rows

__all__ = ["answer", "statements", "total"]

_COUNT = Columns(("expr0",))


def answer(asked: Asked, context: Context, params: Mapping[str, Any]) -> Iterator[Record]:
    """The records of a query."""
    match asked:
        case Rows():
            return record_rows(compile_rows(asked, context, params), context, params)
        case Groups():
            return group_rows(compile_groups(asked, context, params), context)
        case Counted(source=source):
            return iter([Record(source.object, _COUNT, (total(asked, context, params),))])


def total(asked: Asked, context: Context, params: Mapping[str, Any]) -> int:
    """How many records a query has, `COUNT()` those that it counts."""
    return int(execute(context, _counting(asked, context, params)).scalar_one())


def _counting(asked: Asked, context: Context, params: Mapping[str, Any]) -> sa.Select[Any]:
    match asked:
        case Rows(source=source, limit=limit, offset=offset) | Counted(source=source, limit=limit, offset=offset):
            joins = Joins(context.schema, context.tables)
            joins.base(source.object)
            conditions = wanted(source, joins, asking(source, joins, context, params))
            found = sa.select(sa.literal(1, sa.Integer()).label("row")).select_from(joins.clause).where(*conditions)
            found = cut(found, number_of_rows(limit, params), number_of_rows(offset, params))
        case Groups():
            found = compile_groups(asked, context, params).select.order_by(None)
    return sa.select(sa.func.count()).select_from(found.subquery("counted"))


def statements(asked: Asked, context: Context, params: Mapping[str, Any]) -> sa.Select[Any]:
    """The statement that begins the answer."""
    match asked:
        case Rows():
            return compile_rows(asked, context, params).select
        case Groups():
            return compile_groups(asked, context, params).select
        case Counted():
            return _counting(asked, context, params)
