"""IFERROR: where an expression cannot be computed, told apart from where it is null.

What cannot be computed is null in SQL. So a node fails where its value is null though none of what it is computed from
is, and where anything fails that Python would have looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.functions.shapes import REAL
from objectforge.expressions.sql.comparisons import balanced
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.functions.build import Build, branch, constant, is_constant, refuse_growth
from objectforge.expressions.sql.functions.logic import chosen
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.walk import children
from objectforge.values.kinds import BOOLEAN, TEXT, Kind, ValueType, number

__all__ = ["ERRORS"]

_LAZY = frozenset({"BLANKVALUE", "CASE", "IF", "IFERROR", "NULLVALUE"})
# Functions that compute whatever they are given.
_SAFE = frozenset({
    "ABS", "ASCII", "BR", "CASESAFEID", "CEILING", "CHR", "COS", "DAY", "DAYOFYEAR", "EQ", "FLOOR", "FORMATDURATION",
    "GE", "GETSESSIONID", "GT", "HOUR", "HYPERLINK", "IMAGE", "INITCAP", "ISOWEEK", "ISOYEAR", "LE", "LEFT", "LEN",
    "LOWER", "LT", "MAX", "MCEILING", "MFLOOR", "MID", "MILLISECOND", "MIN", "MINUTE", "MONTH", "NE", "NOT", "NOW",
    "NULL_IF_BLANK", "PI", "REVERSE", "RIGHT", "ROUND", "SECOND", "SIN", "SUBSTITUTE", "SUBSTR", "TEXT", "TIMENOW",
    "TODAY", "TRIM", "TRUNC", "UNIXTIMESTAMP", "UPPER", "WEEKDAY", "YEAR",
})  # fmt: skip
# Functions that read a text, of which a blank one is null without being wrong.
_READERS = frozenset({"DATETIMEVALUE", "DATEVALUE", "TIMEVALUE", "VALUE"})


def _if_error(compiler: Recursion, call: t.Call) -> Element:
    if is_constant(call):
        return constant(compiler, call)
    refuse_growth(call, "IFERROR")
    value, otherwise = call.args
    if not _can_fail(compiler, value):
        return branch(compiler, value, call)
    return sa.case((_fails(compiler, value), branch(compiler, otherwise, call)), else_=branch(compiler, value, call))


def _can_fail(compiler: Recursion, tree: t.Typed) -> bool:
    return _fails_itself(compiler, tree) or any(_can_fail(compiler, each) for each in children(tree))


def _fails_itself(compiler: Recursion, tree: t.Typed) -> bool:
    if compiler.overflows(tree):
        return True
    match tree:
        case t.Arithmetic(op="+" | "-" | "*", type=ValueType(kind=Kind.NUMBER)):
            return False
        case t.Arithmetic():
            return True
        case t.Call(name=name):
            return name not in _LAZY and name not in _SAFE and not (name in FUNCTIONS and FUNCTIONS[name].nulls)
        case _:
            return False


def _fails(compiler: Recursion, tree: t.Typed) -> Element:
    """TRUE where the tree cannot be computed."""
    if not _can_fail(compiler, tree):
        return sa.false()
    match tree:
        case t.Call(name="IF", args=(condition, yes, no)):
            return _any(
                _fails(compiler, condition),
                _also(compiler.truth(condition), _fails(compiler, yes)),
                _also(compiler.truth(condition).self_group().is_not(sa.true()), _fails(compiler, no)),
            )
        case t.Call(name="CASE", args=args):
            return _case(compiler, args)
        case t.Call(name="IFERROR", args=(first, second)):
            return sa.and_(_fails(compiler, first), _fails(compiler, second))
        case t.Call(name="BLANKVALUE" | "NULLVALUE" as name, args=(first, second)):
            return _any(_fails(compiler, first), _also(_is_null(compiler, first, name), _fails(compiler, second)))
        case t.And(items=items):
            return _in_turn(compiler, items, [compiler.truth(item) for item in items])
        case t.Or(items=items):
            goes_on = [compiler.truth(item).self_group().is_not(sa.true()) for item in items]
            return _in_turn(compiler, items, goes_on)
        case t.Call(name=name, args=args):
            if name in FUNCTIONS and FUNCTIONS[name].nulls:
                return _any(*(_fails(compiler, arg) for arg in args))
            known = [_value(compiler, arg).is_not(None) for arg in args]
            return _any(_in_turn(compiler, args, known), *_own(compiler, tree, known))
        case t.Concat(items=items):  # what is null is joined as the empty text
            return _any(*(_fails(compiler, each) for each in items), *_own(compiler, tree, []))
        case _:
            below = children(tree)
            known = [compiler.value(each).is_not(None) for each in below] if _fails_itself(compiler, tree) else []
            return _any(*(_fails(compiler, each) for each in below), *_own(compiler, tree, known))


def _own(compiler: Recursion, tree: t.Typed, known: Sequence[Element]) -> list[Element]:
    """Where a node is null though its operands are not."""
    if not _fails_itself(compiler, tree):
        return []
    tests = [_value(compiler, tree).is_(None), *known]
    if isinstance(tree, t.Call) and tree.name in _READERS and tree.args[0].type.kind is Kind.TEXT:
        blank = compiler.backend.literal("", TEXT)
        tests.append(compiler.backend.trimmed(compiler.text(tree.args[0])) != blank)
    return [balanced(sa.and_, tests)]


def _case(compiler: Recursion, args: Sequence[t.Typed]) -> Element:
    """Whether the result that is chosen fails, or a value it is chosen by: one after the other, up to the equal one."""
    subject, *rest = args
    *pairs, otherwise = rest
    values, results = pairs[::2], pairs[1::2]
    yes, no = (compiler.backend.literal(value, BOOLEAN) for value in (True, False))
    flags = [sa.case((_fails(compiler, each), yes), else_=no) for each in (*results, otherwise)]
    fails = chosen(compiler, subject, values, flags[:-1], flags[-1]) == yes
    others = [chosen(compiler, subject, [each], [yes], no) == no for each in values]
    return _any(_in_turn(compiler, (subject, *values), [sa.true(), *others]), fails)


def _value(compiler: Recursion, tree: t.Typed) -> Element:
    """The value of a tree; of a place, which is no single value, its distance to another."""
    if isinstance(tree, t.Call) and tree.name == "GEOLOCATION":
        zero = t.Const(Decimal(0), number(1, 0))
        other = t.Call("GEOLOCATION", (zero, zero), tree.type)
        return compiler.value(t.Call("DISTANCE", (tree, other, t.Const("km", TEXT)), REAL))
    return compiler.value(tree)


def _in_turn(compiler: Recursion, items: Sequence[t.Typed], goes_on: Sequence[Element]) -> Element:
    """Whether one of several fails, of which each is looked at only where all before it let Python go on."""
    found = [
        balanced(sa.and_, [*goes_on[:index], _fails(compiler, item)])
        for index, item in enumerate(items)
        if _can_fail(compiler, item)
    ]
    return balanced(sa.or_, found)


def _is_null(compiler: Recursion, tree: t.Typed, name: str) -> Element:
    if name == "BLANKVALUE" and tree.type.kind in (Kind.TEXT, Kind.MULTI):
        blank = compiler.backend.literal("", TEXT)
        return sa.func.coalesce(compiler.text(tree), blank) == blank
    return compiler.value(tree).is_(None)


def _any(*items: Element) -> Element:
    return balanced(sa.or_, items)


def _also(condition: Element, fails: Element) -> Element:
    return balanced(sa.and_, [condition, fails])


ERRORS: Mapping[str, Build] = {"IFERROR": _if_error}
