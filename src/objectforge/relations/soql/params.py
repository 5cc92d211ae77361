"""The binds that a query asks for, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from objectforge.expressions.soql.syntax import Query
from objectforge.expressions.syntax import Bind
from objectforge.expressions.typed import Param, Typed
from objectforge.expressions.walk import params
from objectforge.relations.soql.query import Asked, Children, Column, Counted, Groups, Order, Rows
from objectforge.relations.syntax_walk import inside

__all__ = ["asked_params", "bind_names", "row_binds"]


def asked_params(asked: Asked) -> Iterator[Param]:
    """Every bind of a query and its child queries."""
    yield from _of_trees((asked.source.where,))
    yield from (given for given in (asked.limit, asked.offset) if isinstance(given, Param))
    match asked:
        case Rows(items=items, order=order):
            yield from _of_order(order)
            for item in items:
                if isinstance(item, Children):
                    yield from asked_params(item.rows)
                else:
                    yield from _of_column(item)
        case Groups(keys=keys, totals=totals, columns=columns, having=having, order=order):
            yield from _of_trees((*keys, *(total.argument for total in totals), having))
            yield from _of_order(order)
            for column in columns:
                yield from _of_column(column)
        case Counted():
            pass


def row_binds(asked: Asked) -> Iterator[Param]:
    """The binds that say how many rows, of a query and its child queries."""
    yield from (given for given in (asked.limit, asked.offset) if isinstance(given, Param))
    for item in asked.items if isinstance(asked, Rows) else ():
        if isinstance(item, Children):
            yield from row_binds(item.rows)


def bind_names(query: Query) -> Iterator[str]:
    """The names of the binds that a query is written with."""
    return (node.name for node in inside(query) if isinstance(node, Bind))


def _of_trees(trees: Iterable[Typed | None]) -> Iterator[Param]:
    for tree in trees:
        if tree is not None:
            yield from params(tree)


def _of_order(order: Iterable[Order]) -> Iterator[Param]:
    yield from _of_trees(each.by for each in order)


def _of_column(column: Column) -> Iterator[Param]:
    yield from _of_trees(choice.value for choice in column.choices)
