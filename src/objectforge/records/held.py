"""Lookups that are held: they never block or cascade, and yet no record may go for good while they point at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from objectforge.records.stored import batched
from objectforge.records.writing import Writing
from objectforge.storage.names import HeldLink
from objectforge.storage.system_user import COUNTER, USER
from objectforge.values.ids import make_id, object_number
from objectforge.values.storage_types import RecordId

__all__ = ["let_go", "link_held"]


def let_go(writing: Writing, gone: Iterable[int]) -> None:
    """Empty the held lookups that point at records which go for good; what has to have an owner gets the System user.

    Nothing else of the records changes, for nobody sees them.
    """
    context = writing.context
    system = make_id(context.ids.number(USER), COUNTER)
    by_object: dict[int, list[int]] = {}
    for number in gone:
        by_object.setdefault(object_number(number), []).append(number)
    for held in context.tables.names.held:
        _, link = _columns(held)
        instead = system if held.system else None
        for chunk in _pointed_at(held, by_object):
            context.connection.execute(sa.update(link.table).where(link.in_(chunk)).values({held.column: instead}))


def link_held(writing: Writing, column: str, target: int, records: Iterable[int]) -> None:
    """Make held lookups point again where they pointed before, as far as they are still empty.

    Args:
        writing: Where it is written.
        column: The column of the lookup.
        target: The record that is back.
        records: The records, of one object, that pointed at it.
    """
    numbers = list(records)
    for held in writing.context.tables.names.held:
        if (held.object, held.column) == (object_number(numbers[0]), column) and object_number(target) in held.targets:
            key, link = _columns(held)
            for chunk in batched(numbers):
                empty = sa.and_(key.in_(chunk), link.is_(None))
                writing.context.connection.execute(sa.update(link.table).where(empty).values({column: target}))


def _pointed_at(held: HeldLink, by_object: dict[int, list[int]]) -> Iterator[list[int]]:
    for target in held.targets:
        yield from batched(by_object.get(target, ()))


def _columns(held: HeldLink) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The columns of the records' ids and of the lookup."""
    table = sa.Table(
        held.table, sa.MetaData(), sa.Column("id", RecordId(), primary_key=True), sa.Column(held.column, RecordId())
    )
    return table.c.id, table.c[held.column]
