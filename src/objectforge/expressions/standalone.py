"""`objectforge.evaluate`: an expression and plain values to its value, without any org or metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue, suggest
from objectforge.errors.source import Source, Span
from objectforge.expressions import syntax
from objectforge.expressions.check import check_formula
from objectforge.expressions.evaluate import evaluate as compute
from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.scope import NameProblem, Scope, no_records
from objectforge.expressions.typed import MeasureRef, Param, Ref
from objectforge.metadata.build_field import build_field
from objectforge.values.clock import system_clock
from objectforge.values.kinds import ValueType
from objectforge.values.periods import Calendar

__all__ = ["FieldsScope", "evaluate"]


def evaluate(
    expression: str,
    record: Mapping[str, Any],
    *,
    fields: Mapping[str, Any],
    blanks: Literal["zero", "null"] = "zero",
    now: datetime | None = None,
    strict: bool = False,
    timezone: str = "UTC",
) -> Any:
    """Evaluate a formula over plain values.

    `fields` gives each name that the formula may use - dotted paths and `$`-globals too - a type in short or long
    form: `{"Name": "text", "Account.Amount": "currency", "Stage": ["Open", "Closed"]}`. The values in `record` are
    taken as they are, a missing one for null. `now` is an aware datetime, the present instant unless given.

    Raises:
        QueryError: the formula is wrong.
        ValueError: a type in `fields` is wrong, or `now` is naive.
        EvaluationError: with `strict`, what could not be computed; it is None otherwise.
    """
    if now is not None and now.utcoffset() is None:
        raise ValueError("now must be an aware datetime, such as datetime(2026, 4, 1, tzinfo=UTC)")
    scope = FieldsScope({name: _type(name, raw) for name, raw in fields.items()})
    try:
        tree = check_formula(expression, scope, blanks=blanks)
    except ExpressionError as error:
        first = error.problems[0]
        span = Span(Source("<expression>", expression), first.start, first.end)
        raise QueryError(Issue(first.code, first.message, span, first.hint)) from error
    values = {name.lower(): _plain(value) for name, value in record.items()}
    moment = Moment(now or system_clock(), Calendar(ZoneInfo(timezone)))
    return compute(tree, lambda ref: values.get(ref.field.lower()), moment=moment, strict=strict)


@dataclass(frozen=True)
class FieldsScope:
    """The names of a mapping from name, or dotted path, to type; found in any case."""

    types: Mapping[str, ValueType]

    def resolve(self, path: syntax.Path) -> Ref:
        """The field of that whole path."""
        written = str(path)
        for name, value_type in self.types.items():
            if name.lower() == written.lower():
                return Ref("", (), "", name, value_type)
        hint = suggest(written, self.types) or "give its type in fields"
        raise NameProblem("OF338", f"unknown name '{written}'", path.start, path.end, hint)

    def measure(self, path: syntax.Path) -> MeasureRef:
        """There are no measures."""
        raise NameProblem("OF338", f"unknown measure '{path}'", path.start, path.end)

    def bind(self, bind: syntax.Bind) -> Param:
        """There are no binds."""
        raise NameProblem("OF338", f"unknown bind ':{bind.name}'", bind.start, bind.end, "name a field instead")

    def aggregate_grain(self, path: syntax.Path) -> Ref:
        """There are no aggregates."""
        raise NameProblem("OF338", "there are no aggregates here", path.start, path.end)

    def records(self, name: syntax.Part, alias: syntax.Part | None) -> tuple[str, Scope]:
        """None: there are no other records."""
        raise no_records(name)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """There are no aggregates."""
        raise NameProblem("OF338", "there are no aggregates here", start, end)


def _type(name: str, raw: Any) -> ValueType:
    field, problems = build_field(raw, name)
    if field is None:
        raise ValueError(f"fields[{name!r}]: {problems[0].message}")
    return field.value_type()


def _plain(value: Any) -> Value:
    """A value as the evaluator wants it: floats by their repr, lists of choices joined."""
    match value:
        case float():
            return Decimal(repr(value))
        case [int() | float() | Decimal() as latitude, int() | float() | Decimal() as longitude]:
            return Decimal(str(latitude)), Decimal(str(longitude))
        case list() | tuple():
            return ";".join(map(str, cast("Sequence[object]", value)))
        case _:
            return value
