"""What is wrong with a regular expression, and what to write instead."""

from __future__ import annotations

from objectforge.expressions.functions.function import EvaluationError

__all__ = ["PatternError", "not_linear"]

_PAIRS = "brackets and parentheses come in pairs; \\\\ is a backslash"
_LOOKS = "look ahead at the very start alone; elsewhere write AND(REGEX(...), NOT(REGEX(...)))"


class PatternError(EvaluationError):
    """A text is no regular expression that can be tested."""

    def __init__(self, message: str, hint: str = _PAIRS) -> None:
        super().__init__(message)
        self.hint = hint


def not_linear(what: str) -> PatternError:
    """The error of what cannot be tested by reading a text once."""
    return PatternError(f"a regular expression cannot have {what}", _LOOKS)
