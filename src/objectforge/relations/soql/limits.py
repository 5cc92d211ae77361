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
_MOST_CHARACTERS = 4000
_MOST_CHILDREN = 20
_MOST_LEVELS = 5


def check_limits(query: soql.Query, problems: list[ExpressionProblem], level: int = 0) -> None:
    """Note where a query, or one inside it, passes a limit; `level` counts the queries around it."""
    problems.extend(_passed(query))
    children = [item for item in query.items if isinstance(item, soql.Child)]
    if len(children) > _MOST_CHILDREN:
        message = f"a strict query has at most {_MOST_CHILDREN} child queries"
        problems.append(_problem(message, children[_MOST_CHILDREN], "ask in two queries"))
    if children and level == _MOST_LEVELS:
        message = f"in a strict query child queries stand at most {_MOST_LEVELS} levels deep"
        problems.append(_problem(message, children[0], "ask for the innermost separately"))
        return
    for child in children:
        check_limits(child.query, problems, level + 1)


def _passed(query: soql.Query) -> Iterator[ExpressionProblem]:
    if isinstance(query.offset, syntax.Number) and query.offset.value > _MOST_OFFSET:
        at = query.offset
        message = f"in a strict query OFFSET is at most {_MOST_OFFSET}"
        yield ExpressionProblem("OF926", message, at.start, at.end, f"write OFFSET {_MOST_OFFSET}")
    for item in query.items:
        if isinstance(item, soql.Fields) and item.which != "STANDARD" and not _few(query.limit):
            message = f"in a strict query FIELDS({item.which}) needs a LIMIT of at most {_MOST_FIELDS_ROWS}"
            yield _problem(message, item, f"add LIMIT {_MOST_FIELDS_ROWS}")
    if query.where is not None:
        yield from _passed_where(query.where)
    group = query.group
    if group is not None and group.subtotals and len(group.by) > _MOST_SUBTOTALS:
        message = f"in a strict query {group.subtotals} takes at most {_MOST_SUBTOTALS} fields"
        yield _problem(message, group, "name fewer")


def _passed_where(where: syntax.Expression) -> Iterator[ExpressionProblem]:
    nodes = sorted(inside(where), key=lambda each: each.start)
    selects = [node for node in nodes if isinstance(node, syntax.InSelect)]
    for node in selects[_MOST_SELECTS:]:
        message = f"a strict query has at most {_MOST_SELECTS} queries after IN"
        yield _problem(message, node, "ask in two queries")
    for node in nodes:
        match node:
            case syntax.Or():
                message = "in a strict query IN (SELECT ...) stands beside no OR"
                for select in (each for each in inside(node) if isinstance(each, syntax.InSelect)):
                    yield _problem(message, select, "ask in two queries")
            case syntax.Text(value=value) if len(value) > _MOST_CHARACTERS:
                message = f"in a strict query a text has at most {_MOST_CHARACTERS} characters, this one {len(value)}"
                yield _problem(message, node, "shorten it")
            case _:
                pass


def _problem(
    message: str, at: syntax.Expression | soql.Fields | soql.Child | soql.Group, hint: str
) -> ExpressionProblem:
    return ExpressionProblem("OF939", message, at.start, at.end, hint)


def _few(limit: syntax.Number | syntax.Bind | None) -> bool:
    return isinstance(limit, syntax.Number) and limit.value <= _MOST_FIELDS_ROWS
