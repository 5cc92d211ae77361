"""Facets to one statement: a UNION ALL with a row per facet, level and group.

A level is a pair (rows, across): how many of the row keys and how many of the column keys it groups by. Aggregates
stand in shared slots: each part of the union puts its own in, one beside the other, sorted by their types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.query.context import Context
from objectforge.query.report.columns import Column, aggregate_columns
from objectforge.query.report.facets import Facet, Item
from objectforge.query.report.keys import KeySql, compile_key, key_base, key_sql
from objectforge.query.report.token import token
from objectforge.query.report.tree import JoinedTree
from objectforge.relations.report import Key, Report
from objectforge.values.kinds import TEXT, ValueType

__all__ = ["Level", "Part", "Reader", "Statement", "build_statement", "levels"]

Level = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the union: a facet on a level."""

    facet: Facet
    level: Level


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a part's columns stand in the statement's rows: for each item the slots of its columns."""

    part: Part
    slots: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement and how to read its rows: column 0 the part, 1 the token, then the keys, then the slots."""

    select: sa.Select[Any] | sa.CompoundSelect[Any]
    readers: tuple[Reader, ...]
    key_types: tuple[ValueType, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """The pieces of one part's SELECT before they are put in line."""

    token: Element
    keys: tuple[Element | None, ...]
    items: tuple[tuple[Column, ...], ...]
    source: sa.FromClause
    where: Element | None
    groups: tuple[Element, ...]


def levels(report: Report) -> list[Level]:
    """Every prefix of rows with every prefix of across, the finest first."""
    return [(r, a) for r in range(len(report.rows), -1, -1) for a in range(len(report.across), -1, -1)]


def build_statement(
    report: Report,
    parts: Sequence[Part],
    context: Context,
    params: Mapping[str, Any],
    survivors: Sequence[str] | None = None,
) -> Statement:
    """The statement for these parts; `survivors` are the tokens of the row groups that `having` left, if it asked."""
    backend = context.backend
    members = [_member(report, part, context, params, survivors) for part in parts]
    key_types = _key_types(report, context, params)
    slots, types = _assign([[column for item in member.items for column in item] for member in members])
    selects: list[sa.Select[Any]] = []
    readers: list[Reader] = []
    for index, (part, member, places) in enumerate(zip(parts, members, slots, strict=True)):
        keys = [backend.null(shape) if key is None else key for key, shape in zip(member.keys, key_types, strict=True)]
        own = dict(zip(places, (column.element for item in member.items for column in item), strict=True))
        values = [own.get(place, sa.cast(sa.null(), kind)) for place, kind in enumerate(types)]
        columns = [sa.literal(index, sa.Integer()), member.token, *keys, *values]
        select = sa.select(*(column.label(f"c{i}") for i, column in enumerate(columns))).select_from(member.source)
        select = select.where(member.where) if member.where is not None else select
        selects.append(select.group_by(*member.groups) if member.groups else select)
        readers.append(Reader(part, _split(member.items, places, 2 + len(key_types))))
    select = selects[0] if len(selects) == 1 else sa.union_all(*selects)
    return Statement(select, tuple(readers), key_types)


def _member(
    report: Report, part: Part, context: Context, params: Mapping[str, Any], survivors: Sequence[str] | None
) -> _Member:
    facet, (rows, across) = part.facet, part.level
    tree = JoinedTree(report, facet.nodes, context, params)
    compiler, backend = tree.compiler, context.backend
    chosen = [*report.rows[:rows], *report.across[:across]]
    marked = report.rows if report.having is not None else ()  # only the groups that `having` chooses need a name
    bases = {key.name: key_base(key, compiler) for key in (*chosen, *marked)}
    identity = None if facet.grain is None else tree.identity(facet.grain)
    arguments = [_argument(item, compiler, identity) for item in facet.items]
    joined = _joined_rows(tree, list(bases.values()), arguments, identity)
    held = {name: _like(joined.c[f"b{i}"], base) for i, (name, base) in enumerate(bases.items())}
    arguments = [None if a is None else _like(joined.c[f"a{i}"], a) for i, a in enumerate(arguments)]
    compiled = {key.name: key_sql(key, held[key.name], compiler) for key in chosen}
    mark = token([key_sql(key, held[key.name], compiler) for key in marked], backend)
    where = None if survivors is None else backend.member(mark, survivors, TEXT, exact=True)
    source: sa.FromClause = joined
    if facet.distinct:
        assert identity is not None, "rows of R are never made distinct"
        inner = sa.select(
            *(key.group.label(f"g{i}") for i, key in enumerate(compiled.values())),
            *(_smallest(key, backend).label(f"v{i}") for i, key in enumerate(compiled.values())),
            *(sa.func.max(argument).label(f"a{i}") for i, argument in enumerate(arguments) if argument is not None),
            sa.func.min(mark).label("mark"),
        ).group_by(*(key.group for key in compiled.values()), joined.c.id)
        source = (inner if where is None else inner.where(where)).subquery("distinct_rows")
        compiled = {
            name: replace(key, group=_like(source.c[f"g{i}"], key.group), value=_like(source.c[f"v{i}"], key.value))
            for i, (name, key) in enumerate(compiled.items())
        }
        arguments = [None if a is None else _like(source.c[f"a{i}"], a) for i, a in enumerate(arguments)]
        mark, where = source.c.mark, None
    full = rows == len(report.rows)
    return _Member(
        token=sa.func.min(mark) if full and marked else sa.cast(sa.null(), sa.Text()),
        keys=tuple(
            _smallest(compiled[key.name], backend) if key.name in compiled else None
            for key in (*report.rows, *report.across)
        ),
        items=tuple(
            aggregate_columns(item.aggregate, argument, backend)
            for item, argument in zip(facet.items, arguments, strict=True)
        ),
        source=source,
        where=where,
        groups=tuple(key.group for key in compiled.values()),
    )


def _joined_rows(
    tree: JoinedTree, bases: Sequence[Element], arguments: Sequence[Element | None], identity: Element | None
) -> sa.Subquery:
    """The joined rows with what groups and aggregates need of them, each computed in one place; engines flatten it."""
    columns = [
        sa.literal(1, sa.Integer()).label("row"),
        *(base.label(f"b{i}") for i, base in enumerate(bases)),
        *(argument.label(f"a{i}") for i, argument in enumerate(arguments) if argument is not None),
        *(() if identity is None else (identity.label("id"),)),
    ]
    return sa.select(*columns).select_from(tree.joins.clause).where(tree.condition()).subquery("joined_rows")


def _argument(item: Item, compiler: Compiler, identity: Element | None) -> Element | None:
    """What an aggregate sees of a row: null where the record is missing or the measure's condition does not hold."""
    aggregate = item.aggregate
    conditions = [] if item.where is None else [compiler.truth(item.where)]
    if aggregate.argument is None:
        value = sa.literal(1, sa.Integer()) if identity is None else identity
    else:
        value = compiler.value(aggregate.argument)
        if identity is not None:
            conditions.append(identity.is_not(None))
    if identity is None and not conditions:
        return None
    return sa.case((sa.and_(*conditions), value)) if conditions else value


def _smallest(key: KeySql, backend: Backend) -> Element:
    """What to show for a group: its value, or where different texts fall together the smallest by code point."""
    if key.folds:
        return sa.func.min(backend.text_exact(key.value))
    return key.group if key.readable else backend.extreme("min", key.value, key.type)


def _like(element: Element, original: Element) -> Element:
    return sa.type_coerce(element, original.type)


def _key_types(report: Report, context: Context, params: Mapping[str, Any]) -> tuple[ValueType, ...]:
    nodes = frozenset(path for path, node in report.nodes.items() if node.kind != "without")
    compiler = JoinedTree(report, nodes, context, params).compiler
    return tuple(_key_type(key, compiler) for key in (*report.rows, *report.across))


def _key_type(key: Key, compiler: Compiler) -> ValueType:
    return compile_key(key, compiler).type


def _assign(parts: Sequence[Sequence[Column]]) -> tuple[list[list[int]], list[sa.types.TypeEngine[Any]]]:
    """A slot for every column of every part: parts share the slots of a type."""
    types: list[sa.types.TypeEngine[Any]] = []
    by_type: defaultdict[str, list[int]] = defaultdict(list)
    assigned: list[list[int]] = []
    for columns in parts:
        used: defaultdict[str, int] = defaultdict(int)
        places: list[int] = []
        for column in columns:
            name = type(column.type).__name__
            if used[name] == len(by_type[name]):
                by_type[name].append(len(types))
                types.append(column.type)
            places.append(by_type[name][used[name]])
            used[name] += 1
        assigned.append(places)
    return assigned, types


def _split(items: Iterable[Sequence[Column]], places: Sequence[int], offset: int) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    start = 0
    for item in items:
        found.append(tuple(place + offset for place in places[start : start + len(item)]))
        start += len(item)
    return tuple(found)
