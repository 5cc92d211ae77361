"""`x IN (SELECT ...)` typed: the values that a field has in other records."""

from __future__ import annotations

from typing import Protocol

from objectforge.expressions import syntax
from objectforge.expressions.blank import unfill
from objectforge.expressions.check_compare import is_exact
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import noun
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.typed import InSelect, Not, Ref, Selected, Typed
from objectforge.values.kinds import Kind

__all__ = ["in_select"]

_ELSEWHERE = "ask in the `where` of a list view, a report or a related list"
_HINT = "compare ids with ids: Id IN (SELECT AccountId FROM Contact)"
_NO_VALUE = frozenset({Kind.COMPOUND, Kind.JSON, Kind.NULL})


class _Checker(Protocol):
    """The checker of the conditions inside."""

    def check(self, node: syntax.Expression) -> Typed: ...
    def truth(self, node: syntax.Expression, tree: Typed) -> Typed: ...


class _NewChecker(Protocol):
    def __call__(self, context: Context, /) -> _Checker: ...


def in_select(context: Context, node: syntax.InSelect, operand: Typed, checker: _NewChecker) -> Typed:
    """Type `operand IN (SELECT column FROM object WHERE ...)`, or its negation."""
    select = node.select
    if not context.condition:
        return context.report("OF932", "IN (SELECT ...) stands in conditions, not in formulas", node, _ELSEWHERE)
    try:
        owner, scope = context.scope.records(select.object, select.alias)
    except NameProblem as problem:
        return context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
    inside = checker(Context(scope, context.mode, context.problems))
    column = unfill(inside.check(select.column))
    where = None if select.where is None else inside.truth(select.where, inside.check(select.where))
    operand = unfill(operand)
    if NOTHING in (operand, column) or where == NOTHING or not isinstance(column, Ref):
        if isinstance(column, Ref) or column == NOTHING:
            return NOTHING
        message = "one field is compared, not a value made of several"
        return context.report("OF931", message, select.column, _HINT)
    if not _comparable(operand, column):
        message = f"{noun(operand.type)} is never one of these values: '{select.column}' is {noun(column.type)}"
        return context.report("OF323", message, select.column, _HINT)
    test = InSelect(operand, Selected(owner, column, where), is_exact(context, operand, column))
    return Not(test) if node.negated else test


def _comparable(operand: Typed, column: Ref) -> bool:
    """Whether one may be a value of the other: of a kind, or an id and a text that may be one; a name is none."""
    kinds = {operand.type.kind, column.type.kind}
    if len(kinds) == 1:
        return column.type.kind not in _NO_VALUE
    text = column if column.type.kind is Kind.TEXT else operand
    name = isinstance(text, Ref) and text.field == "Name"
    return kinds == {Kind.ID, Kind.TEXT} and not text.type.order and not name
