"""What the checker finds wrong with an expression: places in its text, not yet in a file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ExpressionError", "ExpressionProblem"]


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One mistake: `start` and `end` are character offsets into the expression's own text."""

    code: str
    message: str
    start: int
    end: int
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.code} at {self.start}: {self.message}{hint}"


class ExpressionError(Exception):
    """An expression is wrong; `problems` holds everything found, in reading order.

    Whoever knows where the expression stands in a file turns each problem into an `Issue`.
    """

    def __init__(self, problems: tuple[ExpressionProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
