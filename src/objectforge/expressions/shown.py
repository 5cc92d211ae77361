"""A token to how a message quotes it."""

from __future__ import annotations

from objectforge.expressions.lexer import Token

__all__ = ["found", "shown"]

_MOST = 40


def found(token: Token) -> str:
    """What stands there instead of what was expected."""
    return "the end" if token.kind == "end" else shown(token)


def shown(token: Token) -> str:
    """The token in quotes, the beginning of a long one; a text has its own."""
    text = token.text if len(token.text) <= _MOST else token.text[:_MOST] + "..."
    return text if token.kind == "text" else f"'{text}'"
