"""A roll-up field of a record in a statement to a subquery over its living children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Typed
from objectforge.relations.schema import RollupValue
from objectforge.storage.living import living

if TYPE_CHECKING:
    from objectforge.query.joins import Joins

__all__ = ["ChildRows"]


@dataclass(frozen=True)
class ChildRows:
    """What a roll-up is computed over: the children whose `link` is `key`, the id of a record of the statement around.

    `columns` is the FROM clause of the subquery, which grows with what the roll-up names. Where the record itself may
    be missing, as behind a lookup, `certain` is False: then a count of its children is null, not 0.
    """

    rollup: RollupValue
    columns: Joins
    parent: sa.FromClause
    key: Element
    link: Element
    certain: bool

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

    def select(self, value: Element, where: Element | None) -> Element:
        """The aggregate's value over the children."""
        wanted = [self.link == self.key, living(self.columns.alias("")), *(() if where is None else (where,))]
        select = sa.select(value).select_from(self.columns.clause).where(*wanted)
        found = select.correlate(self.parent).scalar_subquery()
        return found if self.certain or self.function != "count" else sa.case((self.key.is_not(None), found))
