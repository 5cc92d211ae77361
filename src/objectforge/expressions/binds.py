"""A bind's token to its name: `:ids`, with attributes and places in it, `:accounts[0].Id`; nothing is called."""

from __future__ import annotations

import re

from objectforge.expressions.lexer import Token
from objectforge.expressions.syntax import Bind
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["read_bind"]

_PLACE = re.compile(r"\[([^\]]*)\]")
_DIGITS_OF_PLACE = 6


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
    for place in _PLACE.finditer(token.text):
        number = place[1].strip()
        if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS_OF_PLACE):
            start, end = token.start + place.start(1), token.start + place.end(1)
            message = f"a number stands in the brackets of a bind, found '{number}'"
            hint = "write :ids[0] for the first of a list, or :ids for all of it after IN"
            raise ExpressionSyntaxError("OF316", message, start, max(end, start + 1), hint)
    return Bind(_PLACE.sub(lambda place: f"[{int(place[1])}]", name), token.start, token.end)
