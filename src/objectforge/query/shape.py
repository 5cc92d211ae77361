"""The rows of a statement to records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from objectforge.query.cell import Cell, values_of
from objectforge.query.record import Columns, Record

__all__ = ["Shape"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a statement become records."""

    object: str
    columns: Columns
    cells: tuple[Cell, ...]

    def record(self, row: Sequence[Any]) -> Record:
        """The record of a row."""
        return Record(self.object, self.columns, tuple(values_of(self.cells, row)))
