"""What a query asks to the places where it asks too much of an engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from objectforge.expressions.problem import ExpressionProblem
from objectforge.expressions.soql import syntax as soql
from objectforge.expressions.sql.size import size
from objectforge.expressions.typed import Ref, Typed
from objectforge.relations.schema import Objects
from objectforge.relations.sizes import field_sizes, too_large
from objectforge.relations.soql.query import Asked, Children, Column, Groups, Rows

__all__ = ["too_much", "too_much_written"]

_MOST_COLUMNS = 1_500
_MOST_KEYS = 100
_MOST_PARENTS = 100
_MOST_QUERIES = 100
_PER_TOTAL = 20
"""What an aggregate counts besides its argument."""


def too_much_written(query: soql.Query) -> Iterator[ExpressionProblem]:
    """Where a query has too many keys, parents or child queries, seen before anything is looked up."""
    keys = [] if query.group is None else [key.start for key in query.group.by]
    lists = (
        ("ORDER BY", "keys", [sort.start for sort in query.sorts], _MOST_KEYS),
        ("GROUP BY", "keys", keys, _MOST_KEYS),
        ("FROM", "objects", [source.start for source in query.sources], _MOST_PARENTS),
    )
    for word, what, starts, most in lists:
        if len(starts) > most:
            at = starts[most]
            yield _problem(f"{word} has {len(starts):,} {what}, at most {most}", at, at + 1, "name fewer")
    children = sum(1 for _ in _queries(query))
    if children > _MOST_QUERIES:
        message = f"{children:,} child queries are too many, at most {_MOST_QUERIES}"
        yield _problem(message, query.start, query.end, "ask for some of them in a query of their own")


def too_much(query: soql.Query, asked: Asked, objects: Objects) -> Iterator[ExpressionProblem]:
    """Where a query, or one of its child queries, has too many columns, or computes too much."""
    yield from _own(query, asked, objects)
    if isinstance(asked, Rows):
        children = (item.rows for item in asked.items if isinstance(item, Children))
        for inner, rows in zip(_children(query), children, strict=True):
            yield from too_much(inner, rows, objects)


def _own(query: soql.Query, asked: Asked, objects: Objects) -> Iterator[ExpressionProblem]:
    of_field = field_sizes(objects)

    def sized(trees: Iterable[Typed | None]) -> int:
        return sum(size(each, of_field) for each in trees if each is not None)

    where = query.where
    if where is not None and (found := too_large(sized([asked.source.where]), where.start, where.end)):
        yield found
    columns = list(_columns(asked))
    width = sum(len(each.choices) for each in columns)
    start, end = query.start, query.end
    if width > _MOST_COLUMNS:
        hint = "select fewer fields"
        yield _problem(f"{width:,} columns are too many, at most {_MOST_COLUMNS:,}", start, end, hint)
        return
    computed = sized(each.value for column in columns for each in column.choices if not isinstance(each.value, Ref))
    match asked:
        case Rows(order=order):
            computed += sized(each.by for each in order)
        case Groups(keys=keys, totals=totals, having=having, order=order):
            computed += sized([*keys, having, *(each.by for each in order), *(each.argument for each in totals)])
            computed += _PER_TOTAL * len(totals)
        case _:
            pass
    if found := too_large(computed, start, end):
        yield found


def _columns(asked: Asked) -> Iterator[Column]:
    match asked:
        case Rows(items=items):
            yield from (item for item in items if not isinstance(item, Children))
        case Groups(columns=columns):
            yield from columns
        case _:
            pass


def _children(query: soql.Query) -> Iterator[soql.Query]:
    return (item.query for item in query.items if isinstance(item, soql.Child))


def _queries(query: soql.Query) -> Iterator[soql.Query]:
    for child in _children(query):
        yield child
        yield from _queries(child)


def _problem(message: str, start: int, end: int, hint: str) -> ExpressionProblem:
    return ExpressionProblem("OF944", message, start, end, hint)
