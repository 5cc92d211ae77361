"""A roll-up of the records of a statement to SQL: a subquery for each record, or one table of all that is joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import sqlalchemy as sa

from objectforge.expressions.sql.columns import Columns
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Step, Typed
from objectforge.relations.schema import RollupValue
from objectforge.storage.living import living

__all__ = ["ChildRows", "Clause", "GatheredRows", "Place"]

Place = tuple[str, tuple[Step, ...], str]
"""Where a roll-up stands in a FROM clause: the node, the steps up from it, the field."""


class Clause(Columns, Protocol):
    """A FROM clause that grows: that of the children, or that of the records they belong to."""

    @property
    def clause(self) -> sa.FromClause:
        """The clause so far."""
        ...

    @property
    def of_every_row(self) -> Columns:
        """Its columns, for what is asked of every row."""
        ...

    def alias(self, node: str) -> sa.FromClause:
        """The table of a node."""
        ...

    def gather(self, select: sa.Select[Any, Any], key: Element) -> Element:
        """Join a table of a `value` for each `parent` where that is `key`; the value of the row at hand."""
        ...

    def keep(self, place: Place, value: Element) -> None:
        """Let a roll-up's value stand for all further references to it."""
        ...


@dataclass(frozen=True)
class ChildRows:
    """The children of one record: a scalar subquery over those whose `link` is `key`, the record's id.

    `inside` is the FROM clause of the subquery, which grows with what the roll-up names. Where the record itself may be
    missing, as behind a lookup, `certain` is False: then a count of its children is null, not 0.
    """

    rollup: RollupValue
    inside: Clause
    parent: sa.FromClause
    key: Element
    link: Element
    certain: bool
    known: Element | None = None

    @property
    def function(self) -> Literal["count", "sum", "min", "max", "avg"]:
        """The aggregate."""
        return self.rollup.function

    @property
    def argument(self) -> Typed | None:
        """What it is over, rooted at the child."""
        return self.rollup.argument

    @property
    def where(self) -> Typed | None:
        """Which children take part, rooted at the child."""
        return self.rollup.where

    @property
    def columns(self) -> Columns:
        """The children's columns: their own roll-ups are subqueries too."""
        return self.inside

    def select(self, value: Element, where: Element | None) -> Element:
        """The aggregate's value over the children."""
        select = sa.select(value).select_from(self.inside.clause).where(self.link == self.key, *self._wanted(where))
        return self._of_certain(select.correlate(self.parent).scalar_subquery())

    def _wanted(self, where: Element | None) -> list[Element]:
        return [living(self.inside.alias("")), *(() if where is None else (where,))]

    def _of_certain(self, found: Element) -> Element:
        return found if self.certain or self.function != "count" else sa.case((self.key.is_not(None), found))


@dataclass(frozen=True)
class GatheredRows(ChildRows):
    """The children of all records at once: a table grouped by `link`, joined to what stands `outside`."""

    outside: Clause | None = None
    place: Place | None = None

    @property
    def columns(self) -> Columns:
        """The children's columns: their own roll-ups are gathered too."""
        return self.inside.of_every_row

    def select(self, value: Element, where: Element | None) -> Element:
        """The aggregate's value for the record at hand, out of the joined table."""
        assert self.outside is not None, "gathered for a FROM clause"
        assert self.place is not None, "gathered for a place in it"
        select = sa.select(self.link.label("parent"), value.label("value")).select_from(self.inside.clause)
        select = select.where(self.link.is_not(None), *self._wanted(where)).group_by(self.link)
        found = self.outside.gather(select, self.key)
        if self.function == "count":
            found = self._of_certain(sa.func.coalesce(found, sa.literal(0, value.type)))
        self.outside.keep(self.place, found)
        return found
