"""What a query asks of the database, seen through: no part of it may lack a SQL form, nor be more than engines take."""

from __future__ import annotations

from collections.abc import Iterator

from objectforge.expressions.problem import ExpressionProblem
from objectforge.expressions.soql.syntax import Query
from objectforge.expressions.typed import Typed
from objectforge.relations.schema import Objects
from objectforge.relations.soql.query import Asked, Children, Counted, Groups, Rows, Source
from objectforge.relations.soql.refused import refused
from objectforge.relations.soql.sizes import too_much
from objectforge.relations.sql_forms import HINT, lacking, place_of
from objectforge.relations.syntax_walk import inside

__all__ = ["check_computable"]


def check_computable(objects: Objects, asked: Asked, query: Query, text: str) -> None:
    """See that the database can compute what is asked, and all that decides which records, groups and order there are.

    Raises:
        QueryError: it cannot; the issue points into `text`.
    """
    for problem in too_much(query, asked, objects):
        raise refused(problem, text)
    for tree in _decisive(asked):
        found = lacking(objects, tree)
        if found is not None:
            start, end = place_of(inside(query), found) or (0, len(text))
            raise refused(ExpressionProblem("OF805", found.message, start, end, HINT), text)


def _decisive(asked: Asked) -> Iterator[Typed]:
    match asked:
        case Counted(source=source):
            yield from _of_source(source)
        case Rows(source=source, items=items, order=order):
            yield from _of_source(source)
            yield from (each.by for each in order)
            for item in items:
                if isinstance(item, Children):
                    yield from _decisive(item.rows)
        case Groups(source=source):
            yield from _of_source(source)
            yield from asked.keys
            yield from (total.argument for total in asked.totals if total.argument is not None)
            yield from (choice.value for column in asked.columns for choice in column.choices)
            yield from (each.by for each in asked.order)
            if asked.having is not None:
                yield asked.having


def _of_source(source: Source) -> Iterator[Typed]:
    if source.where is not None:
        yield source.where
