"""The public formulas computed by `objectforge.evaluate`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from formula_rows import NOW, Blanks, FormulaRow, agrees

from objectforge import evaluate
from objectforge.errors.exceptions import QueryError
from objectforge.expressions.functions.function import EvaluationError

__all__ = ["passes_in_python"]


def passes_in_python(row: FormulaRow, blanks: Blanks) -> bool:
    """Whether the row's formula gives what it should, or is refused where it should be."""
    failed, values = False, dict(row.values)
    try:
        for name, (kind, formula) in row.formulas.items():
            try:
                values[name] = _computed(row, formula, values, blanks, percent=kind == "Percent")
            except EvaluationError:
                failed, values[name] = True, None
        got = _computed(row, row.expression, values, blanks, percent=row.percent)
    except (QueryError, EvaluationError):
        return row.expected[blanks][1] == "error"
    return (failed and row.expected[blanks][1] == "error") or agrees(got, row, blanks)


def _computed(row: FormulaRow, formula: str, values: dict[str, Any], blanks: Blanks, *, percent: bool) -> Any:
    got = evaluate(formula, values, fields=row.types, blanks=blanks, now=NOW, strict=True)
    return got * 100 if percent and isinstance(got, Decimal) else got
