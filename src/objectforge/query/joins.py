"""The FROM clause under construction: a table per join node, a LEFT JOIN per parent path that a reference walks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Ref, Step, Typed
from objectforge.expressions.walk import rebase
from objectforge.query.child_rows import ChildRows, GatheredRows, Place
from objectforge.query.present import where_present
from objectforge.relations.schema import FormulaValue, RollupValue, Schema
from objectforge.storage.living import living
from objectforge.storage.tables import Tables

__all__ = ["MAX_SUBQUERIES", "MAX_TABLES", "Joins", "OfEveryRow", "OtherRecords", "TooManyTables"]

MAX_TABLES = 60
"""Tables one FROM may join; SQLite stops at 64."""
MAX_SUBQUERIES = 500
"""Tables a whole statement may name: what roll-ups of roll-ups multiply to must not take an engine's breath away."""


class TooManyTables(Exception):
    """The query walks more relationships than an engine joins; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class Joins:
    """Tables under their aliases, joined as references ask for them. Use once per FROM.

    `base` begins, `add` brings in a node of the query's tree; `column` gives a reference's column and joins the
    parents on its way. A subquery's joins are made with the `outside` they stand in, so that aliases stay apart.

    The roll-ups of what is shown of a few rows are subqueries. What is asked `of_every_row` has one joined table for
    each: it costs about as much as a subquery for all rows, but is there once however often it is named.
    """

    def __init__(self, schema: Schema, tables: Tables, outside: Joins | None = None) -> None:
        self._schema, self._tables = schema, tables
        self._aliases: dict[tuple[str, tuple[Step, ...]], sa.FromClause] = {}
        self._gathered: dict[Place, Element] = {}
        self._objects: dict[str, str] = {}
        self._outer: set[str] = set()
        self._from: sa.FromClause | None = None
        self._numbers = outside._numbers if outside else count(1)

    @property
    def clause(self) -> sa.FromClause:
        """The FROM clause so far."""
        assert self._from is not None, "a query has a base"
        return self._from

    @property
    def of_every_row(self) -> OfEveryRow:
        """The same FROM clause, for what is asked of every row: conditions, orders, groups, sums."""
        return OfEveryRow(self)

    def base(self, object_name: str, node: str = "") -> sa.FromClause:
        """Begin with a table."""
        self._from = self.add(node, object_name)
        return self._from

    def add(self, node: str, object_name: str, *, outer: bool = False) -> sa.FromClause:
        """An alias for a node of the join tree, to be joined by `join`; of one that is outer there may be no record."""
        if outer:
            self._outer.add(node)
        alias = self._alias(object_name)
        self._aliases[node, ()] = alias
        self._objects[node] = object_name
        return alias

    def join(self, alias: sa.FromClause, condition: Element, *, outer: bool) -> None:
        """Join an alias to what is there."""
        self._from = sa.join(self.clause, alias, condition, isouter=outer)

    def gather(self, select: sa.Select[Any, Any], key: Element) -> Element:
        """Join a table of a `value` for each `parent` where that is `key`; the value of the row at hand."""
        table = select.subquery(f"t{self._next()}")
        self.join(table, table.c.parent == key, outer=True)
        return table.c.value

    def keep(self, place: Place, value: Element) -> None:
        """Let a roll-up's value stand for all further references to it."""
        self._gathered[place] = value

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
        if not isinstance(computed, FormulaValue):
            return None
        tree = rebase(computed.value, ref.node, ref.steps)
        return where_present(tree, ref.node, self._objects[ref.node]) if ref.node in self._outer else tree

    def parts(self, ref: Ref) -> tuple[Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        fields = self._schema.objects[ref.object].fields.values()
        return tuple(
            replace(ref, field=each.name, type=each.value_type) for each in fields if each.part_of == ref.field
        )

    def rollup(self, ref: Ref, *, gathered: bool = False) -> ChildRows | None:
        """The children that a reference to a roll-up field is about, in a FROM clause of their own."""
        computed = self._schema.objects[ref.object].fields[ref.field].computed
        if not isinstance(computed, RollupValue):
            return None
        place = ref.node, ref.steps, ref.field
        parent, inside = self.alias(ref.node, ref.steps), Joins(self._schema, self._tables, self)
        relationship = computed.children
        link = inside.base(relationship.child).c[self._tables.column_name(relationship.child, relationship.field)]
        key = parent.c[self._tables.column_name(ref.object, "Id")]
        certain, known = not ref.steps and not ref.node, self._gathered.get(place)
        if gathered:
            return GatheredRows(computed, inside, parent, key, link, certain, known, self, place)
        return ChildRows(computed, inside, parent, key, link, certain, known)

    def records(self, object_name: str) -> OtherRecords:
        """The living records of an object, in a FROM clause of their own."""
        inside = Joins(self._schema, self._tables, self)
        inside.base(object_name)
        return OtherRecords(inside)

    def _alias(self, object_name: str) -> sa.FromClause:
        return self._tables.table(object_name).alias(f"t{self._next()}")

    def _next(self) -> int:
        if len(self._aliases) + len(self._gathered) >= MAX_TABLES:
            raise TooManyTables(MAX_TABLES)
        number = next(self._numbers)
        if number > MAX_SUBQUERIES:
            raise TooManyTables(MAX_SUBQUERIES)
        return number


@dataclass(frozen=True, slots=True)
class OfEveryRow:
    """The columns of a FROM clause as conditions, orders, groups and sums need them: roll-ups are joined tables."""

    joins: Joins

    def column(self, ref: Ref) -> Element:
        """The stored column of a reference."""
        return self.joins.column(ref)

    def formula(self, ref: Ref) -> Typed | None:
        """What stands for a reference to a formula field."""
        return self.joins.formula(ref)

    def rollup(self, ref: Ref) -> ChildRows | None:
        """The children that a reference to a roll-up field is about, those of all rows at once."""
        return self.joins.rollup(ref, gathered=True)

    def parts(self, ref: Ref) -> tuple[Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        return self.joins.parts(ref)

    def records(self, object_name: str) -> OtherRecords:
        """The living records of an object, in a FROM clause of their own."""
        return self.joins.records(object_name)


@dataclass(frozen=True, slots=True)
class OtherRecords:
    """The living records of an object, whose values a condition asks for: `IN (SELECT ...)`."""

    inside: Joins

    @property
    def columns(self) -> OfEveryRow:
        """Their columns."""
        return self.inside.of_every_row

    def select(self, value: Element, where: Element | None) -> sa.Select[tuple[Any]]:
        """The values that they have, nulls left out."""
        wanted = [living(self.inside.alias("")), value.is_not(None), *(() if where is None else (where,))]
        return sa.select(value).select_from(self.inside.clause).where(*wanted)
