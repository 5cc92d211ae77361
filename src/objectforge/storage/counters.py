"""Numbers handed out in blocks: record ids per object, autonumbers per field. Never twice; gaps are allowed."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable

import sqlalchemy as sa

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.storage import registry_tables as t
from objectforge.values.ids import MAX_COUNTER, make_id

__all__ = [
    "FIELD",
    "OBJECT",
    "Series",
    "allocate_ids",
    "allocate_numbers",
    "field_series",
    "object_series",
    "raised_counter",
    "start_counters",
]

OBJECT, FIELD = "object", "field"
"""The kinds of series."""
Series = tuple[str, int, int]
"""A new series for `start_counters`: of what, the number or identity, and the first number to give out."""


def object_series(number: int, first: int = 1) -> Series:
    """The series of an object's records."""
    return (OBJECT, number, first)


def field_series(identity: int, first: int) -> Series:
    """The series of an autonumber field."""
    return (FIELD, identity, first)


def start_counters(connection: sa.Connection, series: Iterable[Series]) -> None:
    """Begin new series, in the connection's transaction."""
    rows = [{"series": kind, "number": number, "next": first} for kind, number, first in series]
    if rows:
        connection.execute(sa.insert(t.counters), rows)


def raised_counter(identity: int, first: int) -> sa.Update:
    """Let an autonumber field give out no number below a first one from now on; what is given out stays."""
    c = t.counters.c
    return sa.update(t.counters).where(c.series == FIELD, c.number == identity, c.next < first).values(next=first)


def allocate_ids(connection: sa.Connection, object_number: int, count: int) -> range:
    """The ids of `count` new records of an object.

    Raises:
        ObjectForgeError: the object has had as many records as ids have room for.
    """
    block = _allocate(connection, OBJECT, object_number, count)
    if block.stop - 1 > MAX_COUNTER:
        raise ObjectForgeError(f"object number {object_number} has used up its {MAX_COUNTER} record ids")
    first = make_id(object_number, block.start)
    return range(first, first + count)


def allocate_numbers(connection: sa.Connection, identity: int, count: int) -> range:
    """The next `count` numbers of an autonumber field, by the field's identity."""
    return _allocate(connection, FIELD, identity, count)


def _allocate(connection: sa.Connection, series: str, number: int, count: int) -> range:
    if count < 1:
        raise ValueError(f"a block has at least one number, not {count}")
    c = t.counters.c
    take = (
        sa.update(t.counters)
        .where(c.series == series, c.number == number)
        .values(next=c.next + count)
        .returning(c.next)
    )
    with _apart(connection) as own:
        stop = own.execute(take).scalar_one()
    return range(stop - count, stop)


@contextlib.contextmanager
def _apart(connection: sa.Connection) -> Generator[sa.Connection]:
    """A short transaction of its own, so that writers do not wait for each other's end.

    SQLite has one writer at a time anyway, and would wait for itself: there it is the connection's transaction.
    """
    if connection.dialect.name == "sqlite":
        yield connection
        return
    options = connection.get_execution_options()
    names = {key: options[key] for key in ("schema_translate_map",) if key in options}
    with connection.engine.connect().execution_options(**names) as own, own.begin():
        yield own
