"""What stands after LIMIT and OFFSET: a number of rows, or a bind."""

from __future__ import annotations

from objectforge.expressions.binds import read_bind
from objectforge.expressions.literals import read_number
from objectforge.expressions.shown import found
from objectforge.expressions.soql.reader import Reader
from objectforge.expressions.syntax import Bind, Number
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["read_rows"]

_MOST = 2_000_000_000


def read_rows(reader: Reader, clause: str) -> Number | Bind:
    """Read the number of rows.

    Raises:
        ExpressionSyntaxError: it is no whole number, negative or too large.
    """
    start = reader.token.start
    sign = reader.token.kind if reader.token.kind in ("+", "-") else ""
    reader.position += bool(sign)
    token = reader.token
    if token.kind == "bind" and not sign:
        reader.position += 1
        return read_bind(token, reader.token)
    if token.kind != "number" or "." in token.text:
        message = f"{clause} takes a whole number, found {found(token)}"
        raise ExpressionSyntaxError("OF925", message, token.start, token.end, f"write {clause} 50, or {clause} :most")
    number = read_number(token)
    if number.value > _MOST or (sign == "-" and number.value):
        message = f"{clause} is not between 0 and {_MOST}"
        raise ExpressionSyntaxError("OF926", message, start, token.end, f"write {clause} 50")
    reader.position += 1
    return Number(number.value, start, token.end)
