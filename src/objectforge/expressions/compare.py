"""Two values to whether they are equal and which comes first, by the rules of their types."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt
from typing import Any

from objectforge.expressions.functions.function import Value
from objectforge.expressions.functions.ids import long_id
from objectforge.expressions.patterns.wildcards import wildcards
from objectforge.expressions.typed import CompareOp
from objectforge.values.kinds import Kind
from objectforge.values.text import fold_key

__all__ = ["key", "matches", "ordered", "same_id"]

_OPERATORS: dict[CompareOp, Callable[[Any, Any], bool]] = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def key(value: Value, kind: Kind, *, exact: bool) -> Any:
    """What is compared in place of a value: a text's folded form, an id's 18 characters."""
    if not isinstance(value, str):
        return value
    if kind is Kind.ID:
        return same_id(value)
    return value if exact else fold_key(value)


def same_id(text: str) -> str:
    """An id in the one form that ids are compared in."""
    return long_id(text)


def ordered(op: CompareOp, left: Any, right: Any) -> bool:
    """Compare two keys, two-valued: with a null, all but `!=` are false."""
    if op == "!=":
        return left is None or right is None or left != right
    if left is None or right is None:
        return False
    return _OPERATORS[op](left, right)


def matches(text: str, pattern: str, *, exact: bool) -> bool:
    r"""Whether a text has the form of a LIKE pattern: % any text, _ one character, \ before them themselves."""
    return wildcards(pattern if exact else fold_key(pattern))(text if exact else fold_key(text))
