"""Rounding of every kind, remainders, the smallest and the largest."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.functions.number import SETTLE
from objectforge.expressions.functions.shapes import constant_int
from objectforge.expressions.sql.comparisons import union
from objectforge.expressions.sql.engine.elements import Element, Step
from objectforge.expressions.sql.functions.build import Build, branch, guarded
from objectforge.expressions.sql.functions.called import called
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import Kind, ValueType, number

__all__ = ["NUMBERS"]

_FARTHEST = 400


def _numeric(tree: t.Typed) -> t.Typed:
    return t.Const(None, number(1, 0)) if tree.type.kind is Kind.NULL else tree


def _abs(compiler: Recursion, call: t.Call) -> Element:
    operand = _numeric(call.args[0])
    return compiler.backend.stepped("abs", compiler.value(operand), operand.type, _shape(call, operand), 0)


def _shape(call: t.Call, operand: t.Typed) -> ValueType:
    return call.type if call.type.kind is Kind.NUMBER else operand.type


def _places(step: Step) -> Build:
    """ROUND and TRUNC: the number of places is a literal, for it decides the size of the result."""

    def build(compiler: Recursion, call: t.Call) -> Element:
        operand = _numeric(call.args[0])
        places = constant_int(call.args[1]) if len(call.args) > 1 else 0
        if places is None:
            return called(compiler, t.Call(call.name, (operand, *call.args[1:]), call.type))
        places = max(-_FARTHEST, min(places, _FARTHEST))
        if places >= operand.type.scale:
            return compiler.number(operand, call.type)
        return compiler.backend.stepped(step, compiler.value(operand), operand.type, call.type, places)

    return build


def _whole(step: Step) -> Build:
    def build(compiler: Recursion, call: t.Call) -> Element:
        operand = _numeric(call.args[0])
        return compiler.backend.stepped(step, compiler.value(operand), operand.type, call.type, SETTLE)

    return build


def _mod(compiler: Recursion, call: t.Call) -> Element:
    left, right = (_numeric(each) for each in call.args)
    shape = union(left.type, right.type)
    return compiler.backend.rescale(
        compiler.backend.remainder(compiler.number(left, shape), compiler.number(right, shape), shape), shape, call.type
    )


def _choice(function: str) -> Build:
    def build(compiler: Recursion, call: t.Call) -> Element:
        if len(call.args) == 1:
            return branch(compiler, call.args[0], call)
        return compiler.backend.choose(function, [branch(compiler, each, call) for each in call.args], call.type)

    return build


NUMBERS: Mapping[str, Build] = {
    "ABS": _abs,
    "CEILING": guarded(_whole("away")),
    "FLOOR": _whole("to_zero"),
    "MAX": guarded(_choice("max")),
    "MCEILING": _whole("above"),
    "MFLOOR": _whole("below"),
    "MIN": guarded(_choice("min")),
    "MOD": _mod,
    "ROUND": _places("round"),
    "TRUNC": _places("trunc"),
}
