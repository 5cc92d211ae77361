"""A typed tree and a record's values to the value: the Python engine, which SQL has to agree with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, assert_never, cast

from objectforge.expressions.blank import blank_of
from objectforge.expressions.compare import key, matches, ordered
from objectforge.expressions.functions.clock import milliseconds, shift_time
from objectforge.expressions.functions.days import shift
from objectforge.expressions.functions.double import power
from objectforge.expressions.functions.function import EvaluationError, Value
from objectforge.expressions.functions.longest import joined, within_longest
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.lazy import LAZY
from objectforge.expressions.listed import listed
from objectforge.expressions.moment import Moment
from objectforge.expressions.typed import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Concat,
    Const,
    DatePart,
    Fill,
    Fraction,
    Includes,
    InList,
    InPeriod,
    InSelect,
    IsNull,
    Like,
    MeasureRef,
    Negate,
    Not,
    OnDay,
    Or,
    Param,
    Ref,
    Typed,
)
from objectforge.values.date_words import resolve
from objectforge.values.kinds import Kind
from objectforge.values.numbers import add, divide, multiply, subtract
from objectforge.values.text import fold_key

__all__ = ["Values", "evaluate"]

Values = Callable[[Ref], Value]
"""Gives the value a reference has for the record at hand; None where a parent on the way is missing."""

_MICROSECONDS_A_DAY = Decimal(86_400_000_000)


def evaluate(
    tree: Typed,
    values: Values,
    *,
    moment: Moment,
    params: Mapping[str, Any] | None = None,
    prior: Values | None = None,
    measures: Callable[[Typed], Value] | None = None,
    strict: bool = False,
) -> Value:
    """Compute the value of a tree for one record.

    `params` holds the binds by name, lists for those that stand for many values. `prior` gives the values before a
    save, for ISCHANGED and PRIORVALUE; None means that the record is new. `measures` gives the value of a
    `MeasureRef` or `Aggregate` in a report's row. Numbers come out as Decimal. What cannot be computed is null.

    Raises:
        EvaluationError: `strict`, and something could not be computed.
    """
    return _Evaluation(values, moment, params or {}, prior, measures, strict)(tree)


class _Evaluation:
    """One record's evaluation: calling it with a node gives the node's value. One frame per level of the tree."""

    __slots__ = ("measures", "moment", "params", "prior", "strict", "values")

    def __init__(
        self,
        values: Values,
        moment: Moment,
        params: Mapping[str, Any],
        prior: Values | None,
        measures: Callable[[Typed], Value] | None,
        strict: bool,
    ) -> None:
        self.values = values
        self.moment = moment
        self.params = params
        self.prior = prior
        self.measures = measures
        self.strict = strict

    def __call__(self, tree: Typed) -> Value:
        match tree:
            case Const(value=value):
                return value
            case Ref():
                return _canonical(self.values(tree))
            case Param(name=name):
                return _bound(self.params[name])
            case Fill(operand=operand, type=filled):
                value = self(operand)
                return blank_of(filled) if value is None else value
            case Fraction(operand=operand):
                value = cast("Decimal | None", self(operand))
                return None if value is None else multiply(value, Decimal("0.01"))
            case Negate(operand=operand):
                value = cast("Decimal | None", self(operand))
                return None if value is None else subtract(Decimal(0), value)
            case Arithmetic(op=op, left=left, right=right):
                return self.attempt(_compute, op, self(left), self(right))
            case Concat(items=items):
                return self.attempt(_join, list(map(self, items)))
            case Compare(op=op, left=left, right=right, exact=exact):
                return self.compare(op, left, right, self(left), self(right), exact=exact)
            case IsNull(operand=operand):
                return self(operand) is None
            case InList():
                return self._in_list(tree, self(tree.operand))
            case Like(operand=operand, pattern=pattern, exact=exact):
                text, form = self(operand), self(pattern)
                return isinstance(text, str) and isinstance(form, str) and matches(text, form, exact=exact)
            case Includes():
                return self._includes(tree, self(tree.operand))
            case InPeriod(op=op, operand=operand, word=word, n=n):
                return self._in_period(op, self(operand), word, n)
            case OnDay(op=op, operand=operand, day=day):
                instant = self(operand)
                local = self.moment.local(instant).date() if isinstance(instant, datetime) else None
                return self.compare(op, operand, day, local, self(day), exact=True)
            case And(items=items):
                return all(map(self, items))
            case Or(items=items):
                return any(map(self, items))
            case Not(operand=operand):
                return not self(operand)
            case Call(name=name, args=args):
                lazy = LAZY.get(name)
                return lazy(self, args) if lazy is not None else self._call(name, args)
            case Aggregate() | MeasureRef():
                assert self.measures is not None, "this expression stands in a report"
                return _canonical(self.measures(tree))
            case InSelect() | DatePart():
                raise AssertionError("conditions that ask for other records, and date functions, are for databases")
            case _:
                assert_never(tree)

    def attempt(self, compute: Callable[..., Any], *args: Any) -> Any:
        """What a computation gives; null where it cannot be done, unless the evaluation is strict."""
        try:
            return compute(*args)
        except EvaluationError:
            if self.strict:
                raise
            return None

    @property
    def is_new(self) -> bool:
        """Whether the record is being created."""
        return self.prior is None

    def previous(self, ref: Ref) -> Value:
        """The value before this save; of a new record, the value itself."""
        return _canonical((self.prior or self.values)(ref))

    def strictly(self) -> _Evaluation:
        """The same evaluation, but one that raises."""
        return _Evaluation(self.values, self.moment, self.params, self.prior, self.measures, strict=True)

    def compare(self, op: Any, left: Typed, right: Typed, a: Value, b: Value, *, exact: bool) -> bool:
        """Compare two values, two-valued, a bind's None being the literal null."""
        kind = Kind.ID if Kind.ID in (left.type.kind, right.type.kind) else left.type.kind
        if (isinstance(left, Param) and a is None) or (isinstance(right, Param) and b is None):
            return {"=": a is b, "!=": a is not b}.get(op, False)
        return ordered(op, key(a, kind, exact=exact), key(b, kind, exact=exact))

    def _in_list(self, tree: InList, value: Value) -> bool:
        if value is None:
            return False
        items = self._spread(tree.items)
        kind = tree.operand.type.kind
        wanted = key(value, kind, exact=tree.exact)
        return any(item not in (None, "") and key(item, kind, exact=tree.exact) == wanted for item in items)

    def _includes(self, tree: Includes, value: Value) -> bool:
        if not isinstance(value, str):
            return False
        chosen = _parts(value)
        groups = (_parts(group) for group in self._spread(tree.groups) if isinstance(group, str))
        return any(group and group <= chosen for group in groups)

    def _spread(self, items: tuple[Typed, ...]) -> list[Value]:
        found: list[Value] = []
        for item in items:
            if isinstance(item, Param) and item.many:
                found.extend(_bound(value) for value in listed(self.params[item.name]))
            else:
                found.append(self(item))
        return found

    def _in_period(self, op: str, value: Value, word: str, n: int | None) -> bool:
        if not isinstance(value, date):
            return op == "!="
        day = self.moment.local(value).date() if isinstance(value, datetime) else value
        period = resolve(word, n, self.moment.today, self.moment.calendar)
        match op:
            case "=":
                return day in period
            case "!=":
                return day not in period
            case "<":
                return day < period.start
            case "<=":
                return day < period.end
            case ">":
                return day >= period.end
            case _:
                return day >= period.start

    def _call(self, name: str, args: tuple[Typed, ...]) -> Value:
        function = FUNCTIONS[name]
        given: list[Value] = []
        for arg in args:
            value = self(arg)
            if value is None and not function.nulls:
                return None
            given.append(value)
        assert function.run is not None, f"{name} has no meaning in Python"
        if function.takes == "moment":
            return self.attempt(function.run, self.moment, *given)
        return self.attempt(_called, function.run, given)


def _canonical(value: Value) -> Value:
    """A field's value as expressions compute with it: whole numbers too are decimals, an empty text is null."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return None if value == "" else value


def _bound(value: Any) -> Value:
    match value:
        case float():
            return Decimal(repr(value))
        case list() | tuple():
            return ";".join(map(str, cast("list[object]", value)))
        case _:
            return _canonical(value)


def _compute(op: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    match (left, right):
        case (Decimal(), Decimal()):
            return _numbers(op, left, right)
        case (date(), Decimal()):
            return shift(left, right if op == "+" else subtract(Decimal(0), right))
        case (Decimal(), date()):
            return shift(right, left)
        case (time(), Decimal()):
            return shift_time(left, right if op == "+" else subtract(Decimal(0), right))
        case (Decimal(), time()):
            return shift_time(right, left)
        case (datetime(), datetime()):
            between = left - right
            micros = (between.days * 86_400 + between.seconds) * 1_000_000 + between.microseconds
            return divide(Decimal(micros), _MICROSECONDS_A_DAY)
        case (date(), date()):
            return Decimal(left.toordinal() - right.toordinal())
        case (time(), time()):
            between = milliseconds(left) - milliseconds(right)
            return between if between >= 0 else between + 86_400_000
        case _:
            raise AssertionError(f"the checker lets no {left!r} {op} {right!r} through")


def _numbers(op: str, left: Decimal, right: Decimal) -> Decimal:
    match op:
        case "+":
            return add(left, right)
        case "-":
            return subtract(left, right)
        case "*":
            return multiply(left, right)
        case "/":
            quotient = divide(left, right)
            if quotient is None:
                raise EvaluationError("division by zero")
            return quotient
        case _:
            return power(left, right)


def _called(run: Callable[..., Value], given: list[Value]) -> Value:
    return within_longest(run(*given))


def _join(texts: list[str | None]) -> str:
    return joined([text or "" for text in texts])


def _parts(text: str) -> frozenset[str]:
    return frozenset(fold_key(part.strip()) for part in text.split(";") if part.strip())
