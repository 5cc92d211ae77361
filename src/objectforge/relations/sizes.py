"""How large the SQL of conditions and formulas is, with all that the fields in them compute, and what is too large."""

from __future__ import annotations

from collections.abc import Callable

from objectforge.expressions.problem import ExpressionProblem
from objectforge.expressions.sql.size import MOST_OF_CONDITION, MOST_OF_FORMULA, ROLLUP_SIZE, size
from objectforge.expressions.typed import RUNNING, Ref, Typed
from objectforge.relations.schema import FormulaValue, Objects, RollupValue

__all__ = ["field_sizes", "formula_size", "too_large", "too_large_formula"]


_MOST_IN_PYTHON = 100_000


def field_sizes(objects: Objects) -> Callable[[Ref], int]:
    """The size of what a reference stands for: 1 for a stored field."""

    def of_field(ref: Ref) -> int:
        owner = None if ref.node == RUNNING else objects.objects.get(ref.object)
        field = None if owner is None else owner.fields.get(ref.field)
        match None if field is None else field.computed:
            case FormulaValue(size=found):
                return found
            case RollupValue(argument=argument, where=where):
                return ROLLUP_SIZE + sum(size(each, of_field) for each in (argument, where) if each is not None)
            case None:
                return 1

    return of_field


def formula_size(objects: Objects, tree: Typed) -> int:
    """The size of a formula, with that of the formulas it names."""
    return size(tree, field_sizes(objects))


def too_large(found: int, start: int, end: int) -> ExpressionProblem | None:
    """The problem of a condition of such a size; None where it is not too large."""
    if found <= MOST_OF_CONDITION:
        return None
    message = f"what is computed here is too large: {_counted(found)}, at most {MOST_OF_CONDITION:,}"
    hint = "split it into several queries, or give many values as one list: Name IN :names"
    return ExpressionProblem("OF339", message, start, end, hint)


def too_large_formula(found: int, length: int, *, queried: bool) -> ExpressionProblem | None:
    """The problem of a formula of such a size and so many characters; None where it is not too large.

    One that has no SQL form, that is not `queried`, is computed by Python and may be larger.
    """
    most = MOST_OF_FORMULA if queried else _MOST_IN_PYTHON
    if found <= most:
        return None
    message = f"the formula is too large: {_counted(found)} with the formulas it names, at most {most:,}"
    hint = "name each formula field once, or keep what is named often in a field that is stored"
    return ExpressionProblem("OF339", message, 0, length, hint)


def _counted(found: int) -> str:
    return "a million names, values and operations" if found >= 10**6 else f"{found:,} names, values and operations"
