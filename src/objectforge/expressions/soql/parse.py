"""`objectforge.parse_soql`: the text of a query to its syntax tree."""

from __future__ import annotations

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span
from objectforge.expressions.lexer import tokenize
from objectforge.expressions.soql.query import read_query
from objectforge.expressions.soql.reader import Reader
from objectforge.expressions.soql.strict import check_strict
from objectforge.expressions.soql.syntax import Query
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.values.text import storable

__all__ = ["parse_soql"]


def parse_soql(text: str, strict: bool = False) -> Query:
    """Read a SOQL query; `str` of the tree is SOQL again.

    With `strict` only what Salesforce's API takes is read: no comments, no binds, no AND beside OR without
    parentheses, a field and a literal on the two sides of a comparison.

    Raises:
        QueryError: the text is no query; its `issue` says where and what to type, its `api_code` is the error code
            of Salesforce's API.
    """
    if not storable(text):
        message = "the query holds a character that no text can have (NUL, or half of a surrogate pair)"
        raise QueryError(Issue("OF302", message, Span(Source("<query>", text), *_unstorable(text)), "take it out"))
    try:
        tokens = tokenize(text)
        query = read_query(Reader(text, tokens))
        if strict:
            check_strict(text, tokens, query)
    except ExpressionSyntaxError as error:
        span = Span(Source("<query>", text), error.start, error.end)
        raise QueryError(Issue(error.code, error.message, span, error.hint)) from error
    return query


def _unstorable(text: str) -> tuple[int, int]:
    at = next(place for place, character in enumerate(text) if not storable(character))
    return at, at + 1
