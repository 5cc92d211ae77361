"""The recycle bin's own tables against the records: each of both knows of the other."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.errors.issue import Severity
from objectforge.storage.finding import Finding
from objectforge.storage.living import living
from objectforge.storage.registry import StoredObject
from objectforge.storage.registry_tables import bin_links, bin_records
from objectforge.upkeep.examination import SHOWN, Examination, RowCheck, counted
from objectforge.values.ids import COUNTER_BITS, id_range

__all__ = ["examine_bin"]


def examine_bin(examination: Examination) -> Iterator[Finding]:
    """Records that are deleted and not in the bin, and what the bin has that is not deleted or not there."""
    if examination.has(bin_records):
        for stored in examination.objects:
            yield from _records(examination, stored)
        yield from _strangers(examination)
    if examination.has(bin_records) and examination.has(bin_links):
        yield from _links(examination)


def _records(examination: Examination, stored: StoredObject) -> Iterator[Finding]:
    table, binned = examination.tables.table(stored.number), bin_records
    lost = RowCheck(
        "not_in_bin", stored.name, sa.and_(living(table, deleted=True), binned.c.record.is_(None)),
        "that are deleted, but which the recycle bin does not know: they cannot be restored",
        "set IsDeleted to false in the table, then delete them again", "is_deleted",
    )  # fmt: skip
    yield from _found(examination, lost, table, table.outerjoin(binned, binned.c.record == table.c.id), table.c.id)
    of_it = binned.c.record.between(*id_range(stored.number))
    stray = RowCheck(
        "stray_in_bin", stored.name, sa.and_(of_it, sa.or_(table.c.id.is_(None), living(table))),
        "in the recycle bin's table that are not deleted, or not there", "delete their rows from of_bin",
    )  # fmt: skip
    yield from _found(
        examination, stray, binned, binned.outerjoin(table, table.c.id == binned.c.record), binned.c.record
    )


def _strangers(examination: Examination) -> Iterator[Finding]:
    """Rows of the bin whose object is none of the org's."""
    rows = sa.select(_object_of(bin_records.c.record), bin_records.c.record).subquery()
    query = sa.select(rows.c.object, sa.func.count(), sa.func.min(rows.c.record)).group_by(rows.c.object)
    for number, count, first in examination.connection.execute(query):
        if number not in examination.registry.by_number:
            yield Finding(
                "stray_in_bin", "of_bin", f"{counted(count)} in the recycle bin are of an object that the org has not",
                "delete their rows from of_bin", "table of_bin", count=count, ids=examination.shown([first]),
            )  # fmt: skip


def _links(examination: Examination) -> Iterator[Finding]:
    """Remembered links that no restore would bring back: of a batch that is gone, or of a column that is."""
    stray = RowCheck(
        "stray_bin_link", "of_bin_link", bin_records.c.record.is_(None),
        "with a link to bring back whose batch is no longer in the recycle bin",
        "delete their rows from of_bin_link", severity=Severity.WARNING,
    )  # fmt: skip
    joined = bin_links.outerjoin(bin_records, bin_records.c.record == bin_links.c.batch)
    yield from _found(examination, stray, bin_links, joined, bin_links.c.record)
    known = {(field.object, field.storage_name) for field in examination.registry.fields if field.targets}
    rows = sa.select(_object_of(bin_links.c.record), bin_links.c.column, bin_links.c.record).subquery()
    query = sa.select(rows.c.object, rows.c.column, sa.func.count(), sa.func.min(rows.c.record))
    for number, column, count, first in examination.connection.execute(query.group_by(rows.c.object, rows.c.column)):
        if (number, column) not in known:
            yield Finding(
                "stray_bin_link", "of_bin_link",
                f"{counted(count)} with a link to bring back in '{column}', which is no link of their object",
                "delete their rows from of_bin_link", "table of_bin_link", Severity.WARNING, count,
                examination.shown([first]),
            )  # fmt: skip


def _object_of(record: sa.Column[int]) -> sa.ColumnElement[int]:
    return record.bitwise_rshift(sa.literal(COUNTER_BITS, sa.Integer())).label("object")


def _found(
    examination: Examination, check: RowCheck, table: sa.Table, joined: sa.FromClause, key: sa.Column[int]
) -> Iterator[Finding]:
    count = examination.connection.scalar(sa.select(sa.func.count()).select_from(joined).where(check.condition)) or 0
    if count:
        first = sa.select(key).select_from(joined).where(check.condition).order_by(key).limit(SHOWN)
        yield examination.of_records(check, table, count, examination.connection.scalars(first).all())
