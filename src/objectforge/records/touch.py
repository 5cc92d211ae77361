"""Many records changed alike, each with a later stamp than it had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from objectforge.records.forms import Form
from objectforge.records.stamps import conflicts, rising
from objectforge.records.stored import batched
from objectforge.records.writing import Writing

__all__ = ["touch"]


def touch(writing: Writing, form: Form, ids: Iterable[int], values: Mapping[str, Any]) -> None:
    """Give records these raw values, by column, and a new stamp.

    Raises:
        Conflict: a record that another transaction has written stands against it.
    """
    connection, now = writing.context.connection, writing.context.moment.now
    key, stamp = (form.table.c[form.columns[name]] for name in ("Id", "SystemModstamp"))
    for chunk in batched(ids):
        ahead = connection.execute(sa.select(key, stamp).where(key.in_(chunk), stamp >= now)).all()
        with conflicts(form):
            connection.execute(sa.update(form.table).where(key.in_(chunk)).values({**values, stamp.name: now}))
        for number, before in ahead:
            later = {stamp.name: rising(before, now)}
            connection.execute(sa.update(form.table).where(key == number).values(later))
