"""The recycle bin emptied: what has been in it for long enough is deleted for good."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from objectforge.records.closure import find_closure
from objectforge.records.delete import erase
from objectforge.records.writing import Writing
from objectforge.storage.registry_tables import bin_records
from objectforge.values.ids import object_number

__all__ = ["empty_bin"]

_BATCHES = 1000


def empty_bin(writing: Writing, *, older_than: datetime | None = None) -> int:
    """Delete for good what went into the bin before that instant, everything without one; return how many records.

    Objects that are held keep their records.
    """
    connection = writing.context.connection
    select = sa.select(bin_records.c.record)
    if older_than is not None:
        select = select.where(bin_records.c.at < older_than)
    known = {number for number, _ in writing.context.ids.objects.values()}
    count, last = 0, -1
    while True:
        page = select.where(bin_records.c.record > last).order_by(bin_records.c.record).limit(_BATCHES)
        found = list(connection.scalars(page))
        if not found:
            return count
        last = found[-1]
        closure = find_closure(writing, [record for record in found if object_number(record) in known], hard=True)
        erase(writing, closure)
        count += len(closure.gone)
