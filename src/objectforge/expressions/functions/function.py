"""What the language knows about one function: how it is called, what it gives, what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from objectforge.expressions import syntax
from objectforge.expressions.blank import unfill
from objectforge.expressions.typed import Call, Fraction, Ref, Typed
from objectforge.values.kinds import Kind, ValueType

__all__ = [
    "ANY", "DATES", "DAY_LIKE", "DURATION", "FLAG", "NUMBER", "PLACE", "TEXT", "TIME_LIKE", "Accept",
    "EvaluationError", "Function", "Place", "Result", "Rule", "Site", "Value",
]  # fmt: skip

Place = tuple[Decimal, Decimal]
"""A geolocation: latitude and longitude."""

Value = str | bool | int | Decimal | date | datetime | time | Place | None
"""What an expression evaluates to."""


class EvaluationError(Exception):
    """A value could not be computed: division by zero, a text that is no date. A formula gives null instead."""


@dataclass(frozen=True, slots=True)
class Accept:
    """What a parameter accepts: its kinds, and the words for them in a message. Null fits everywhere."""

    what: str
    kinds: frozenset[Kind]

    def fits(self, value_type: ValueType) -> bool:
        """Whether a value of this type may be given."""
        return value_type.kind in self.kinds or value_type.kind is Kind.NULL


ANY = Accept("a value", frozenset(Kind) - {Kind.JSON})
NUMBER = Accept("a number", frozenset({Kind.NUMBER}))
TEXT = Accept("a text", frozenset({Kind.TEXT, Kind.ID}))
FLAG = Accept("a condition", frozenset({Kind.BOOLEAN}))
DAY_LIKE = Accept("a date", frozenset({Kind.DATE}))
DATES = Accept("a date or datetime", frozenset({Kind.DATE, Kind.DATETIME}))
TIME_LIKE = Accept("a time (TIMEVALUE(x) takes it from a datetime)", frozenset({Kind.TIME, Kind.DATETIME}))
DURATION = Accept("a number of seconds, a time or a datetime", frozenset({Kind.NUMBER, Kind.TIME, Kind.DATETIME}))
PLACE = Accept("a geolocation", frozenset({Kind.COMPOUND}))


@dataclass(frozen=True, slots=True)
class Site:
    """One call being typed: its arguments, typed and as written, and where to report.

    `condition` tells a condition from a formula, `rule` a formula whose tests for blanks see fields unfilled; `report`
    takes code, message, node and hint.
    """

    call: syntax.Call
    args: tuple[Typed, ...]
    condition: bool
    rule: bool
    report: Callable[[str, str, syntax.Expression, str | None], None]
    compare: Callable[[syntax.Expression, Typed, syntax.Expression, Typed], Typed]
    """Types `left = right`, each given as written and as typed."""

    def node(self, index: int) -> syntax.Expression:
        """An argument as written."""
        return self.call.args[index]

    def unfilled(self, index: int) -> Typed:
        """An argument that is tested for a blank: in a rule a field itself, or what it was, not what fills it."""
        value = self.args[index]
        inner = unfill(value.operand) if isinstance(value, Fraction) else unfill(value)
        prior = isinstance(inner, Call) and inner.name == "PRIORVALUE"
        if not self.rule or not (prior or isinstance(inner, Ref)):
            return value
        return replace(value, operand=inner) if isinstance(value, Fraction) else inner


Rule = Callable[[Site], Typed]
Result = ValueType | Callable[[Sequence[Typed]], ValueType]


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    `usage` is how it is written, for messages and the reference. `accepts` gives its parameters, of which `required`
    must be given (all, unless it says otherwise); the last `repeats` of them may come again and again. `result` is
    its type. `run` gets the values, preceded by the `Moment` where `takes` says so, and only called with a null where
    `nulls` says so: otherwise a null argument gives null. A function that must not evaluate all its arguments has no
    `run` (see `objectforge.expressions.lazy`). `rule` types calls that need more than signature and result.
    """

    name: str
    usage: str
    summary: str
    accepts: tuple[Accept, ...]
    result: Result
    run: Callable[..., Any] | None = None
    required: int = -1
    repeats: int = 0
    nulls: bool = False
    takes: Literal["values", "moment"] = "values"
    rule: Rule | None = None

    @property
    def least(self) -> int:
        """The fewest arguments of a call."""
        return len(self.accepts) if self.required < 0 else self.required

    @property
    def most(self) -> int | None:
        """The most arguments of a call; None where there is no end."""
        return None if self.repeats else len(self.accepts)

    def accept(self, index: int) -> Accept:
        """What the argument at this place may be."""
        if index < len(self.accepts):
            return self.accepts[index]
        first = len(self.accepts) - self.repeats
        return self.accepts[first + (index - first) % self.repeats]

    def result_type(self, args: Sequence[Typed]) -> ValueType:
        """The type of the value for these arguments."""
        return self.result(args) if callable(self.result) else self.result
