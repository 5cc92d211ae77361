"""Choices, blanks, and the three-valued logic of formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.sql.comparisons import operate, union
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.functions.build import Build, branch
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import BOOLEAN, TEXT, Kind

__all__ = ["LOGIC", "LOGIC_TRUTHS", "chosen"]

_TEXTUAL = (Kind.TEXT, Kind.MULTI)
_OPERATORS = {"EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}


def _if(compiler: Recursion, call: t.Call) -> Element:
    """One CASE for a whole chain of choices: SQLite reads but twenty within each other."""
    whens = list[tuple[Element, Element]]()
    no: t.Typed = call
    while isinstance(no, t.Call) and no.name == "IF" and no.type.kind is call.type.kind:
        condition, yes, no = no.args
        whens.append((compiler.truth(condition), branch(compiler, yes, call)))
    return sa.case(*whens, else_=branch(compiler, no, call))


def _case(compiler: Recursion, call: t.Call) -> Element:
    subject, *rest = call.args
    *pairs, otherwise = rest
    results = [branch(compiler, result, call) for result in pairs[1::2]]
    return chosen(compiler, subject, pairs[::2], results, branch(compiler, otherwise, call))


def chosen(
    compiler: Recursion, subject: t.Typed, values: Sequence[t.Typed], results: Sequence[Element], otherwise: Element
) -> Element:
    """The result beside the first value that the subject equals; null equals nothing.

    The subject stands once, `CASE x WHEN a THEN ...`, unless it compares with one value otherwise than with another.
    """
    keys = _comparable(compiler, (subject, *values))
    if keys is None:
        tests = [_equal(compiler, subject, value) for value in values]
        return sa.case(*zip(tests, results, strict=True), else_=otherwise)
    return sa.case(*zip(keys[1:], results, strict=True), value=keys[0], else_=otherwise)


def _equal(compiler: Recursion, subject: t.Typed, value: t.Typed) -> Element:
    if Kind.ID in (subject.type.kind, value.type.kind):
        return operate("=", *compiler.pair(subject, value, exact=True))
    keys = _comparable(compiler, (subject, value))
    assert keys is not None, "two values compare in one way"
    return keys[0] == keys[1]


def _comparable(compiler: Recursion, trees: Sequence[t.Typed]) -> list[Element] | None:
    """Values as CASE compares them all with the first: texts letter by letter unless they are a picklist's.

    None where that differs from one to the other.
    """
    kinds = {tree.type.kind for tree in trees} - {Kind.NULL}
    backend = compiler.backend
    typed = next((tree for tree in trees if tree.type.kind is not Kind.NULL), trees[0])
    trees = [t.Const(None, typed.type) if tree.type.kind is Kind.NULL else tree for tree in trees]
    if kinds == {Kind.NUMBER}:
        shape = reduce(union, (tree.type for tree in trees))
        return [backend.comparable(compiler.number(tree, shape), shape) for tree in trees]
    if Kind.ID in kinds:
        return None
    if kinds <= set(_TEXTUAL):
        folded = {bool(trees[0].type.order or tree.type.order) for tree in trees[1:]}
        if len(folded) > 1:
            return None
        key = backend.text_key if True in folded else backend.text_exact
        return [key(sa.func.coalesce(compiler.text(tree), backend.literal("", TEXT))) for tree in trees]
    return [compiler.value(tree) for tree in trees]


def _is_blank(compiler: Recursion, call: t.Call) -> Element:
    empty = compiler.backend.literal("", TEXT)
    return _flag(compiler, sa.func.coalesce(compiler.text(call.args[0]), empty) == empty)


def _blank_value(compiler: Recursion, call: t.Call) -> Element:
    operand, otherwise = call.args
    first = branch(compiler, operand, call)
    if call.type.kind in _TEXTUAL:
        first = sa.func.nullif(first, compiler.backend.literal("", TEXT))
    return sa.func.coalesce(first, branch(compiler, otherwise, call))


def _null_value(compiler: Recursion, call: t.Call) -> Element:
    return sa.func.coalesce(*(branch(compiler, each, call) for each in call.args))


def _null_if_blank(compiler: Recursion, call: t.Call) -> Element:
    return sa.func.nullif(compiler.text(call.args[0]), compiler.backend.literal("", TEXT))


def _not(compiler: Recursion, call: t.Call) -> Element:
    no = compiler.backend.literal(False, BOOLEAN)
    return _flag(compiler, _boolean(compiler, call.args[0]) == no)


def _boolean(compiler: Recursion, tree: t.Typed) -> Element:
    return compiler.backend.null(BOOLEAN) if tree.type.kind is Kind.NULL else compiler.value(tree)


def _flag(compiler: Recursion, truth: Element) -> Element:
    """A truth, null among them, as the raw value of a checkbox."""
    return sa.type_coerce(truth.self_group(), compiler.backend.raw_type(BOOLEAN))


def _comparison(compiler: Recursion, call: t.Call) -> Element:
    left, right = call.args
    return operate(_OPERATORS[call.name], *compiler.pair(left, right, exact=True))


def _compared(compiler: Recursion, call: t.Call) -> Element:
    return _flag(compiler, _comparison(compiler, call))


LOGIC: Mapping[str, Build] = {
    "BLANKVALUE": _blank_value,
    "CASE": _case,
    "IF": _if,
    "ISBLANK": _is_blank,
    "NOT": _not,
    "NULLVALUE": _null_value,
    "NULL_IF_BLANK": _null_if_blank,
    **dict.fromkeys(_OPERATORS, _compared),
}
LOGIC_TRUTHS: Mapping[str, Build] = dict.fromkeys(_OPERATORS, _comparison)
"""The calls that are truths by themselves: TRUE where they hold."""
