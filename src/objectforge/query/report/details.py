"""The detail rows of a report: one per distinct combination of records from the base to the deepest node shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element
from objectforge.query.cells import compile_cell
from objectforge.query.context import Context
from objectforge.query.execute import execute
from objectforge.query.ordering import compile_order, id_key
from objectforge.query.record import Columns, Record
from objectforge.query.report.facets import closure, nodes_in
from objectforge.query.report.keys import KeySql, key_base, key_sql
from objectforge.query.report.token import token
from objectforge.query.report.tree import JoinedTree
from objectforge.query.shape import Shape
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
    keys = [key for key, _ in group] if survivors is None else report.rows
    wanted = closure(report.nodes, {*path, *shown, *nodes_in(report.where), *(key.ref.node for key in keys)})
    tree = JoinedTree(report, wanted, context, params)
    compiler = tree.compiler
    cells = [compile_cell(column.ref, context, compiler) for column in report.columns]
    elements = [element for cell in cells for element in cell.elements]
    identities = [compiler.value(id_key(report.nodes[step].object, step)) for step in reversed(path)]
    order = compile_order(_sort_keys(report), compiler)
    selected = [*elements, *identities, *(key.element for key in order)]
    bases = {key.name: key_base(key, compiler) for key in keys}
    labelled = (element.label(f"c{index}") for index, element in enumerate(selected))
    select: sa.Select[Any] = sa.select(*labelled).select_from(tree.joins.clause).where(tree.condition())
    if keys:
        joined = select.add_columns(*(base.label(f"b{i}") for i, base in enumerate(bases.values()))).subquery("rows")
        held = {name: sa.type_coerce(joined.c[f"b{i}"], base.type) for i, (name, base) in enumerate(bases.items())}
        compiled = {key.name: key_sql(key, held[key.name], compiler) for key in keys}
        conditions = [_in_group(compiled[key.name], raw, context.backend) for key, raw in group]
        if survivors is not None:
            mark = token([compiled[key.name] for key in report.rows], context.backend)
            conditions.append(context.backend.member(mark, survivors, TEXT, exact=True))
        select = sa.select(*(joined.c[f"c{index}"] for index in range(len(selected)))).where(sa.and_(*conditions))
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


def _in_group(key: KeySql, raw: Any, backend: Backend) -> Element:
    if raw is None:
        return key.value.is_(None)
    literal = backend.literal(raw, key.type)
    match key.type.kind:
        case Kind.TEXT | Kind.MULTI if key.folds:
            return key.group == backend.text_key(literal)
        case Kind.TEXT | Kind.MULTI:
            return key.group == backend.text_exact(literal)
        case Kind.NUMBER:
            return key.group == backend.comparable(literal, key.type)
        case _:
            return key.group == literal
