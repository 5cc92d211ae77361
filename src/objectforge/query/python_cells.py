"""A value that SQL cannot compute to a cell: the values that it reads are selected, Python does the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.columns import Columns
from objectforge.expressions.typed import RUNNING, Ref, Typed
from objectforge.expressions.walk import refs
from objectforge.query.cell import Cell, values_of
from objectforge.query.context import Context

__all__ = ["python_cell"]


def python_cell(
    tree: Typed, context: Context, columns: Columns, cell_of: Callable[[Ref], Cell], finish: Callable[[Any], Any]
) -> Cell:
    """The cell of an expression.

    Args:
        tree: The expression.
        context: Where it runs.
        columns: Know the formulas of fields.
        cell_of: Makes the cells of the fields that it reads.
        finish: Gets each value that is not null.
    """
    moment = Moment(context.moment.now, context.moment.calendar)  # a statement that looks at the clock is not kept

    def formula(ref: Ref) -> Typed | None:
        """What stands for a field that has no SQL form itself."""
        if ref.node == RUNNING or context.schema.objects[ref.object].fields[ref.field].only_python is None:
            return None
        return columns.formula(ref)

    leaves = {ref: cell_of(ref) for ref in dict.fromkeys(_leaves(tree, formula))}

    def value(values: Sequence[Any]) -> Any:
        found = dict(zip(leaves, values_of(leaves.values(), values), strict=True))

        def of(ref: Ref) -> Value:
            if ref.node == RUNNING:
                return context.running(ref)
            inner = None if ref in found else formula(ref)
            return found[ref] if inner is None else evaluate(inner, of, moment=moment)

        computed = evaluate(tree, of, moment=moment)
        return None if computed is None else finish(computed)

    elements = tuple(element for cell in leaves.values() for element in cell.elements)
    return Cell(elements or (sa.literal(1, sa.Integer()),), value)  # an engine wants a column


def _leaves(tree: Typed, formula: Callable[[Ref], Typed | None]) -> Iterator[Ref]:
    for ref in refs(tree):
        inner = formula(ref)
        if inner is not None:
            yield from _leaves(inner, formula)
        elif ref.node != RUNNING:
            yield ref
