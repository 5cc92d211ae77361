"""One page of rows behind a cursor, by ranges: never an OR over all keys, never an OFFSET.

Behind (a, b, id) under the order A, B, Id stand the rows with A = a, B = b and Id > id, then those with A = a and
B > b, then those with A > a; nulls are a range of their own. Each range is one SELECT that one index serves, already
sorted and cut to the page's size; their UNION ALL is sorted and cut again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Const, Ref
from objectforge.query.cells import compile_cell
from objectforge.query.context import Context
from objectforge.query.cursor import Cursor, fingerprint, read_cursor, write_cursor
from objectforge.query.execute import execute
from objectforge.query.joins import Joins
from objectforge.query.ordering import Order, compile_order, place_of, plain_keys
from objectforge.query.record import Columns, Record
from objectforge.query.select import Query, asking_compiler, conditions
from objectforge.query.shape import Shape
from objectforge.relations.view import SortKey
from objectforge.values.kinds import Kind

__all__ = ["PageRows", "fetch_page"]


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of a page and the cursors of the pages beside it, None where there is none."""

    rows: tuple[Record, ...]
    next: str | None
    previous: str | None


def fetch_page(query: Query, context: Context, params: Mapping[str, Any], size: int, after: str | None) -> PageRows:
    """The page of `size` rows behind a cursor, or the first.

    Raises:
        QueryError: the cursor is not of this query.
    """
    keys = plain_keys(query.sort, query.object)
    question = fingerprint(query, sorted(params.items()), context.version)
    cursor = None if after is None else read_cursor(after, question, [key.ref.type for key in keys])
    moment = context.moment if cursor is None else Moment(cursor.now, context.moment.calendar)
    backward = cursor is not None and cursor.backward
    towards = [replace(key, descending=key.descending is not backward) for key in keys] if backward else keys
    found = _fetch(query, replace(context, moment=moment), params, towards, size + 1, cursor)
    more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()

    def at(place: int, *, back: bool) -> str:
        return write_cursor(Cursor(question, moment.now, found[place][1], back))

    has_next = more if not backward else True
    has_previous = cursor is not None if not backward else more
    return PageRows(
        tuple(record for record, _ in found),
        at(-1, back=False) if found and has_next else None,
        at(0, back=True) if found and has_previous else None,
    )


def _fetch(
    query: Query, context: Context, params: Mapping[str, Any], keys: Sequence[SortKey], size: int, cursor: Cursor | None
) -> list[tuple[Record, tuple[Any, ...]]]:
    ranges: list[_Range] = [()] if cursor is None else list(_ranges(keys, cursor.values))
    selects: list[sa.Select[Any]] = []
    shape: Shape | None = None
    order: list[Order] = []
    for each in ranges:
        joins = Joins(context.schema, context.tables)
        joins.base(query.object)
        asking = asking_compiler(query, joins, context, params)
        order = compile_order(keys, asking)
        wanted = conditions(query, joins, context, asking)
        wanted += [_restriction(key, test, value, asking) for key, test, value in each]
        compiler = context.compiler(joins, params)
        cells = [compile_cell(ref, context, compiler, whole=query.whole) for _, ref in query.columns]
        key_elements = [context.backend.decode(compiler.value(key.ref), key.ref.type) for key in keys]
        elements = [*(element for cell in cells for element in cell.elements), *key_elements]
        elements += [key.element for key in order]
        select = sa.select(*(element.label(f"c{index}") for index, element in enumerate(elements)))
        select = select.select_from(joins.clause).where(*wanted)
        selects.append(select.order_by(*(key.clause() for key in order)).limit(size))
        shape = Shape(query.object, Columns(key for key, _ in query.columns), tuple(cells))
    assert shape is not None, "there is always a first range"
    width = sum(len(cell.elements) for cell in shape.cells)
    statement = selects[0] if len(selects) == 1 else _united(selects, order, width + len(keys), size, context.backend)
    return [(shape.record(row), tuple(row[width : width + len(keys)])) for row in execute(context, statement)]


_Range = tuple[tuple[SortKey, str, Any], ...]


def _ranges(keys: Sequence[SortKey], values: Sequence[Any]) -> Iterator[_Range]:
    """The ranges behind a place, nearest first: equal on a prefix of the keys, beyond on the next."""
    for length in range(len(keys) - 1, -1, -1):
        same = tuple((key, "=", value) for key, value in zip(keys[:length], values[:length], strict=True))
        key, value = keys[length], values[length]
        if key.descending:
            if value is not None:
                yield (*same, (key, "<", value))
                if key.ref.field != "Id" or key.ref.steps:
                    yield (*same, (key, "=", None))
        elif value is None:
            yield (*same, (key, "known", None))
        else:
            yield (*same, (key, ">", value))


def _restriction(key: SortKey, test: str, value: Any, compiler: Compiler) -> Element:
    ref = key.ref
    element = compiler.value(ref)
    if test == "known":
        return element.is_not(None)
    if value is None:
        return element.is_(None)
    if ref.type.order and ref.type.kind is Kind.TEXT:
        return _by_place(ref, test, value, compiler)
    known = Const(value, ref.type)
    left, right = compiler.pair(ref, known, exact=ref.type.case_sensitive)
    return _compared(left, test, right)


def _by_place(ref: Ref, test: str, value: Any, compiler: Compiler) -> Element:
    """A picklist's values compared by definition order, then by key."""
    placed, _ = compile_order([SortKey(ref)], compiler)
    here = sa.literal(place_of(ref, value), sa.Integer())
    left, right = compiler.pair(ref, Const(value, ref.type), exact=False)
    if test == "=":
        return sa.and_(placed.element == here, left == right)
    return sa.or_(_compared(placed.element, test, here), sa.and_(placed.element == here, _compared(left, test, right)))


def _compared(left: Element, test: str, right: Element) -> Element:
    match test:
        case "=":
            return left == right
        case "<":
            return left < right
        case _:
            return left > right


def _united(
    selects: Sequence[sa.Select[Any]], order: Sequence[Order], width: int, size: int, backend: Backend
) -> sa.Select[Any]:
    """The ranges together, sorted once more; a text has lost its collation on the way and gets it again."""
    parts = [select.subquery(f"r{number}") for number, select in enumerate(selects)]
    united = sa.union_all(*(sa.select(*part.c) for part in parts)).subquery("page")
    keys: list[Order] = []
    for place, key in enumerate(order):
        element: Element = united.c[f"c{width + place}"]
        if not key.by_place and key.ref.type.kind in (Kind.TEXT, Kind.MULTI):
            element = backend.text_exact(element) if key.ref.type.case_sensitive else backend.text_key(element)
        keys.append(replace(key, element=element))
    return sa.select(*united.c).order_by(*(key.clause() for key in keys)).limit(size)
