"""The FROM clause under construction: a table per join node, a LEFT JOIN per parent path that a reference walks."""

from __future__ import annotations

from itertools import count

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Ref, Step, Typed
from objectforge.expressions.walk import rebase
from objectforge.query.child_rows import ChildRows
from objectforge.relations.schema import FormulaValue, RollupValue, Schema
from objectforge.storage.tables import Tables

__all__ = ["MAX_TABLES", "Joins", "TooManyTables"]

MAX_TABLES = 60
"""Tables one FROM may join; SQLite stops at 64."""


class TooManyTables(Exception):
    """The query walks more relationships than an engine joins; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class Joins:
    """Tables under their aliases, joined as references ask for them. Use once per FROM.

    `base` begins, `add` brings in a node of the query's tree; `column` gives a reference's column and joins the
    parents on its way. A subquery's joins are made with the `outside` they stand in, so that aliases stay apart.
    """

    def __init__(self, schema: Schema, tables: Tables, outside: Joins | None = None) -> None:
        self._schema, self._tables = schema, tables
        self._aliases: dict[tuple[str, tuple[Step, ...]], sa.FromClause] = {}
        self._objects: dict[str, str] = {}
        self._from: sa.FromClause | None = None
        self._numbers = outside._numbers if outside else count(1)

    @property
    def clause(self) -> sa.FromClause:
        """The FROM clause so far."""
        assert self._from is not None, "a query has a base"
        return self._from

    def base(self, object_name: str, node: str = "") -> sa.FromClause:
        """Begin with a table."""
        self._from = self.add(node, object_name)
        return self._from

    def add(self, node: str, object_name: str) -> sa.FromClause:
        """An alias for a node of the join tree, to be joined by `join`."""
        alias = self._alias(object_name)
        self._aliases[node, ()] = alias
        self._objects[node] = object_name
        return alias

    def join(self, alias: sa.FromClause, condition: Element, *, outer: bool) -> None:
        """Join an alias to what is there."""
        self._from = sa.join(self.clause, alias, condition, isouter=outer)

    def alias(self, node: str, steps: tuple[Step, ...] = ()) -> sa.FromClause:
        """The table of a node, or of a parent reached from it upwards."""
        if (node, steps) not in self._aliases:
            *before, last = steps
            child = self.alias(node, tuple(before))
            object_name = before[-1].to if before else self._objects[node]
            parent = self._alias(last.to)
            self._aliases[node, steps] = parent
            link = child.c[self._tables.column_name(object_name, last.field)]
            self.join(parent, link == parent.c[self._tables.column_name(last.to, "Id")], outer=True)
        return self._aliases[node, steps]

    def column(self, ref: Ref) -> Element:
        """The stored column of a reference."""
        return self.alias(ref.node, ref.steps).c[self._tables.column_name(ref.object, ref.field)]

    def formula(self, ref: Ref) -> Typed | None:
        """What stands for a reference to a formula field."""
        computed = self._schema.objects[ref.object].fields[ref.field].computed
        return rebase(computed.value, ref.node, ref.steps) if isinstance(computed, FormulaValue) else None

    def rollup(self, ref: Ref) -> ChildRows | None:
        """The children that a reference to a roll-up field is about, in a FROM clause of their own."""
        computed = self._schema.objects[ref.object].fields[ref.field].computed
        if not isinstance(computed, RollupValue):
            return None
        parent, inner = self.alias(ref.node, ref.steps), Joins(self._schema, self._tables, self)
        child = inner.base(computed.children.child)
        return ChildRows(
            rollup=computed,
            columns=inner,
            parent=parent,
            key=parent.c[self._tables.column_name(ref.object, "Id")],
            link=child.c[self._tables.column_name(computed.children.child, computed.children.field)],
            certain=not ref.steps and not ref.node,
        )

    def _alias(self, object_name: str) -> sa.FromClause:
        if len(self._aliases) >= MAX_TABLES:
            raise TooManyTables(MAX_TABLES)
        return self._tables.table(object_name).alias(f"t{next(self._numbers)}")
