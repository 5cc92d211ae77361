"""One column that changes its type: where it is, what it held and what it shall hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from objectforge.metadata.fields.base import FieldType
from objectforge.storage.ddl import Key
from objectforge.values.kinds import Kind
from objectforge.values.storage_types import Flag, RecordId

__all__ = ["ColumnChange", "ExactCases", "Progress", "Remembered", "remembering"]

Progress = Callable[[int, int], None]
"""Told after each part how many records are done, of how many."""
ExactCases = tuple[tuple[sa.ColumnElement[bool], sa.ColumnElement[Any]], ...]
"""Conditions on an old value, each with what SQL makes of the value where it is true."""


@dataclass(frozen=True)
class ColumnChange:
    """The change of one column.

    `parents` are the tables of the objects that the conversion names as `parents`, by the objects' numbers.
    """

    table: str
    column: str
    before: FieldType
    after: FieldType
    key_before: Key | None = None
    key_after: Key | None = None
    parents: Mapping[int, sa.Table] = field(default_factory=dict[int, sa.Table])

    @cached_property
    def old(self) -> sa.Table:
        """What there is of the table, as far as the change is concerned."""
        return sa.Table(
            self.table,
            sa.MetaData(),
            sa.Column("id", RecordId(), primary_key=True),
            sa.Column(self.column, self.before.column_type()),
            sa.Column("is_deleted", Flag()),
        )

    @property
    def source(self) -> sa.Column[Any]:
        """The column as it is."""
        return self.old.c[self.column]

    def with_scratch(self, column: sa.Column[Any]) -> sa.Table:
        """The table with the column that is made."""
        columns = [sa.Column(each.name, each.type, primary_key=each.primary_key) for each in self.old.columns]
        return sa.Table(self.table, sa.MetaData(), *columns, column)

    @property
    def scratch(self) -> str:
        """The name of the column while it is made; no field's column begins so."""
        return f"of_new_{self.column}"


class Remembered(dict[Any, Any]):
    """The latest results of a function of one value: what is not known yet is computed when it is asked for.

    A dictionary, because its `__getitem__` can be called a hundred thousand times without running any Python.
    """

    _MOST = 50_000

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, value: Any) -> Any:
        """Compute one; what the function raises is not remembered."""
        if len(self) >= self._MOST:
            self.clear()
        result = self[value] = self._function(value)
        return result


def remembering(change: ColumnChange, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function over the column's old values, remembering; but for JSON, where 1, 1.0 and true are equal."""
    return function if change.before.value_type().kind is Kind.JSON else Remembered(function).__getitem__
