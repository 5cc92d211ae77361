"""Choices, blanks, and the three-valued logic of formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.sql.comparisons import balanced, operate, union
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.functions.build import Build, branch
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.values.kinds import BOOLEAN, TEXT, Kind

__all__ = ["LOGIC", "LOGIC_TRUTHS"]

_TEXTUAL = (Kind.TEXT, Kind.MULTI)
_OPERATORS = {"EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}


def _if(compiler: Recursion, call: t.Call) -> Element:
    condition, yes, no = call.args
    return sa.case((compiler.truth(condition), branch(compiler, yes, call)), else_=branch(compiler, no, call))


def _case(compiler: Recursion, call: t.Call) -> Element:
    """The subject stands once: `CASE x WHEN a THEN ...`, in which null equals nothing."""
    subject, *rest = call.args
    *pairs, otherwise = rest
    values, results = pairs[::2], pairs[1::2]
    keys = _comparable(compiler, (subject, *values))
    whens = {
        index: (key, branch(compiler, result, call))
        for index, (key, result) in enumerate(zip(keys[1:], results, strict=True))
    }
    return sa.case(*whens.values(), value=keys[0], else_=branch(compiler, otherwise, call))


def _comparable(compiler: Recursion, trees: Sequence[t.Typed]) -> list[Element]:
    """Values as CASE compares them all with the first: texts letter by letter unless they are a picklist's."""
    kinds = {tree.type.kind for tree in trees} - {Kind.NULL}
    backend = compiler.backend
    if Kind.ID in kinds:
        return [compiler.pair(trees[0], tree, exact=True)[1] for tree in trees]
    if kinds == {Kind.NUMBER}:
        shape = reduce(union, (tree.type for tree in trees if tree.type.kind is Kind.NUMBER))
        return [backend.comparable(compiler.number(tree, shape), shape) for tree in trees]
    if kinds <= set(_TEXTUAL):
        folded = {bool(trees[0].type.order or tree.type.order) for tree in trees[1:]}
        if len(folded) > 1:
            raise UnsupportedInSql("CASE over a text and values of picklists")
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


def _and(compiler: Recursion, call: t.Call) -> Element:
    return _flag(compiler, balanced(sa.and_, [_three_valued(compiler, each) for each in call.args]))


def _or(compiler: Recursion, call: t.Call) -> Element:
    return _flag(compiler, balanced(sa.or_, [_three_valued(compiler, each) for each in call.args]))


def _not(compiler: Recursion, call: t.Call) -> Element:
    no = compiler.backend.literal(False, BOOLEAN)
    return _flag(compiler, _boolean(compiler, call.args[0]) == no)


def _three_valued(compiler: Recursion, tree: t.Typed) -> Element:
    return _boolean(compiler, tree) == compiler.backend.literal(True, BOOLEAN)


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
    "AND": _and,
    "BLANKVALUE": _blank_value,
    "CASE": _case,
    "IF": _if,
    "ISBLANK": _is_blank,
    "NOT": _not,
    "NULLVALUE": _null_value,
    "NULL_IF_BLANK": _null_if_blank,
    "OR": _or,
    **dict.fromkeys(_OPERATORS, _compared),
}
LOGIC_TRUTHS: Mapping[str, Build] = dict.fromkeys(_OPERATORS, _comparison)
"""The calls that are truths by themselves: TRUE where they hold."""
