"""The offset of a time zone at an instant, as a CASE over the zone's transitions, a tree of few levels.

Never the database's own zone data: the same table serves SQL on every engine and Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from objectforge.values.zones import transitions

__all__ = ["zone_offset"]

_BRANCHES = 16
"""The ranges that one CASE tells apart: two levels for any zone, for SQLite's parser does not take many."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_offset(
    instant: sa.ColumnElement[Any],
    zone: ZoneInfo,
    encode: Callable[[datetime], Any],
    bind_type: sa.types.TypeEngine[Any],
) -> sa.ColumnElement[Any]:
    """The seconds that local time is ahead of UTC at an instant; `encode` makes a bind of a transition's instant."""
    return _offset_in(zone, encode, bind_type)(instant)


class _Offset(FunctionElement[int]):
    """The CASE. It is written at once: a zone has hundreds of transitions, and as many elements would take 0.1 s.

    Each zone has a class of its own, by which statements that were compiled are found again.
    """

    name = "zone_offset"
    type = sa.BigInteger()
    inherit_cache = True
    table: ClassVar[Sequence[tuple[Any, int]]]
    """Since when, and how many seconds."""
    bind_type: ClassVar[sa.types.TypeEngine[Any]]


@cache
def _offset_in(zone: ZoneInfo, encode: Callable[[datetime], Any], bind_type: sa.types.TypeEngine[Any]) -> type[_Offset]:
    starts = [encode(_EPOCH + timedelta(microseconds=each.at)) for each in transitions(zone)]
    offsets = [each.offset for each in transitions(zone)]
    table = tuple(zip(starts, offsets, strict=True))
    return type("_OffsetIn", (_Offset,), {"table": table, "bind_type": bind_type, "inherit_cache": True})


@compiles(_Offset)
def _write(element: _Offset, compiler: SQLCompiler, **options: Any) -> str:  # pyright: ignore[reportUnusedFunction]
    options.pop("add_to_result_map", None)
    instant = compiler.process(element.clauses, **options)

    def choose(table: Sequence[tuple[Any, int]]) -> str:
        if len(table) == 1:
            return str(table[0][1])
        size = -(-len(table) // _BRANCHES)
        parts = [table[at : at + size] for at in range(0, len(table), size)]
        tests = (f"WHEN (({instant}) < {start(after)}) THEN {choose(part)}" for part, after in pairwise(parts))
        return f"CASE {' '.join(tests)} ELSE {choose(parts[-1])} END"

    def start(table: Sequence[tuple[Any, int]]) -> str:
        return compiler.render_literal_value(table[0][0], element.bind_type)

    return f"({choose(element.table)})"
