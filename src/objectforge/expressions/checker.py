"""Syntax tree to typed tree: one pass over the nodes that finds every problem it can.

Each level of the tree costs two calls of Python, so that the parser's limit on depth keeps this pass, too, inside
Python's own.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import assert_never

from objectforge.expressions import syntax
from objectforge.expressions.blank import fill, nullable
from objectforge.expressions.check_arithmetic import arithmetic, concat, negate
from objectforge.expressions.check_call import call
from objectforge.expressions.check_compare import FLIPPED, compare, compare_period
from objectforge.expressions.check_lists import includes, like, one_of
from objectforge.expressions.check_select import in_select
from objectforge.expressions.context import NOTHING, Context, Mode
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.gather import gathered_and, gathered_or
from objectforge.expressions.meant import meant_by
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.typed import (
    And,
    Arithmetic,
    Call,
    CompareOp,
    Const,
    Fraction,
    MeasureRef,
    Not,
    Or,
    Param,
    Ref,
    Typed,
)
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, NULL, TEXT, TIME, Kind, number
from objectforge.values.number_shape import NumberShape

__all__ = ["Checker", "truth_hint"]

_TEXT_KINDS = frozenset({Kind.TEXT, Kind.ID, Kind.MULTI, Kind.NULL, Kind.NUMBER, Kind.DATE, Kind.TIME})
_DAYS = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}


class Checker:
    """Types one expression; what it finds wrong is in `context.problems`."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def check(self, node: syntax.Expression) -> Typed:
        """Type a node and all below it."""
        match node:  # what is frequent comes first
            case syntax.Path():
                return self._path(node)
            case syntax.Binary():
                return self._binary(node)
            case syntax.Text(value=value):
                return Const(value, TEXT)
            case syntax.And() | syntax.Or():
                return self._junction(node)
            case syntax.Call():
                return self._call(node)
            case syntax.Number(value=value):
                size = NumberShape.of(value)
                return Const(value, number(size.digits, size.scale))
            case syntax.Money():
                return self._money(node)
            case syntax.Boolean(value=value):
                return Const(value, BOOLEAN)
            case syntax.Null():
                return Const(None, NULL)
            case syntax.DateLiteral(value=value):
                return Const(value, DATE)
            case syntax.DateTimeLiteral(value=value):
                return Const(value.astimezone(UTC), DATETIME)
            case syntax.TimeLiteral(value=value):
                return Const(value, TIME)
            case syntax.DateWord():
                return self._date_word(node)
            case syntax.Bind():
                return self._bind(node)
            case syntax.Unary(operand=operand):
                return negate(self.context, node, self.check(operand))
            case syntax.Not(operand=operand):
                return self._negation(self.truth(operand, self.check(operand)))
            case syntax.In() | syntax.Includes():
                return self._list(node)
            case syntax.InSelect(operand=operand):
                return in_select(self.context, node, self.check(operand), self.within)
            case syntax.Like(operand=operand, pattern=pattern):
                return like(self.context, node, self.check(operand), self.check(pattern))
            case _:
                assert_never(node)

    def name(self, path: syntax.Path) -> Ref | MeasureRef:
        """Look a path up; a measure's own names are found elsewhere."""
        return self.context.scope.resolve(path)

    def within(self, context: Context) -> Checker:
        """The checker of a query inside a condition."""
        return Checker(context)

    def called(self, node: syntax.Call) -> Typed | None:
        """Type a call that is no function, where this place has other calls: aggregates, SOQL's own functions."""
        return None

    def named(self, path: syntax.Path) -> Typed:
        """Type a path.

        Raises:
            NameProblem: it leads nowhere.
        """
        return self.reference(self.name(path))

    def amount(self, node: syntax.Money) -> Typed:
        """Type an amount in a currency that is no field's name; an org has one currency."""
        size = NumberShape.of(node.value)
        return Const(node.value, number(size.digits, size.scale))

    def _path(self, node: syntax.Path) -> Typed:
        try:
            return self.named(node)
        except NameProblem as problem:
            called = FUNCTIONS.get(str(node).upper())
            if called is not None and not called.least:
                problem.hint = f"write {called.name}()"
            return self._name_problem(problem)

    def reference(self, ref: Ref | MeasureRef) -> Typed:
        """What a field's value counts as in this mode."""
        if self.context.condition:
            # A checkbox on a missing parent is false, so that IsWon = false finds it.
            return fill(ref) if ref.type.kind is Kind.BOOLEAN else ref
        filled = fill(ref) if self.context.mode in (Mode.ZERO, Mode.RULE) or ref.type.kind is not Kind.NUMBER else ref
        if ref.type.kind is Kind.NUMBER and ref.type.percent:
            return Fraction(filled, number(ref.type.digits + 2, ref.type.scale + 2))
        return filled

    def _name_problem(self, problem: NameProblem) -> Typed:
        return self.context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)

    def field_named(self, node: syntax.DateWord) -> Typed | None:
        """The field of that name, where there is one: it comes before the date word."""
        if node.n is not None:
            return None
        part = syntax.Part(node.word, node.start, node.end)
        try:
            return self.named(syntax.Path((part,), node.start, node.end))
        except NameProblem:
            return None

    def _money(self, node: syntax.Money) -> Typed:
        """The field of that name, where there is one, or the amount."""
        part = syntax.Part(str(node), node.start, node.end)
        try:
            return self.named(syntax.Path((part,), node.start, node.end))
        except NameProblem:
            return self.amount(node)

    def _date_word(self, node: syntax.DateWord) -> Typed:
        found = self.field_named(node)
        if found is not None:
            return found
        if node.word not in _DAYS:
            message = f"{node.word} is a period of days, not one date"
            hint = f"a period is compared: CloseDate = {node.word}"
            return self.context.report("OF330", message, node, hint)
        today = Call("TODAY", (), DATE)
        days = _DAYS[node.word]
        return Arithmetic("+" if days > 0 else "-", today, Const(Decimal(1), number(1, 0)), DATE) if days else today

    def _bind(self, node: syntax.Bind) -> Param:
        try:
            return self.context.scope.bind(node)
        except NameProblem as problem:
            self._name_problem(problem)
            return Param(node.name, NULL)

    def _call(self, node: syntax.Call) -> Typed:
        found = self.called(node)
        if found is not None:
            return found
        args: list[Typed] = []
        for arg in node.args:
            args.append(self.check(arg))
        return call(self.context, node, tuple(args))

    def _binary(self, node: syntax.Binary) -> Typed:
        match node.op:
            case "=" | "!=" | "<" | "<=" | ">" | ">=":
                if isinstance(node.right, syntax.DateWord) and self.field_named(node.right) is None:
                    return compare_period(self.context, node.op, node.left, self.check(node.left), node.right)
                if isinstance(node.left, syntax.DateWord) and self.field_named(node.left) is None:
                    return compare_period(self.context, FLIPPED[node.op], node.right, self.check(node.right), node.left)
                left, right = self.check(node.left), self.check(node.right)
                if self.context.problems:
                    self._suggest(node.left, left, right)
                    self._suggest(node.right, right, left)
                return self.compared(node, node.op, left, right)
            case "&":
                left = self._joinable(node.left, self.check(node.left))
                return concat(left, self._joinable(node.right, self.check(node.right)))
            case _:
                return arithmetic(self.context, node, self.check(node.left), self.check(node.right))

    def compared(self, node: syntax.Binary, op: CompareOp, left: Typed, right: Typed) -> Typed:
        """Type a comparison of two values."""
        return compare(self.context, op, node.left, left, node.right, right)

    def _suggest(self, node: syntax.Expression, tree: Typed, other: Typed) -> None:
        """Say more of an unknown name, where what it stands beside tells what was meant."""
        if tree == NOTHING and other != NOTHING:
            hint = meant_by(node, other, self.context.scope)
            if hint is not None:
                self.context.hint_instead("OF240", node, hint)

    def _joinable(self, node: syntax.Expression, tree: Typed) -> Typed:
        """A value to be joined to a text; numbers, dates and times are written as TEXT writes them."""
        if tree.type.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.DATETIME):
            return Call("TEXT", (tree,), TEXT)
        if tree.type.kind in _TEXT_KINDS:
            return tree
        hint = "write IF(x, 'yes', 'no') for a checkbox" if tree.type.kind is Kind.BOOLEAN else None
        return self.context.report("OF324", f"& joins texts, not {noun(tree.type)}", node, hint)

    def _junction(self, node: syntax.And | syntax.Or) -> Typed:
        items: list[Typed] = []
        for item in node.items:
            items.append(fill(self.truth(item, self.check(item))))
        if len(items) == 1:
            return items[0]
        conjunction = isinstance(node, syntax.And)
        first, *others = gathered_and(items) if conjunction else gathered_or(items)
        if not others:
            return first
        return And((first, *others)) if conjunction else Or((first, *others))

    def truth(self, node: syntax.Expression, tree: Typed) -> Typed:
        """A tree as a truth: one that is never null, in a condition."""
        if tree.type.kind is Kind.NULL:
            return Const(False if self.context.condition else None, BOOLEAN)
        if tree.type.kind is not Kind.BOOLEAN:
            self.context.report(
                "OF325", f"a condition is expected, not {noun(tree.type)}", node, truth_hint(node, tree)
            )
            return Const(False, BOOLEAN)
        return fill(tree) if self.context.condition else tree

    def _negation(self, truth: Typed) -> Typed:
        return Call("NOT", (truth,), BOOLEAN) if nullable(truth) else Not(truth)

    def _list(self, node: syntax.In | syntax.Includes) -> Typed:
        operand = self.check(node.operand)
        items: list[tuple[syntax.Expression, Typed]] = []
        for item in node.items:
            word = isinstance(item, syntax.DateWord) and self.field_named(item) is None
            items.append((item, NOTHING if word else self.check(item)))
            self._suggest(item, items[-1][1], operand)
        typing = one_of if isinstance(node, syntax.In) else includes
        test = typing(self.context, (node.operand, operand), tuple(items))
        return Not(test) if node.negated and test != NOTHING else test


def truth_hint(node: syntax.Expression, tree: Typed) -> str | None:
    """What to type to make a condition of something else."""
    if isinstance(node, syntax.Path):
        example = {Kind.NUMBER: "> 0", Kind.DATE: "= TODAY", Kind.DATETIME: "= TODAY"}.get(tree.type.kind, "!= null")
        return f"compare it: {node} {example}"
    return "compare it with something: =, !=, <, >"
