"""What a compiler asks of the statement it compiles for: its columns, the children of its records, other records."""

from __future__ import annotations

from typing import Literal, Protocol

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.sql.engine.elements import Element

__all__ = ["Children", "Columns", "Others"]


class Columns(Protocol):
    """Where a compiler finds the columns that references mean."""

    def column(self, ref: t.Ref) -> Element:
        """The stored column of a reference, joined in if need be."""
        ...

    def formula(self, ref: t.Ref) -> t.Typed | None:
        """What stands for a reference to a formula field, its own references rooted where that one is."""
        ...

    def parts(self, ref: t.Ref) -> tuple[t.Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        ...

    def rollup(self, ref: t.Ref) -> Children | None:
        """The children over which a roll-up field is computed."""
        ...

    def records(self, object_name: str) -> Others:
        """The living records of an object, in a query inside the statement."""
        ...


class Children(Protocol):
    """The children of one record in a statement, and what is computed over them; both trees are rooted at the child."""

    @property
    def known(self) -> Element | None:
        """The value, where the statement has it already."""
        ...

    @property
    def function(self) -> Literal["count", "sum", "min", "max", "avg"]:
        """The aggregate."""
        ...

    @property
    def argument(self) -> t.Typed | None:
        """What it is over; None where whole records are counted."""
        ...

    @property
    def where(self) -> t.Typed | None:
        """Which children take part; None for all that are living."""
        ...

    @property
    def columns(self) -> Columns:
        """Where the children's columns are."""
        ...

    def select(self, value: Element, where: Element | None) -> Element:
        """The aggregate's value over the children, once its parts are compiled from `columns`."""
        ...


class Others(Protocol):
    """The living records of an object, apart from those of the statement."""

    @property
    def columns(self) -> Columns:
        """Where their columns are."""
        ...

    def select(self, value: Element, where: Element | None) -> sa.Select[tuple[object]]:
        """The values that they have, nulls left out; once its parts are compiled from `columns`."""
        ...
