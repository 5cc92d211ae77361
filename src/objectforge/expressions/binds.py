"""A bind's token to its name: `:ids`, with attributes and items `:accounts[0].Id`; nothing is called."""

from __future__ import annotations

import re

from objectforge.expressions.lexer import Token
from objectforge.expressions.syntax import Bind
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["given_name", "read_bind"]

_INDEX = re.compile(r"\[([^\]]*)\]")
_MOST_DIGITS = 6


def read_bind(token: Token, following: Token) -> Bind:
    """The bind of a token.

    Raises:
        ExpressionSyntaxError: what stands in brackets is no number, or `following` is the parenthesis of a call.
    """
    name = token.text[1:].lstrip()
    if following.kind == "(":
        last = re.split(r"[.\[]", name)[-1]
        message = f"a bind is a value given beside the text; it calls nothing, found '{token.text}('"
        hint = f"call it before, and give what comes out by a name: :{last.lower()}, {last.lower()}=..."
        raise ExpressionSyntaxError("OF316", message, token.start, following.end, hint)
    if "[" not in name:
        return Bind(name, token.start, token.end)
    for index in _INDEX.finditer(token.text):
        number = index[1].strip()
        if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
            start, end = token.start + index.start(1), token.start + index.end(1)
            message = f"a number stands in the brackets of a bind, found '{number}'"
            hint = "write :ids[0] for the first of a list, or :ids for all of it after IN"
            raise ExpressionSyntaxError("OF316", message, start, max(end, start + 1), hint)
    return Bind(_INDEX.sub(lambda index: f"[{int(index[1])}]", name), token.start, token.end)


def given_name(name: str) -> str:
    """The name of the value that a bind is, or looks into: `accounts` of `accounts[0].Id`."""
    return re.split(r"[.\[]", name, maxsplit=1)[0]
