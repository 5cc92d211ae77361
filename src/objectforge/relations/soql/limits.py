"""The limits of Salesforce's API, which hold for strict queries only."""

from __future__ import annotations

from collections.abc import Iterator

from objectforge.expressions import syntax
from objectforge.expressions.problem import ExpressionProblem
from objectforge.expressions.soql import syntax as soql
from objectforge.relations.syntax_walk import inside

__all__ = ["check_limits"]

_MOST_OFFSET = 2000
_MOST_FIELDS_ROWS = 200
_MOST_SELECTS = 2
_MOST_SUBTOTALS = 3


def check_limits(query: soql.Query, problems: list[ExpressionProblem]) -> None:
    """Note where a query, or one inside it, passes a limit."""
    problems.extend(_passed(query))
    for item in query.items:
        if isinstance(item, soql.Child):
            check_limits(item.query, problems)


def _passed(query: soql.Query) -> Iterator[ExpressionProblem]:
    if isinstance(query.offset, syntax.Number) and query.offset.value > _MOST_OFFSET:
        at = query.offset
        message = f"in a strict query OFFSET is at most {_MOST_OFFSET}"
        yield ExpressionProblem("OF926", message, at.start, at.end, f"write OFFSET {_MOST_OFFSET}")
    for item in query.items:
        if isinstance(item, soql.Fields) and item.which != "STANDARD" and not _few(query.limit):
            message = f"in a strict query FIELDS({item.which}) needs a LIMIT of at most {_MOST_FIELDS_ROWS}"
            yield ExpressionProblem("OF939", message, item.start, item.end, f"add LIMIT {_MOST_FIELDS_ROWS}")
    selects = () if query.where is None else [n for n in inside(query.where) if isinstance(n, syntax.InSelect)]
    for node in sorted(selects, key=lambda each: each.start)[_MOST_SELECTS:]:
        message = f"a strict query has at most {_MOST_SELECTS} queries after IN"
        yield ExpressionProblem("OF939", message, node.start, node.end, "ask in two queries")
    group = query.group
    if group is not None and group.subtotals and len(group.by) > _MOST_SUBTOTALS:
        message = f"in a strict query {group.subtotals} takes at most {_MOST_SUBTOTALS} fields"
        yield ExpressionProblem("OF939", message, group.start, group.end, "name fewer")


def _few(limit: syntax.Number | syntax.Bind | None) -> bool:
    return isinstance(limit, syntax.Number) and limit.value <= _MOST_FIELDS_ROWS
