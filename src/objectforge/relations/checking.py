"""Texts of the metadata to typed trees: the checker asked, and what it finds wrong put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, Protocol, TypeVar

from objectforge.expressions.check import check_condition, check_formula, check_measure, check_path
from objectforge.expressions.functions.logic import OF_A_SAVE
from objectforge.expressions.parser import parse
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.scope import Scope
from objectforge.expressions.syntax import Call
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.expressions.typed import Aggregate, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings
from objectforge.relations.listening import Listener
from objectforge.relations.schema import Objects
from objectforge.relations.sizes import formula_size, too_large
from objectforge.relations.sql_forms import HINT, lacking, place_of
from objectforge.relations.syntax_walk import inside
from objectforge.relations.value_checks import advise_values
from objectforge.values.kinds import ValueType

__all__ = ["Blanks", "Names", "condition", "formula", "measure", "path"]

Blanks = Literal["zero", "null", "rule"]
_T = TypeVar("_T")


class Names(Scope, Protocol):
    """The names an expression can use, and the objects they are of."""

    @property
    def objects(self) -> Objects:
        """The objects."""
        ...


def condition(text: str, scope: Names, at: Path, findings: Findings, *, asked: bool = True) -> Typed | None:
    """A condition; None when it is wrong. `asked` says that queries ask it, not only Python."""
    if _of_a_save(text, at, findings):
        return None
    tree = _checked(lambda names: check_condition(text, names), text, scope, at, findings)
    if tree is None or (asked and not _has_sql(scope.objects, (tree,), text, at, findings)):
        return None
    problem = too_large(formula_size(scope.objects, tree), 0, len(text)) if asked else None
    if problem is not None:
        findings.add_problems([problem], at)
        return None
    return tree


def formula(
    text: str,
    scope: Names,
    at: Path,
    findings: Findings,
    *,
    returns: ValueType | None = None,
    blanks: Blanks = "zero",
    shift: int = 0,
    saving: bool = False,
) -> Typed | None:
    """A formula that begins `shift` characters into the text at its place; None when it is wrong.

    `saving` says that it judges a record being saved, and so may ask for what that had before.
    """
    if not saving and _of_a_save(text, at, findings, shift):
        return None
    return _checked(
        lambda names: check_formula(text, names, returns=returns, blanks=blanks), text, scope, at, findings, shift
    )


def measure(text: str, scope: Names, at: Path, findings: Findings) -> Typed | None:
    """A measure; None when it is wrong. What it does with its aggregates Python computes."""
    if _of_a_save(text, at, findings):
        return None
    tree = _checked(lambda names: check_measure(text, names), text, scope, at, findings)
    if tree is None:
        return None
    found = [node.argument for node in walk(tree) if isinstance(node, Aggregate) and node.argument is not None]
    if not _has_sql(scope.objects, found, text, at, findings):
        return None
    problem = too_large(sum(formula_size(scope.objects, each) for each in found), 0, len(text))
    if problem is not None:
        findings.add_problems([problem], at)
        return None
    return tree


def path(text: str, scope: Names, at: Path, findings: Findings, *, shift: int = 0) -> Ref | None:
    """The field that a path leads to; None when it leads nowhere."""
    return _checked(lambda names: check_path(text, names), text, scope, at, findings, shift)


def _has_sql(objects: Objects, trees: Iterable[Typed], text: str, at: Path, findings: Findings) -> bool:
    """Whether queries can compute these parts of an expression; reported when not."""
    found = next((each for tree in trees if (each := lacking(objects, tree)) is not None), None)
    if found is not None:
        start, end = place_of(inside(parse(text)), found) or (0, len(text))
        findings.add_within("OF805", found.message, at, start, end, HINT)
    return found is None


def _of_a_save(text: str, at: Path, findings: Findings, shift: int = 0) -> bool:
    """Report what looks at a record being saved where there is none."""
    if not any(name in text.upper() for name in OF_A_SAVE):
        return False
    try:
        calls = [node for node in inside(parse(text)) if isinstance(node, Call) and node.name.upper() in OF_A_SAVE]
    except ExpressionSyntaxError:
        return False
    for each in calls:
        message = f"{each.name.upper()} looks at a record that is being saved, and nothing is saved here"
        findings.add_within("OF246", message, at, each.start + shift, each.end + shift, "it stands in validations")
    return bool(calls)


def _checked(
    check: Callable[[Scope], _T], text: str, scope: Names, at: Path, findings: Findings, shift: int = 0
) -> _T | None:
    listener = Listener(scope) if findings.mentions is not None or findings.advising else None
    try:
        found = check(listener or scope)
    except ExpressionError as error:
        findings.add_problems(error.problems, at, shift)
        return None
    if listener is not None and findings.mentions is not None:
        for each in listener.heard(text):
            findings.mention(each.meaning, at, each.start + shift, each.end + shift)
    if listener is not None and findings.advising:
        advise_values(scope.objects, listener.values(text), at, shift, findings)
    return found
