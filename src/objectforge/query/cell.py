"""A column of a result: what is selected for it, and how that becomes its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from objectforge.expressions.sql.engine.elements import Element

__all__ = ["Cell"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The elements a column selects, and the function from their values to the column's value."""

    elements: tuple[Element, ...]
    value: Callable[[Sequence[Any]], Any]
