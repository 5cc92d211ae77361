"""Text to a typed tree: every place of the metadata that holds an expression comes in by one of these doors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from objectforge.expressions import syntax
from objectforge.expressions.blank import fill, unfill
from objectforge.expressions.check_measure import MeasureChecker
from objectforge.expressions.checker import Checker, truth_hint
from objectforge.expressions.context import NOTHING, Context, Mode
from objectforge.expressions.describe import mismatch_hint, noun
from objectforge.expressions.parser import parse
from objectforge.expressions.problem import ExpressionError, ExpressionProblem
from objectforge.expressions.scope import NameProblem, Scope
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.expressions.typed import RUNNING, Arithmetic, Call, Const, Fraction, Ref, Typed
from objectforge.values.kinds import BOOLEAN, TEXT, Kind, ValueType, number
from objectforge.values.text import storable

__all__ = [
    "check_condition",
    "check_condition_tree",
    "check_formula",
    "check_measure",
    "check_path",
]

_TEXTS = frozenset({Kind.TEXT, Kind.ID, Kind.MULTI})
_HUNDRED = Const(Decimal(100), number(3, 0))


def check_condition(text: str, scope: Scope) -> Typed:
    """Type a condition: two-valued, never null.

    Raises:
        ExpressionError: with everything that is wrong with it.
    """
    return check_condition_tree(_read(text), scope)


def check_condition_tree(tree: syntax.Expression, scope: Scope) -> Typed:
    """Type a condition that is parsed already, part of a SOQL query for example.

    Raises:
        ExpressionError: with everything that is wrong with it.
    """
    context = Context(scope, Mode.CONDITION)
    typed = Checker(context).check(tree)
    if typed.type.kind not in (Kind.BOOLEAN, Kind.NULL):
        context.report("OF325", f"a condition is expected, not {noun(typed.type)}", tree, truth_hint(tree, typed))
    elif typed.type.kind is Kind.NULL:
        typed = Const(False, BOOLEAN)
    return _settled(context, fill(typed))


def check_formula(
    text: str,
    scope: Scope,
    *,
    returns: ValueType | None = None,
    blanks: Literal["zero", "null", "rule"] = "zero",
) -> Typed:
    """Type a formula; with `returns`, as a value of that type.

    A number may be of any size (it is rounded where it is stored or shown), a percent is multiplied by 100, a text
    may become a picklist's value, and an empty text is null. A formula that returns a checkbox may be null, which
    counts as false. For `blanks` see `Mode`.

    Raises:
        ExpressionError: with everything that is wrong with it.
    """
    tree = _read(text)
    context = Context(scope, Mode(blanks))
    typed = Checker(context).check(tree)
    if returns is not None and typed != NOTHING:
        typed = _returned(context, tree, typed, returns)
    return _settled(context, _without_blank(typed))


def check_measure(text: str, scope: Scope) -> Typed:
    """Type a measure of a report, or the value of a roll-up: a formula over aggregates and other measures.

    Raises:
        ExpressionError: with everything that is wrong with it.
    """
    tree = _read(text)
    context = Context(scope, Mode.ZERO)
    return _settled(context, MeasureChecker(context).measure(tree))


def check_path(text: str, scope: Scope) -> Ref:
    """Look up a plain path, as `sort:` and `columns:` have them.

    Raises:
        ExpressionError: it is no path, or leads nowhere.
    """
    tree = _read(text)
    if isinstance(tree, syntax.DateWord) and tree.n is None:
        tree = syntax.Path((syntax.Part(text.strip(), tree.start, tree.end),), tree.start, tree.end)
    context = Context(scope, Mode.CONDITION)
    if not isinstance(tree, syntax.Path):
        context.report("OF334", "a field or a path to one is expected here", tree, "write Name or Account.Name")
        raise ExpressionError(tuple(context.problems))
    try:
        found = scope.resolve(tree)
    except NameProblem as problem:
        context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
        raise ExpressionError(tuple(context.problems)) from problem
    if isinstance(found, Ref) and found.node == RUNNING:
        context.report(
            "OF334", f"'{tree}' is not a field of the records", tree, "name one of theirs, such as Owner.Name"
        )
        raise ExpressionError(tuple(context.problems))
    if not isinstance(found, Ref):
        context.report("OF334", f"'{tree}' is a measure, not a field", tree)
        raise ExpressionError(tuple(context.problems))
    return found


def _read(text: str) -> syntax.Expression:
    if not storable(text):
        message = "the expression holds a character that no text can have (NUL, or half of a surrogate pair)"
        raise ExpressionError((ExpressionProblem("OF302", message, 0, len(text), "take it out"),))
    try:
        return parse(text)
    except ExpressionSyntaxError as error:
        problem = ExpressionProblem(error.code, error.message, error.start, error.end, error.hint)
        raise ExpressionError((problem,)) from error


def _settled(context: Context, typed: Typed) -> Typed:
    if context.problems:
        raise ExpressionError(tuple(sorted(context.problems, key=lambda problem: (problem.start, problem.end))))
    return typed


def _returned(context: Context, node: syntax.Expression, tree: Typed, returns: ValueType) -> Typed:
    """The tree as a value of the declared type."""
    given, wanted = tree.type.kind, returns.kind
    if given is Kind.NULL and isinstance(tree, Const):
        return replace(tree, type=returns)
    if given is Kind.NUMBER and wanted is Kind.NUMBER:
        if not returns.percent:
            return tree
        if isinstance(tree, Fraction):
            return tree.operand
        return Arithmetic("*", tree, _HUNDRED, number(tree.type.digits + 2, tree.type.scale, percent=True))
    if given is wanted or (given in _TEXTS and wanted in _TEXTS):
        return tree
    wished = Const(None, returns)
    message = f"the formula gives {noun(tree.type)}, but {noun(replace(returns, order=()))} is declared"
    hint = _return_hint(given, wanted) or mismatch_hint(wished, tree, node)
    return context.report("OF326", message, node, hint)


def _return_hint(given: Kind, wanted: Kind) -> str | None:
    match given, wanted:
        case (Kind.NUMBER | Kind.DATE | Kind.DATETIME | Kind.TIME, Kind.TEXT):
            return "write TEXT(...) around it"
        case (Kind.BOOLEAN, _):
            return "write IF(condition, value, otherwise), or declare a checkbox"
        case _:
            return None


def _without_blank(tree: Typed) -> Typed:
    """An empty text is null where it leaves the formula."""
    if tree.type.kind not in (Kind.TEXT, Kind.MULTI):
        return tree
    inner = unfill(tree)
    if isinstance(inner, Ref | Const):
        return replace(inner, value=None) if isinstance(inner, Const) and inner.value == "" else inner
    return Call("NULL_IF_BLANK", (tree,), replace(tree.type, order=()) if tree.type.order else TEXT)
