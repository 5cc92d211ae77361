"""The words of SOQL that begin a clause, told from names by what follows them."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.lexer import Token

__all__ = ["clause_at", "word_at"]

_FOLLOWERS: dict[str, frozenset[str] | None] = {
    **dict.fromkeys(("FROM", "WHERE", "WITH", "HAVING", "LIMIT", "FOR", "UPDATE")),
    "GROUP": frozenset({"BY"}),
    "ORDER": frozenset({"BY"}),
    "USING": frozenset({"SCOPE"}),
    "ALL": frozenset({"ROWS"}),
}
_NUMBER = frozenset({"number", "bind", "+", "-"})


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The name at `at` in capitals, an empty text where there is none."""
    token = tokens[at]
    return token.text.upper() if token.kind == "name" else ""


def clause_at(tokens: Sequence[Token], at: int) -> str:
    """The word of a clause that begins at `at`, or an empty text.

    `Order`, `Group`, `Offset` and their like are names too: they begin a clause only with what belongs to it.
    """
    word = word_at(tokens, at)
    if word == "OFFSET":
        return word if tokens[at + 1].kind in _NUMBER else ""
    if word not in _FOLLOWERS:
        return ""
    followers = _FOLLOWERS[word]
    return word if followers is None or word_at(tokens, at + 1) in followers else ""
