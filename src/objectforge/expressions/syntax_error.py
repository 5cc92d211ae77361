"""The error that stops reading an expression: what was found, where in its text, and what to type instead."""

from __future__ import annotations

__all__ = ["ExpressionSyntaxError"]


class ExpressionSyntaxError(Exception):
    """A text is not an expression.

    `start` and `end` are character offsets into the expression's own text; whoever knows where that text stands in a
    file turns the error into an `Issue` with `code`, `message` and `hint`.
    """

    def __init__(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint
        super().__init__(code, message, start, end, hint)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.code} at {self.start}: {self.message}{hint}"
