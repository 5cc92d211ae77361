"""Comparisons typed: which values may be compared, and by which node each comparison is carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from objectforge.expressions import syntax
from objectforge.expressions.blank import TEXTUAL, fill, nullable, unfill
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import mismatch_hint, noun
from objectforge.expressions.meant import joins_conditions
from objectforge.expressions.typed import (
    Call,
    Compare,
    CompareOp,
    Const,
    InPeriod,
    IsNull,
    Not,
    OnDay,
    Param,
    Typed,
)
from objectforge.expressions.walk import refs
from objectforge.values.kinds import BOOLEAN, Kind, ValueType

__all__ = [
    "FLIPPED", "ORDERED", "THREE_VALUED", "adopt", "comparable", "compare", "compare_period", "is_exact", "is_picklist",
]  # fmt: skip

FLIPPED: dict[CompareOp, CompareOp] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The operator that says the same with its sides exchanged."""

THREE_VALUED: dict[CompareOp, str] = {"=": "EQ", "!=": "NE", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE"}
"""The calls that compare with null as the answer where one side is null."""

ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TEXT})
"""The kinds of values of which one is less than another."""

assert set(FLIPPED) == set(get_args(CompareOp))

_TEXTS = TEXTUAL | {Kind.ID}
_INCOMPARABLE = frozenset({Kind.JSON, Kind.COMPOUND})


def is_picklist(value_type: ValueType) -> bool:
    """Whether values of this type are those of a picklist, which compare in any case in formulas too."""
    return bool(value_type.order) or value_type.kind is Kind.MULTI


def is_exact(context: Context, left: Typed, right: Typed) -> bool:
    """Whether these texts are compared letter by letter, capitals apart from small ones."""
    if left.type.case_sensitive or right.type.case_sensitive:
        return True
    return not (context.condition or is_picklist(left.type) or is_picklist(right.type))


def adopt(tree: Typed, value_type: ValueType) -> Typed:
    """A null or a bind of unknown type, typed like the value it stands beside."""
    if tree.type.kind is Kind.NULL and isinstance(tree, Const | Param):
        return replace(tree, type=replace(value_type, order=()))
    return tree


def comparable(left: ValueType, right: ValueType) -> bool:
    """Whether `=` makes sense between the two."""
    if left.kind in _INCOMPARABLE or right.kind in _INCOMPARABLE:
        return False
    if Kind.NULL in (left.kind, right.kind) or left.kind is right.kind:
        return True
    return left.kind in _TEXTS and right.kind in _TEXTS


def compare(
    context: Context,
    op: CompareOp,
    left_node: syntax.Expression,
    left: Typed,
    right_node: syntax.Expression,
    right: Typed,
    *,
    ordered: frozenset[Kind] = ORDERED,
) -> Typed:
    """Type `left op right`; `ordered` are the kinds that `<` and the like compare."""
    if NOTHING in (left, right):
        return NOTHING
    left, right = adopt(left, right.type), adopt(right, left.type)
    kinds = {left.type.kind, right.type.kind}
    if kinds == {Kind.DATE, Kind.DATETIME} and context.condition and (day := _on_day(op, left, right)) is not None:
        return day
    if kinds <= _INCOMPARABLE and op in ("=", "!=") and (test := _null_test(op, left, right)) is not None:
        return test
    if not comparable(left.type, right.type):
        node, hint = right_node, mismatch_hint(left, right, right_node)
        if isinstance(left, Const) and not isinstance(right, Const):  # the literal is what the writer can change
            node, hint = left_node, mismatch_hint(right, left, left_node)
        if joins_conditions(left_node, right_node):
            hint = "write AND between two conditions; & joins texts"
        message = f"{noun(left.type)} cannot be compared with {noun(right.type)}"
        return context.report("OF323", message, node, hint)
    kind = left.type.kind
    if op not in ("=", "!="):
        unordered = next((tree for tree in (left, right) if tree.type.kind not in ordered | {Kind.NULL}), None)
        if unordered is not None:
            message = f"{noun(unordered.type)} has no order to compare by with {op}"
            return context.report("OF324", message, right_node, "compare it with = or !=")
    if context.condition:
        return _in_condition(context, op, left, right_node, right)
    if kind in TEXTUAL and right.type.kind in TEXTUAL:
        exact = is_exact(context, left, right)
        if op in ("=", "!="):
            return Compare(op, fill(left), fill(right), exact)
        # Blank texts have no place in the order: nothing is less than they are, nor more.
        return Compare(op, _as_null(unfill(left)), _as_null(unfill(right)), exact)
    if op in ("=", "!=") and (test := _null_test(op, left, right)) is not None:
        return test
    if kind is Kind.ID or right.type.kind is Kind.ID:
        return Compare(op, left, right)
    if nullable(left) or nullable(right):
        return Call(THREE_VALUED[op], (left, right), BOOLEAN)
    return Compare(op, left, right)


def compare_period(
    context: Context, op: CompareOp, operand_node: syntax.Expression, operand: Typed, word: syntax.DateWord
) -> Typed:
    """Type `operand op LAST_N_DAYS:30`."""
    if operand == NOTHING:
        return NOTHING
    if operand.type.kind not in (Kind.DATE, Kind.DATETIME, Kind.NULL):
        message = f"{word.word} is a period of days and cannot be compared with {noun(operand.type)}"
        return context.report("OF323", message, operand_node, "compare it with a date or a datetime")
    return InPeriod(op, operand, word.word, word.n)


def _in_condition(context: Context, op: CompareOp, left: Typed, right_node: syntax.Expression, right: Typed) -> Typed:
    left, right = _as_null(left), _as_null(right)
    if op not in ("=", "!=") and any(isinstance(side, Const) and side.value is None for side in (left, right)):
        message = f"nothing is {'less' if '<' in op else 'more'} than null"
        return context.report("OF332", message, right_node, "write = null or != null")
    test = _null_test(op, left, right)
    return test if test is not None else Compare(op, left, right, is_exact(context, left, right))


def _null_test(op: CompareOp, left: Typed, right: Typed) -> Typed | None:
    """`= null` and `!= null`, where one side is the literal; two literals are left to be compared."""
    for value, other in ((right, left), (left, right)):
        literal = isinstance(value, Const) and (
            value.value is None or (value.value == "" and other.type.kind is Kind.ID)
        )
        if literal and not (isinstance(other, Const) and other.value is not None):
            return IsNull(other) if op == "=" else Not(IsNull(other))
    return None


def _as_null(tree: Typed) -> Typed:
    """The empty text is null."""
    return replace(tree, value=None) if isinstance(tree, Const) and tree.value == "" else tree


def _on_day(op: CompareOp, left: Typed, right: Typed) -> Typed | None:
    if left.type.kind is Kind.DATE:
        op, left, right = FLIPPED[op], right, left
    return OnDay(op, left, right) if next(iter(refs(right)), None) is None else None
