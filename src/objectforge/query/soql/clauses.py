"""What rows, groups and counts have in common: which records take part, in what order, how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Param
from objectforge.query.context import Context
from objectforge.query.joins import Joins
from objectforge.query.narrow import leaves_few
from objectforge.query.ordering import compile_place
from objectforge.relations.soql.query import Order, Source
from objectforge.storage.living import living
from objectforge.values.kinds import Kind

__all__ = ["asking", "cut", "number_of_rows", "order_by", "wanted"]


def asking(source: Source, joins: Joins, context: Context, params: Mapping[str, Any]) -> Compiler:
    """The compiler for conditions and orders, which look at every row unless some field leaves few of them."""
    few = source.where is not None and leaves_few(source.where, context.schema)
    return context.compiler(joins if few else joins.of_every_row, params)


def wanted(source: Source, joins: Joins, compiler: Compiler) -> list[Element]:
    """What every record that takes part satisfies."""
    found = [] if source.deleted else [living(joins.alias(""))]
    if source.where is not None:
        found.append(compiler.truth(source.where))
    return found


def order_by(order: Sequence[Order], compiler: Compiler) -> list[Element]:
    """The ORDER BY terms: picklists by definition, then all by key."""
    found: list[Element] = []
    for each in order:
        elements = [compiler.key(each.by)]
        if each.by.type.order and each.by.type.kind is Kind.TEXT:
            elements.insert(0, compile_place(each.by, compiler))
        for element in elements:
            term = element.desc() if each.descending else element.asc()
            found.append(term.nulls_first() if each.nulls_first else term.nulls_last())
    return found


def cut(select: sa.Select[Any], limit: int | None, offset: int | None) -> sa.Select[Any]:
    """The statement with LIMIT and OFFSET."""
    select = select if limit is None else select.limit(limit)
    return select.offset(offset) if offset else select


def number_of_rows(given: int | Param | None, params: Mapping[str, Any]) -> int | None:
    """What LIMIT or OFFSET says, a bind's value looked up.

    Raises:
        QueryError: the bind's value is no number of rows.
    """
    if not isinstance(given, Param):
        return given
    value = params[given.name]
    if value is None:
        return None
    if isinstance(value, bool) or value != int(value) or not 0 <= value <= _MOST:
        hint = f"give a whole number from 0 to {_MOST}"
        raise QueryError(Issue("OF926", f"the bind ':{given.name}' is no number of rows: {value}", hint=hint))
    return int(value)


_MOST = 2_000_000_000
