"""A query inside an expression that is none to the error that says what was expected and what to type."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.diagnosis import leftover
from objectforge.expressions.lexer import Token
from objectforge.expressions.shown import found
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["bad_sub_select", "too_many_selects"]

_CLAUSES = frozenset({"WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "UPDATE", "USING", "ALL"})
_FORM = "write (SELECT AccountId FROM Contact WHERE ...)"


def bad_sub_select(tokens: Sequence[Token], at: int, opening: Token) -> ExpressionSyntaxError:
    """The query in parentheses that follows IN goes wrong at `at`."""
    token, before = tokens[at], tokens[at - 1]
    word = token.text.upper()
    if token.kind == "end":
        message = "the parenthesis that opens here is never closed"
        return ExpressionSyntaxError("OF311", message, opening.start, opening.end, "write the ) that closes it")
    if word in _CLAUSES:
        message = f"a query after IN has no {word}"
        return ExpressionSyntaxError("OF931", message, token.start, token.end, f"it has a condition only: {_FORM}")
    match before.text.upper():
        case "SELECT":
            message = f"a query after IN selects one field, found {found(token)}"
        case "FROM":
            message = f"expected the name of an object after FROM, found {found(token)}"
        case _ if token.kind == ",":
            message = "a query after IN selects one field of one object"
        case _ if token.kind == "(" or not _has_where(tokens, at, opening):
            message = f"a query after IN goes on with FROM, WHERE or ')', not with {found(token)}"
        case _:
            return leftover(tokens, at)
    return ExpressionSyntaxError("OF931", message, token.start, token.end, _FORM)


def too_many_selects(token: Token, most: int) -> ExpressionSyntaxError:
    """More than `most` queries stand inside each other."""
    message = f"queries are nested deeper than {most} levels"
    return ExpressionSyntaxError("OF930", message, token.start, token.end, "ask for the inner records on their own")


def _has_where(tokens: Sequence[Token], at: int, opening: Token) -> bool:
    inside = tokens[tokens.index(opening) : at]
    return any(token.text.upper() == "WHERE" for token in inside)
