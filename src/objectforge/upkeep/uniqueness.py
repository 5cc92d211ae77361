"""Unique rules against the living records, where the database's own index is not there to hold them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.storage.expected import expected_shapes, indexes_of
from objectforge.storage.finding import Finding
from objectforge.storage.indexes import Index, key_of
from objectforge.storage.living import living
from objectforge.storage.registry import StoredObject
from objectforge.upkeep.examination import SHOWN, Examination, counted

__all__ = ["examine_unique"]


def examine_unique(examination: Examination) -> Iterator[Finding]:
    """The records that share what is declared unique."""
    registry, dialect = examination.registry, examination.connection.dialect
    expected = expected_shapes(registry, examination.schema, dialect)
    for stored in examination.objects:
        there = examination.shapes[stored.storage_name]
        for index in indexes_of(stored, registry, examination.schema):
            held = there.indexes.get(index.name) == expected[stored.storage_name].indexes[index.name]
            if index.unique and not held and {part.column for part in index.parts} <= there.columns.keys():
                yield from _examine(examination, stored, index)


def _examine(examination: Examination, stored: StoredObject, index: Index) -> Iterator[Finding]:
    table = examination.tables.table(stored.number)
    columns = [table.c[part.column] for part in index.parts]
    keys = [
        key_of(part, column, examination.connection.dialect) for part, column in zip(index.parts, columns, strict=True)
    ]
    shared = (
        sa.select(
            sa.func.count().label("records"),
            sa.func.min(table.c.id).label("first"),
            sa.func.max(table.c.id).label("last"),
        )
        .where(living(table), *(column.is_not(None) for column in columns))
        .group_by(*keys)
        .having(sa.func.count() > 1)
        .subquery()
    )
    groups, records = examination.connection.execute(sa.select(sa.func.count(), sa.func.sum(shared.c.records))).one()
    if not groups:
        return
    pairs = sa.select(shared.c.first, shared.c.last).order_by(shared.c.first).limit((SHOWN + 1) // 2)
    ids = [id_ for pair in examination.connection.execute(pairs) for id_ in pair]
    yield Finding(
        "shared_value", f"{stored.name}.{index.fields[0]}" if len(index.fields) == 1 else stored.name,
        f"{counted(records)} share {groups:,} value{'' if groups == 1 else 's'} of ({', '.join(index.fields)}), "
        "which must be unique", "give them other values, then make the index again (objectforge drift)",
        f"table {table.name}, index {index.name}", count=records, ids=examination.shown(ids),
    )  # fmt: skip
