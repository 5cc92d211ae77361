"""A column and a conversion to the records whose values do not convert: how many, the first of them, all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from objectforge.change.conversion.outcome import Conversion, Unconvertible
from objectforge.change.retype.column_change import ColumnChange, remembering
from objectforge.change.retype.exact import exact_sql
from objectforge.change.risk import Risk
from objectforge.errors.exceptions import ObjectForgeError
from objectforge.values.ids import object_number

__all__ = ["Failure", "Failures", "ValuesRefused", "check_values", "each_failure", "find_failures", "gather_failures"]

_CHUNK = 10_000
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A record whose value does not convert; `id` is the stored number, `value` as the old column reads it."""

    id: int
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Failures:
    """How many records stand in the way of a conversion, and the first twenty by id."""

    count: int
    first: tuple[Failure, ...]


class ValuesRefused(ObjectForgeError):
    """Values that do not convert were met while a column was converted."""

    def __init__(self, change: ColumnChange, failures: Failures) -> None:
        self.failures = failures
        super().__init__(f"{failures.count} values of {change.table}.{change.column} do not convert")


def find_failures(connection: sa.Connection, change: ColumnChange, conversion: Conversion) -> Failures:
    """Look at every record, those in the recycle bin too, and count what does not convert."""
    return gather_failures(each_failure(connection, change, conversion))


def gather_failures(found: Iterator[Failure]) -> Failures:
    """Count failures, and keep the first of them."""
    first = tuple(islice(found, _SHOWN))
    return Failures(len(first) + sum(1 for _ in found), first)


def check_values(connection: sa.Connection, change: ColumnChange, conversion: Conversion) -> None:
    """Look at every record.

    Raises:
        ValuesRefused: values do not convert.
    """
    found = find_failures(connection, change, conversion)
    if found.count:
        raise ValuesRefused(change, found)


def each_failure(connection: sa.Connection, change: ColumnChange, conversion: Conversion) -> Iterator[Failure]:
    """Every record whose value does not convert, by id; the memory it takes does not depend on how many there are."""
    if conversion.risk is Risk.SAFE:
        return
    judge = _judge(change, conversion)
    last = -1
    while chunk := _chunk(connection, change, conversion, last):
        last = chunk[-1][0]
        yield from _failed(connection, change, judge, chunk)


_Row = tuple[int, Any, bool]


def _chunk(connection: sa.Connection, change: ColumnChange, conversion: Conversion, last: int) -> Sequence[_Row]:
    table, column = change.old, change.source
    query = sa.select(table.c.id, column, table.c.is_deleted).where(table.c.id > last)
    if conversion.lacking is None:
        query = query.where(column.is_not(None))
    if (exact := exact_sql(change, conversion, column, connection.dialect)) is not None:
        query = query.where(sa.not_(exact.sure))
    return [tuple(row) for row in connection.execute(query.order_by(table.c.id).limit(_CHUNK))]


def _judge(change: ColumnChange, conversion: Conversion) -> Callable[[Any], tuple[Any, str | None]]:
    """What a value becomes, or why it becomes nothing."""

    def judged(value: Any) -> tuple[Any, str | None]:
        try:
            return conversion.convert(value), None
        except Unconvertible as wrong:
            return None, str(wrong)

    remembered = remembering(change, judged)
    return lambda value: (None, conversion.lacking) if value is None else remembered(value)


def _failed(
    connection: sa.Connection,
    change: ColumnChange,
    judge: Callable[[Any], tuple[Any, str | None]],
    chunk: Sequence[_Row],
) -> Iterator[Failure]:
    judged = [(id_, value, deleted, *judge(value)) for id_, value, deleted in chunk]
    wanted = {made for *_, made, _ in judged if made is not None} if change.parents else set[int]()
    there = _parents(connection, change, wanted)
    for id_, value, deleted, made, wrong in judged:
        reason = wrong or ("there is no such record" if made in wanted and made not in there else None)
        if reason is not None:
            yield Failure(id_, value, f"{reason} (the record is in the recycle bin)" if deleted else reason)
        elif made in wanted and there[made] and not deleted:
            yield Failure(id_, value, "its record is in the recycle bin")


def _parents(connection: sa.Connection, change: ColumnChange, wanted: set[int]) -> dict[int, bool]:
    """Those of the wanted records that are there, and whether they are in the recycle bin."""
    found: dict[int, bool] = {}
    for number, table in change.parents.items():
        own = [id_ for id_ in wanted if object_number(id_) == number]
        query = sa.select(table.c.id, table.c.is_deleted).where(table.c.id.in_(own))
        found.update((id_, bool(deleted)) for id_, deleted in connection.execute(query))
    return found
