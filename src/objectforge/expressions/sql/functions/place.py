"""The distance between two places, each given by its latitude and longitude."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.functions.function import NUMBER, TEXT
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.functions.build import Build, constant, is_constant, refuse_growth
from objectforge.expressions.sql.functions.called import operand
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.sql.unsupported import UnsupportedInSql

__all__ = ["PLACES", "computes_place"]


def computes_place(tree: t.Typed) -> bool:
    """Whether SQL has a form of a place: of one that is given by its degrees, or by a field."""
    return isinstance(tree, t.Ref) or (isinstance(tree, t.Call) and tree.name == "GEOLOCATION")


def _distance(compiler: Recursion, call: t.Call) -> Element:
    if is_constant(call):
        return constant(compiler, call)
    refuse_growth(call, call.name)
    start, end, unit = call.args
    operands = [*_degrees(compiler, start), *_degrees(compiler, end), operand(compiler, unit, TEXT)]
    return compiler.backend.call("DISTANCE", operands, call.type)


def _degrees(compiler: Recursion, place: t.Typed) -> list[Operand]:
    """Latitude and longitude.

    Raises:
        UnsupportedInSql: the place is chosen by a function.
    """
    match place:
        case t.Call(name="GEOLOCATION", args=args):
            return [operand(compiler, each, NUMBER) for each in args]
        case t.Ref():
            return [operand(compiler, each, NUMBER) for each in compiler.parts(place)]
        case _:
            raise UnsupportedInSql("DISTANCE from a place that a function chooses")


PLACES: Mapping[str, Build] = {"DISTANCE": _distance}
