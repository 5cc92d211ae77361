"""A problem of a query to the error that is raised for it."""

from __future__ import annotations

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span
from objectforge.expressions.problem import ExpressionProblem

__all__ = ["refused"]


def refused(problem: ExpressionProblem, text: str) -> QueryError:
    """The error, which points into the query's text."""
    span = Span(Source("<query>", text), problem.start, problem.end)
    return QueryError(Issue(problem.code, problem.message, span, problem.hint))
