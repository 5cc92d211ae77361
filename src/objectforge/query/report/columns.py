"""An aggregate to the columns that compute it, and their values back to the aggregate's value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Aggregate
from objectforge.values.kinds import number
from objectforge.values.numbers import add, divide

__all__ = ["COUNT", "Column", "Combined", "aggregate_columns", "combine", "decode", "empty", "finish"]

COUNT = number(18, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statement: the element, and the type that PostgreSQL's UNION must find in its place."""

    element: Element
    type: sa.types.TypeEngine[Any]


Combined = tuple[Any, ...]
"""The values of an aggregate's columns, decoded, for one group: what `combine` adds and `finish` makes a value of."""


def aggregate_columns(aggregate: Aggregate, argument: Element | None, backend: Backend) -> tuple[Column, ...]:
    """The columns of an aggregate over `argument` (None: over rows), which is null where a record does not count."""
    integer = sa.BigInteger()
    if aggregate.function == "count":
        counted = sa.func.count() if argument is None else sa.func.count(argument)
        return (Column(counted, integer),)
    assert argument is not None, "only count takes no argument"
    assert aggregate.argument is not None, "only count takes no argument"
    shape = aggregate.argument.type
    if aggregate.function in ("min", "max"):
        return (Column(backend.extreme(aggregate.function, argument, shape), backend.raw_type(shape)),)
    sums = [Column(part, part.type) for part in backend.sums(argument, shape)]
    return (*sums, *([Column(sa.func.count(argument), integer)] if aggregate.function == "avg" else []))


def combine(aggregate: Aggregate, a: Combined, b: Combined) -> Combined:
    """The columns' values of two sets of records together, where no record is in both."""
    if aggregate.function in ("min", "max"):
        choose: Callable[..., Any] = min if aggregate.function == "min" else max
        known = [value for value in (a[0], b[0]) if value is not None]
        return (choose(known) if known else None,)
    return tuple(_plus(x, y) for x, y in zip(a, b, strict=True))


def finish(aggregate: Aggregate, values: Combined) -> Any:
    """The aggregate's value: a count is an int-valued Decimal, an average exact to 18 places, over nothing null."""
    match aggregate.function:
        case "count":
            return Decimal(values[0])
        case "avg":
            total, counted = values
            return None if total is None else divide(total, Decimal(counted))
        case _:
            return values[0]


def decode(aggregate: Aggregate, raw: Sequence[Any], backend: Backend) -> Combined:
    """The raw values of an aggregate's columns, as `combine` wants them."""
    if aggregate.function == "count":
        return (int(raw[0]),)
    assert aggregate.argument is not None, "only count takes no argument"
    shape = aggregate.argument.type
    if aggregate.function in ("min", "max"):
        return (backend.decode_raw(raw[0], shape),)
    if aggregate.function == "avg":
        return (backend.join_sums(raw[:-1], shape), int(raw[-1]))
    return (backend.join_sums(raw, shape),)


def empty(aggregate: Aggregate) -> Combined:
    """The columns' values over nothing."""
    match aggregate.function:
        case "count":
            return (0,)
        case "avg":
            return (None, 0)
        case _:
            return (None,)


def _plus(a: Any, b: Any) -> Any:
    if a is None or b is None:
        return b if a is None else a
    return add(a, b) if isinstance(a, Decimal) else a + b
