"""What every typing rule is told: the mode of the expression, the names it may use, and where to put problems."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from objectforge.expressions import syntax
from objectforge.expressions.problem import ExpressionError, ExpressionProblem
from objectforge.expressions.scope import Scope
from objectforge.expressions.typed import Call, Typed
from objectforge.values.kinds import NULL

__all__ = ["NOTHING", "Context", "Mode"]

NOTHING = Call("NOTHING", (), NULL)
"""Stands in for what could not be typed. It goes with everything, so that one mistake is reported once."""


_ENOUGH = 100
"""Problems after which nobody looks for more."""


class Mode(Enum):
    """How nulls count: in a condition never as a match, in a formula as blanks (0, "", false) or as null.

    In a rule they count as blanks too, but ISBLANK and its like look at the field itself, as in Salesforce's
    validation rules: `NOT ISBLANK(Amount) AND Amount < 1` spares records without an amount.
    """

    CONDITION = "condition"
    ZERO = "zero"
    RULE = "rule"
    NULLS = "null"


@dataclass(slots=True)
class Context:
    """The circumstances of one expression. `problems` grows while it is typed."""

    scope: Scope
    mode: Mode
    problems: list[ExpressionProblem] = field(default_factory=list[ExpressionProblem])

    @property
    def condition(self) -> bool:
        """Whether comparisons are those of a condition."""
        return self.mode is Mode.CONDITION

    def report(self, code: str, message: str, node: syntax.Expression, hint: str | None = None) -> Typed:
        """Note a problem at a node, and give what stands in for it."""
        return self.report_at(code, message, node.start, node.end, hint)

    def report_at(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> Typed:
        """Note a problem at a place, and give what stands in for it.

        Raises:
            ExpressionError: there are so many that no more are looked for.
        """
        problem = ExpressionProblem(code, message, start, end, hint)
        if problem not in self.problems:
            self.problems.append(problem)
        if len(self.problems) >= _ENOUGH:
            raise ExpressionError(tuple(sorted(self.problems, key=lambda each: (each.start, each.end))))
        return NOTHING

    def hint_instead(self, code: str, node: syntax.Expression, hint: str) -> None:
        """Give the problem of that code at a node, where there is one, another hint."""
        for number, each in enumerate(self.problems):
            if (each.code, each.start, each.end) == (code, node.start, node.end):
                self.problems[number] = replace(each, hint=hint)
