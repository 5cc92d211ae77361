"""Which expressions can be null, and how the blanks of formulas are filled."""

from __future__ import annotations

from decimal import Decimal

from objectforge.expressions.typed import (
    Aggregate,
    And,
    Arithmetic,
    Call,
    Compare,
    Const,
    DatePart,
    Fill,
    Fraction,
    InList,
    InPeriod,
    IsNull,
    Like,
    MeasureRef,
    Negate,
    Not,
    Or,
    Param,
    Ref,
    Scalar,
    Typed,
)
from objectforge.values.kinds import Kind, ValueType

__all__ = ["TEXTUAL", "blank_of", "fill", "nullable", "unfill"]

TEXTUAL = frozenset({Kind.TEXT, Kind.MULTI})
"""The kinds whose blank is the empty text."""

# Functions that give a value whatever they are given.
_NEVER_NULL = frozenset({
    "BEGINS", "BR", "CONTAINS", "ENDS", "FIND", "INCLUDES", "ISBLANK", "ISCHANGED", "ISCLONE", "ISNEW", "ISNULL",
    "ISNUMBER", "LEN", "NOW", "PI", "PICKLISTCOUNT", "REGEX", "TIMENOW", "TODAY",
})  # fmt: skip


def blank_of(value_type: ValueType) -> Scalar:
    """What a null of this type counts as in a formula: 0, "" or false; None where it has no blank (dates, ids)."""
    match value_type.kind:
        case Kind.NUMBER:
            return Decimal(0)
        case Kind.BOOLEAN:
            return False
        case Kind.TEXT | Kind.MULTI:
            return ""
        case _:
            return None


def nullable(tree: Typed) -> bool:
    """Whether the value may be null."""
    match tree:  # what is frequent comes first
        case Compare() | InPeriod() | InList() | And() | Or() | Not() | IsNull() | Like() | Fill():
            return False
        case Const(value=value):
            return value is None
        case Ref() | Param() | MeasureRef() | DatePart():
            return True
        case Fraction(operand=operand) | Negate(operand=operand):
            return nullable(operand)
        case Arithmetic(op="+" | "-" | "*", left=left, right=right, type=ValueType(kind=Kind.NUMBER)):
            return left.type.kind is not Kind.NUMBER or nullable(left) or nullable(right)
        case Arithmetic():
            return True
        case Call(name=name):
            return name not in _NEVER_NULL
        case Aggregate(function=function):
            return function != "count"
        case _:
            return False


def fill(tree: Typed) -> Typed:
    """The expression with the blank of its type in the place of null, where it may be null and there is one."""
    if not nullable(tree) or (blank := blank_of(tree.type)) is None:
        return tree
    return Const(blank, tree.type) if isinstance(tree, Const) else Fill(tree, tree.type)


def unfill(tree: Typed) -> Typed:
    """What stands in a `Fill`, if one stands outermost."""
    return tree.operand if isinstance(tree, Fill) else tree
