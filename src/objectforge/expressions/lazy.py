"""Functions that choose which of their arguments to evaluate, and the three-valued logic of formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, cast

from objectforge.expressions.compare import key, ordered
from objectforge.expressions.functions.function import EvaluationError, Value
from objectforge.expressions.typed import CompareOp, Ref, Typed
from objectforge.values.kinds import Kind

__all__ = ["LAZY", "Evaluator", "Lazy"]


class Evaluator(Protocol):
    """What a lazy function may ask of the evaluation it runs in."""

    @property
    def strict(self) -> bool:
        """Whether what cannot be computed raises."""
        ...

    @property
    def is_new(self) -> bool:
        """Whether the record is being created."""
        ...

    def previous(self, ref: Ref) -> Value:
        """The value before this save; of a new record, the value itself."""
        ...

    def __call__(self, tree: Typed) -> Value:
        """The value of a node."""
        ...

    def strictly(self) -> Evaluator:
        """The same evaluation, but one that raises."""
        ...

    def compare(self, op: Any, left: Typed, right: Typed, a: Value, b: Value, *, exact: bool) -> bool:
        """Compare two values, two-valued."""
        ...


Lazy = Callable[[Evaluator, tuple[Typed, ...]], Value]


def _if(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    return run(args[1]) if run(args[0]) else run(args[2])


def _case(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    subject = run(args[0])
    for index in range(1, len(args) - 1, 2):
        value = run(args[index])
        if _equal(args[0], args[index], subject, value):
            return run(args[index + 1])
    return run(args[-1])


def _equal(left: Typed, right: Typed, a: Value, b: Value) -> bool:
    kind = Kind.ID if Kind.ID in (left.type.kind, right.type.kind) else left.type.kind
    if kind is Kind.TEXT:
        a, b = a or "", b or ""
    exact = not (left.type.order or right.type.order)
    return ordered("=", key(a, kind, exact=exact), key(b, kind, exact=exact))


def _blank_value(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    value = run(args[0])
    return run(args[1]) if value in (None, "") else value


def _null_value(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    value = run(args[0])
    return run(args[1]) if value is None else value


def _if_error(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    try:
        return run.strictly()(args[0])
    except EvaluationError:
        return run(args[1])


def _not(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    value = run(args[0])
    return None if value is None else not value


def _three_valued(op: CompareOp) -> Lazy:
    def compare(run: Evaluator, args: tuple[Typed, ...]) -> Value:
        left, right = run(args[0]), run(args[1])
        if left is None or right is None:
            return None
        return run.compare(op, args[0], args[1], left, right, exact=True)

    return compare


def _null_if_blank(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    return run(args[0]) or None


def _is_new(run: Evaluator, _args: tuple[Typed, ...]) -> Value:
    return run.is_new


def _is_changed(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    return run.previous(cast("Ref", args[0])) != run(args[0])


def _prior_value(run: Evaluator, args: tuple[Typed, ...]) -> Value:
    return run.previous(cast("Ref", args[0]))


LAZY: Mapping[str, Lazy] = MappingProxyType({
    "IF": _if,
    "CASE": _case,
    "BLANKVALUE": _blank_value,
    "NULLVALUE": _null_value,
    "IFERROR": _if_error,
    "NOT": _not,
    "EQ": _three_valued("="),
    "NE": _three_valued("!="),
    "LT": _three_valued("<"),
    "LE": _three_valued("<="),
    "GT": _three_valued(">"),
    "GE": _three_valued(">="),
    "NULL_IF_BLANK": _null_if_blank,
    "ISNEW": _is_new,
    "ISCHANGED": _is_changed,
    "PRIORVALUE": _prior_value,
})  # fmt: skip
