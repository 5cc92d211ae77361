"""A column of a result: what is selected for it, and how that becomes its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from objectforge.expressions.sql.engine.elements import Element

__all__ = ["Cell", "values_of"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The elements a column selects, and the function from their values to the column's value."""

    elements: tuple[Element, ...]
    value: Callable[[Sequence[Any]], Any]


def values_of(cells: Iterable[Cell], row: Sequence[Any]) -> Iterator[Any]:
    """The values that columns have in a row, where their elements stand one after the other."""
    at = 0
    for cell in cells:
        end = at + len(cell.elements)
        yield cell.value(row[at:end])
        at = end
