"""Signs and white space that only the lenient language knows: comments, binds, `==`, `&&`, double quotes."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.lexer import Token
from objectforge.expressions.soql.strict_errors import refuse

__all__ = ["check_tokens"]

_PLAIN = {"==": "=", "&&": "AND", "||": "OR", "!": "NOT"}


def check_tokens(text: str, tokens: Sequence[Token]) -> None:
    """Check each token, and what lies between them.

    Raises:
        ExpressionSyntaxError: one of them is not in the API's grammar.
    """
    end = 0
    for token in tokens:
        if token.start > end and "/*" in text[end : token.start]:
            at = text.index("/*", end)
            refuse("there are no comments", at, at + 2, "leave the comment out")
        end = token.end
        if token.text in _PLAIN:
            refuse(f"'{token.text}' is no operator", token.start, end, f"write {_PLAIN[token.text]}")
        if token.kind == "text" and token.text.startswith('"'):
            refuse("texts stand in single quotes", token.start, end, "write '...'")
        if token.kind == "bind":
            refuse("there are no binds", token.start, end, "write the value itself")
        if token.kind == "name" and (":" in token.text or token.text.startswith("$")):
            refuse(f"'{token.text}' is no name", token.start, end, "write a field, or a path to one with dots")
