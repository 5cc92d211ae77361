"""The detail rows of a report: one per distinct combination of records from the base to the deepest node shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Element
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.walk import refs
from objectforge.query.cells import compile_cell
from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.ordering import compile_order, id_key
from objectforge.query.record import Columns, Record
from objectforge.query.report.facets import closure
from objectforge.query.report.keys import compile_key
from objectforge.query.report.token import token
from objectforge.query.report.tree import JoinedTree
from objectforge.query.select import Shape
from objectforge.relations.report import Key, Report
from objectforge.relations.tree import ancestors
from objectforge.relations.view import SortKey
from objectforge.values.kinds import TEXT, Kind

__all__ = ["detail_rows", "detail_select"]


def detail_rows(
    report: Report,
    context: Context,
    params: Mapping[str, Any],
    group: Sequence[tuple[Key, Any]] = (),
    limit: int | None = None,
    survivors: Sequence[str] | None = None,
) -> Iterator[Record]:
    """The detail rows.

    Args:
        report: The report.
        context: Where to run it.
        params: The values of its params.
        group: The keys of the one group wanted, with their raw values (`GroupValue.raw`).
        limit: How many at most.
        survivors: The tokens of the full row groups that `having` left in the group, if it asked.
    """
    select, shape = detail_select(report, context, params, group, limit, survivors)
    return (shape.record(row) for row in execute(context, select))


def detail_select(
    report: Report,
    context: Context,
    params: Mapping[str, Any],
    group: Sequence[tuple[Key, Any]],
    limit: int | None,
    survivors: Sequence[str] | None = None,
) -> tuple[sa.Select[Any], Shape]:
    """The statement of the detail rows, and how its rows become records."""
    shown = {column.ref.node for column in report.columns}
    deepest = max(shown | {""}, key=lambda path: len(ancestors(report.nodes, path)))
    path = ancestors(report.nodes, deepest)
    filters = {ref.node for ref in refs(report.where)} if report.where is not None else set[str]()
    keys = [key for key, _ in group] if survivors is None else report.rows
    wanted = closure(report.nodes, {*path, *shown, *filters, *(key.ref.node for key in keys)})
    tree = JoinedTree(report, wanted, context, params)
    compiler = tree.compiler
    cells = [compile_cell(column.ref, context, compiler) for column in report.columns]
    elements = [element for cell in cells for element in cell.elements]
    identities = [compiler.value(id_key(report.nodes[step].object, step)) for step in reversed(path)]
    order = compile_order(_sort_keys(report), compiler)
    selected = [*elements, *identities, *(key.element for key in order)]
    select = sa.select(*(element.label(f"c{index}") for index, element in enumerate(selected)))
    conditions = [_in_group(key, raw, compiler) for key, raw in group]
    if survivors is not None:
        mark = token([compile_key(key, compiler) for key in report.rows], context.backend)
        conditions.append(context.backend.member(mark, survivors, TEXT, exact=True))
    clause = tree.joins.clause
    select = select.select_from(clause).where(tree.condition(sa.and_(sa.true(), *conditions)))
    if not wanted <= set(path):
        select = select.distinct()
    labels: list[Element] = [sa.literal_column(f"c{index}") for index in range(len(elements), len(selected))]
    own_order = labels[len(identities) :]
    clauses: list[sa.UnaryExpression[Any]] = [
        (label.desc().nulls_last() if key.descending else label.asc().nulls_first())
        for key, label in zip(order, own_order, strict=True)
    ]
    ids = [label.asc().nulls_first() for label in labels[: len(identities)]]
    select = select.order_by(*clauses, *ids)
    if limit is not None:
        select = select.limit(limit)
    return select, Shape(report.base, Columns(column.key for column in report.columns), tuple(cells))


def _sort_keys(report: Report) -> list[SortKey]:
    if report.rows:
        return []
    columns = {column.key.lower(): column for column in report.columns}
    return [
        SortKey(columns[entry.name.lower()].ref, entry.descending)
        for entry in report.sort
        if entry.name.lower() in columns
    ]


def _in_group(key: Key, raw: Any, compiler: Compiler) -> Element:
    compiled = compile_key(key, compiler)
    if raw is None:
        return compiled.value.is_(None)
    literal = compiler.backend.literal(raw, compiled.type)
    if compiled.type.kind in (Kind.TEXT, Kind.MULTI):
        if compiled.folds:
            return compiler.backend.text_key(compiled.value) == compiler.backend.text_key(literal)
        return compiler.backend.text_exact(compiled.value) == compiler.backend.text_exact(literal)
    return compiled.group == literal
