"""Measures typed: aggregates over the fields of records, and arithmetic over measures."""

from __future__ import annotations

from typing import Literal

from objectforge.errors.issue import suggest
from objectforge.expressions import syntax
from objectforge.expressions.blank import fill
from objectforge.expressions.checker import Checker
from objectforge.expressions.context import NOTHING
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.functions.shapes import of_shape, shape
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.typed import RUNNING, Aggregate, Call, Const, Fraction, MeasureRef, Ref, Typed
from objectforge.expressions.walk import refs
from objectforge.values.kinds import TEXT, Kind, ValueType, number

__all__ = ["AGGREGATES", "MeasureChecker"]

AGGREGATES = frozenset({"count", "sum", "avg", "min", "max"})

_OTHER_NAMES = {
    "average": "avg", "mean": "avg", "total": "sum", "add": "sum", "minimum": "min", "least": "min", "first": "min",
    "maximum": "max", "greatest": "max", "last": "max", "number": "count", "records": "count", "rows": "count",
    "percent": "percent_of", "share": "percent_of", "running_total": "running", "cumulative": "running",
}  # fmt: skip
_COUNT = number(13, 0)
_PLACES_OF_AVERAGE = 18
_KINDS = {
    "sum": frozenset({Kind.NUMBER}),
    "avg": frozenset({Kind.NUMBER}),
    "min": frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TEXT}),
    "max": frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TEXT}),
}
_OVER_GROUPS = {"percent_of": "PERCENT_OF", "running": "RUNNING"}


class MeasureChecker(Checker):
    """Types a measure: outside an aggregate a name is another measure, inside it a field."""

    _inside = False

    def measure(self, node: syntax.Expression) -> Typed:
        """Type a whole measure; one that is nothing but an aggregate or another measure is its value as it is."""
        match node:
            case syntax.Path():
                return self._other(node)
            case syntax.Call():
                return self._aggregate(node) or self.check(node)
            case _:
                return self.check(node)

    def name(self, path: syntax.Path) -> Ref | MeasureRef:
        """A field inside an aggregate, a measure outside; the user who asks is known in both."""
        return super().name(path) if self._inside or _is_global(path) else self.context.scope.measure(path)

    def called(self, node: syntax.Call) -> Typed | None:
        """An aggregate within a larger expression: null counts as 0, a percent as its hundredth."""
        found = self._aggregate(node)
        if found is None or found.type.kind is not Kind.NUMBER:
            return found
        filled = fill(found)
        if found.type.percent:
            return Fraction(filled, number(found.type.digits + 2, found.type.scale + 2))
        return filled

    def _aggregate(self, node: syntax.Call) -> Typed | None:
        name = node.name.lower()
        if name in _OVER_GROUPS:
            return self._over_groups(node, name)
        if name not in AGGREGATES and name.upper() not in FUNCTIONS:
            return self._no_function(node, name)
        if name not in AGGREGATES or not self._means_aggregate(node, name):
            return None
        if self._inside:
            message = f"{name}(...) stands inside another aggregate"
            return self.context.report("OF328", message, node, "give it a measure of its own and name that")
        match name:
            case "sum" | "avg" | "min" | "max":
                return self._of_values(node, name)
            case _:
                return self._count(node)

    def _no_function(self, node: syntax.Call, name: str) -> Typed:
        meant = _OTHER_NAMES.get(name)
        hint = f"write {meant}(...)" if meant else suggest(name, (*AGGREGATES, *_OVER_GROUPS, *FUNCTIONS), limit=0)
        return self.context.report_at("OF320", f"unknown function '{node.name}'", node.start, node.name_end, hint)

    def _means_aggregate(self, node: syntax.Call, name: str) -> bool:
        """MIN and MAX are functions, too: of several numbers."""
        if name not in ("min", "max"):
            return True
        if self._inside or len(node.args) > 2:
            return False
        if len(node.args) == 2:
            second = node.args[1]
            if not isinstance(second, syntax.Path):
                return False
            try:
                self.context.scope.aggregate_grain(second)
            except NameProblem:
                return False
        return True

    def _count(self, node: syntax.Call) -> Typed:
        match node.args:
            case ():
                return Aggregate("count", None, None, _COUNT)
            case (syntax.Path() as path,):
                grain = self._grain(path)
                return NOTHING if grain is None else Aggregate("count", grain, grain, _COUNT)
            case _:
                message = "count takes one path to the records counted, or nothing"
                hint = "write count() for rows, count(Opportunities) for records"
                return self.context.report("OF328", message, node, hint)

    def _of_values(self, node: syntax.Call, name: Literal["sum", "avg", "min", "max"]) -> Typed:
        if not 1 <= len(node.args) <= 2:
            message = f"{name} takes an expression and, where it is in doubt, whose records count once"
            return self.context.report("OF328", message, node, f"write {name}(Amount) or {name}(Amount, Opportunities)")
        grain_node = node.args[1] if len(node.args) == 2 else None
        if grain_node is not None and not isinstance(grain_node, syntax.Path):
            return self.context.report("OF328", "the records that count once are named by a path", grain_node)
        before = len(self.context.problems)
        argument = self._inner(node.args[0])
        if len(self.context.problems) > before:
            return NOTHING
        if argument.type.kind not in _KINDS[name]:
            message = f"{name} does not go with {noun(argument.type)}"
            hint = "count(path) counts records" if name in ("sum", "avg") else None
            return self.context.report("OF328", message, node.args[0], hint)
        grain = self._grain(grain_node) if grain_node is not None else self._own_grain(node.args[0], argument)
        if grain is None:
            return NOTHING
        return Aggregate(name, argument, grain, _aggregate_type(name, argument.type))

    def _inner(self, node: syntax.Expression) -> Typed:
        """What is aggregated: a plain field as it is, nulls left out; an expression by the rules of formulas."""
        self._inside = True
        try:
            if isinstance(node, syntax.Path):
                try:
                    return self.context.scope.resolve(node)
                except NameProblem as problem:
                    return self.context.report_at(
                        problem.code, problem.message, problem.start, problem.end, problem.hint
                    )
            return self.check(node)
        finally:
            self._inside = False

    def _own_grain(self, node: syntax.Expression, argument: Typed) -> Ref | None:
        named = [ref for ref in refs(argument) if ref.node != RUNNING]
        if not named:
            self.context.report("OF328", "no field is named here, so nothing tells which records count", node,
                                "write count() for the number of rows")  # fmt: skip
            return None
        try:
            return self.context.scope.common_grain(named, node.start, node.end)
        except NameProblem as problem:
            self.context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
            return None

    def _grain(self, path: syntax.Path) -> Ref | None:
        try:
            return self.context.scope.aggregate_grain(path)
        except NameProblem as problem:
            self.context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
            return None

    def _other(self, path: syntax.Path) -> Typed:
        if _is_global(path):
            return self.check(path)
        try:
            return self.context.scope.measure(path)
        except NameProblem as problem:
            return self.context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)

    def _over_groups(self, node: syntax.Call, name: str) -> Typed:
        """percent_of(m), percent_of(m, parent) and running(m)."""
        most = 2 if name == "percent_of" else 1
        usage = "percent_of(won) or percent_of(won, parent)" if most == 2 else "running(won)"
        if not 1 <= len(node.args) <= most:
            return self.context.report("OF328", f"{name} takes one measure", node, f"write {usage}")
        if len(node.args) == 2 and str(node.args[1] if isinstance(node.args[1], syntax.Path) else "") != "parent":
            return self.context.report("OF328", "the second argument can only be 'parent'", node.args[1], usage)
        inner = node.args[0]
        if not isinstance(inner, syntax.Path | syntax.Call):
            return self.context.report("OF328", f"{name} takes one measure", inner, f"write {usage}")
        value = self.measure(inner)
        if value.type.kind is not Kind.NUMBER or not isinstance(value, MeasureRef | Aggregate):
            if value != NOTHING:
                self.context.report("OF328", f"{name} takes a measure that is a number", inner, f"write {usage}")
            return NOTHING
        if name == "running":
            return Call("RUNNING", (value,), of_shape(shape(value.type).summed()))
        whole = number(value.type.digits + 20, _PLACES_OF_AVERAGE, percent=True)
        return Call("PERCENT_OF", (value, *([Const("parent", TEXT)] if len(node.args) == 2 else [])), whole)


def _is_global(path: syntax.Path) -> bool:
    return path.parts[0].name.startswith("$")


def _aggregate_type(name: str, of: ValueType) -> ValueType:
    """The type of an aggregate over values of a type; a percent stays one."""
    match name:
        case "sum":
            size = shape(of).summed()
            return number(size.digits, size.scale, percent=of.percent)
        case "avg":
            return number(of.digits - of.scale + _PLACES_OF_AVERAGE, _PLACES_OF_AVERAGE, percent=of.percent)
        case _:
            return of
