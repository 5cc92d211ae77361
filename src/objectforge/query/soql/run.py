"""What a query asks to an answer: its records, one after the other, or how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.joins import Joins
from objectforge.query.record import Columns, Record
from objectforge.query.soql.clauses import asking, cut, number_of_rows, wanted
from objectforge.query.soql.groups import GroupStatement, compile_groups, group_rows
from objectforge.query.soql.rows import RowStatement, compile_rows, record_rows
from objectforge.relations.soql.query import Asked, Counted, Groups, Rows

__all__ = ["CountStatement", "Prepared", "prepare", "records", "total"]

_COUNT = Columns(("expr0",))


@dataclass(frozen=True, slots=True)
class CountStatement:
    """The statement of a number of records."""

    object: str
    select: sa.Select[Any]


Prepared = RowStatement | GroupStatement | CountStatement


def prepare(asked: Asked, context: Context, params: Mapping[str, Any]) -> Prepared:
    """The statement that begins the answer, and how its rows become records."""
    match asked:
        case Rows():
            return compile_rows(asked, context, params)
        case Groups():
            return compile_groups(asked, context, params)
        case Counted(source=source):
            return CountStatement(source.object, _counting(asked, context, params))


def records(prepared: Prepared, context: Context, params: Mapping[str, Any]) -> Iterator[Record]:
    """The records of a query."""
    match prepared:
        case RowStatement():
            return record_rows(prepared, context, params)
        case GroupStatement():
            return group_rows(prepared, context)
        case CountStatement(object=name, select=select):
            return iter([Record(name, _COUNT, (int(execute(context, select).scalar_one()),))])


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
