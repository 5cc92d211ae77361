"""List views, resolved: which columns of which object, under which condition, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from objectforge.expressions.typed import Ref, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.leaves import Label

__all__ = ["Column", "Kanban", "ListView", "SortKey"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result: its key in rows (the path in declared spelling), its heading, the field it shows."""

    key: str
    label: Label
    ref: Ref
    type: FieldType


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order: ascending puts nulls first, descending last."""

    ref: Ref
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Kanban:
    """A board: a column per value of the picklist `by`, the aggregate `value` (a measure formula) over each."""

    by: Ref
    value: Typed | None
    cards: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list view, resolved. `params` are the binds it takes; `defaults` their values where they have one."""

    name: str
    object: str
    label: Label
    columns: tuple[Column, ...]
    params: Mapping[str, FieldType]
    defaults: Mapping[str, Typed]
    where: Typed | None
    sort: tuple[SortKey, ...]
    kanban: Kanban | None = None
