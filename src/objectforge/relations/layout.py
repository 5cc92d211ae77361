"""Page layouts, resolved: sections of fields, related lists."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.expressions.typed import Typed
from objectforge.metadata.leaves import Label
from objectforge.relations.view import Column, SortKey

__all__ = ["Layout", "LayoutItem", "RelatedList", "Section"]


@dataclass(frozen=True, slots=True)
class LayoutItem:
    """A field on a page; `show_if` is a formula over the record."""

    field: str
    behavior: str = "edit"  # edit | readonly | required
    show_if: Typed | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled block: columns of fields."""

    label: Label | None
    columns: tuple[tuple[LayoutItem, ...], ...]
    show_if: Typed | None = None


@dataclass(frozen=True, slots=True)
class RelatedList:
    """Child records shown on a parent's page. `where` and `columns` are rooted at the child."""

    name: str
    label: Label
    child: str
    field: str
    columns: tuple[Column, ...]
    where: Typed | None
    sort: tuple[SortKey, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A page layout of an object."""

    name: str
    object: str
    label: Label
    sections: tuple[Section, ...]
    related: tuple[RelatedList, ...]
