"""What follows IN to the query inside the parentheses: `(SELECT AccountId FROM Contact WHERE ...)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from objectforge.expressions.lexer import Token
from objectforge.expressions.names import read_path
from objectforge.expressions.select_errors import bad_sub_select
from objectforge.expressions.syntax import Expression, Part, SubSelect

__all__ = ["read_sub_select", "starts_sub_select"]


class _Reader(Protocol):
    """The parser, as far as it is needed here."""

    tokens: list[Token]
    position: int

    def expression(self, floor: int = 0) -> Expression: ...


def starts_sub_select(tokens: Sequence[Token], at: int) -> bool:
    """Whether `(SELECT` opens at `at`, and is no list that begins with a field of that name."""
    return (
        tokens[at].kind == "("
        and tokens[at + 1].kind == "name"
        and tokens[at + 1].text.upper() == "SELECT"
        and tokens[at + 2].kind not in (",", ")")
    )


def read_sub_select(parser: _Reader, opening: Token) -> SubSelect:
    """Read the query after its opening parenthesis, and the parenthesis that closes it.

    Raises:
        ExpressionSyntaxError: it selects anything but one field, or has more than a condition.
    """
    start = parser.tokens[parser.position].start
    parser.position += 1
    column = read_path(_name(parser, opening))
    if _word(parser) != "FROM":
        raise bad_sub_select(parser.tokens, parser.position, opening)
    parser.position += 1
    source = _name(parser, opening)
    if _word(parser) == "AS":
        parser.position += 1
    alias = _name(parser, opening) if _word(parser) not in ("", "WHERE") else None
    where = None
    if _word(parser) == "WHERE":
        parser.position += 1
        where = parser.expression()
    closing = parser.tokens[parser.position]
    if closing.kind != ")":
        raise bad_sub_select(parser.tokens, parser.position, opening)
    parser.position += 1
    return SubSelect(column, _part(source), _part(alias) if alias else None, where, start, closing.start)


def _word(parser: _Reader) -> str:
    token = parser.tokens[parser.position]
    return token.text.upper() if token.kind == "name" else ""


def _name(parser: _Reader, opening: Token) -> Token:
    token = parser.tokens[parser.position]
    if token.kind != "name" or parser.tokens[parser.position + 1].kind == "(":
        raise bad_sub_select(parser.tokens, parser.position, opening)
    parser.position += 1
    return token


def _part(token: Token) -> Part:
    return Part(token.text, token.start, token.end)
