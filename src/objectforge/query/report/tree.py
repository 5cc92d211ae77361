"""A report's join tree to FROM and WHERE: the nodes that are wanted joined, the others only asked to exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import RUNNING, Ref, Typed
from objectforge.expressions.walk import refs, transform
from objectforge.query.context import Context
from objectforge.query.joins import Joins
from objectforge.relations.report import Node, Report
from objectforge.relations.schema import FormulaValue, RollupValue
from objectforge.storage.living import living

__all__ = ["JoinedTree"]


class JoinedTree:
    """One statement's view of a report's tree. `wanted` holds every ancestor of its nodes, the base included."""

    def __init__(self, report: Report, wanted: frozenset[str], context: Context, params: Mapping[str, Any]) -> None:
        self._report, self._wanted, self._context = report, wanted, context
        self.joins = Joins(context.schema, context.tables)
        self.compiler = context.compiler(self.joins.of_every_row, params)
        self._params = params
        base = self.joins.base(report.base)
        self._conditions: list[Element] = [living(base)]
        self._build("")
        if report.where is not None:
            self._conditions.append(self.compiler.truth(report.where))

    def condition(self, more: Element | None = None) -> Element:
        """The WHERE clause, with one more condition if given."""
        return sa.and_(*self._conditions, *(() if more is None else (more,)))

    def identity(self, grain: Ref) -> Element:
        """The id of the record that a grain names."""
        return self.joins.column(grain)

    def _build(self, path: str) -> None:
        for node in self._report.nodes.values():
            if not node.path or node.parent != path:
                continue
            if node.path in self._wanted:
                self._join(node)
                self._build(node.path)
            elif node.kind != "outer":
                exists = self._exists(node, self.joins)
                self._conditions.append(sa.not_(exists) if node.kind == "without" else exists)

    def _join(self, node: Node) -> None:
        alias = self.joins.add(node.path, node.object, outer=node.kind == "outer")
        on = [self._link(node, self.joins, self.joins), living(alias)]
        if node.where is not None:
            on.append(self._matches(node, alias, node.where))
        self.joins.join(alias, sa.and_(*on), outer=node.kind == "outer")

    def _exists(self, node: Node, outside: Joins) -> Element:
        """EXISTS over a node that is not joined, with the inner and without nodes below it."""
        joins = Joins(self._context.schema, self._context.tables, outside)
        alias = joins.base(node.object, node.path)
        conditions = [self._link(node, outside, joins), living(alias)]
        if node.where is not None:
            conditions.append(self._context.compiler(joins, self._params).truth(_rooted(node.where, node.path)))
        for child in self._report.nodes.values():
            if child.path and child.parent == node.path and child.kind != "outer":
                exists = self._exists(child, joins)
                conditions.append(sa.not_(exists) if child.kind == "without" else exists)
        return sa.exists(sa.select(sa.literal(1)).select_from(joins.clause).where(sa.and_(*conditions)))

    def _link(self, node: Node, parents: Joins, own: Joins) -> Element:
        tables = self._context.tables
        parent_object = self._report.nodes[node.parent].object
        parent, child = parents.alias(node.parent), own.alias(node.path)
        if node.up:
            return (
                parent.c[tables.column_name(parent_object, node.field)]
                == child.c[tables.column_name(node.object, "Id")]
            )
        return child.c[tables.column_name(node.object, node.field)] == parent.c[tables.column_name(parent_object, "Id")]

    def _matches(self, node: Node, alias: sa.FromClause, where: Typed) -> Element:
        """A join's condition; one that needs more tables is asked of the node's own, for they cannot come before it."""
        rooted = _rooted(where, node.path)
        if not self._needs_tables(rooted):
            return self.compiler.truth(rooted)
        joins = Joins(self._context.schema, self._context.tables, self.joins)
        inner = joins.base(node.object, node.path)
        id_column = self._context.tables.column_name(node.object, "Id")
        truth = self._context.compiler(joins.of_every_row, self._params).truth(rooted)
        return alias.c[id_column].in_(sa.select(inner.c[id_column]).select_from(joins.clause).where(truth))

    def _needs_tables(self, tree: Typed) -> bool:
        """Whether a condition looks at parents or children, be it through formulas."""
        for ref in refs(tree):
            if ref.node == RUNNING:
                continue
            computed = self._context.schema.objects[ref.object].fields[ref.field].computed
            if ref.steps or isinstance(computed, RollupValue):
                return True
            if isinstance(computed, FormulaValue) and self._needs_tables(computed.value):
                return True
        return False


def _rooted(where: Typed, path: str) -> Typed:
    def rooted(each: Typed) -> Typed:
        return replace(each, node=path) if isinstance(each, Ref) and each.node != RUNNING else each

    return transform(where, rooted)
