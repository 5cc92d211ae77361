"""What every strict check ends in when a query is more than Salesforce's API takes."""

from __future__ import annotations

from typing import NoReturn

from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["refuse"]


def refuse(message: str, start: int, end: int, hint: str) -> NoReturn:
    """Refuse a place of the query.

    Raises:
        ExpressionSyntaxError: always.
    """
    raise ExpressionSyntaxError("OF929", f"in a strict query {message}", start, end, hint)
