"""The org's own tables, beside those of its objects: all begin with `of_`."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.values.storage_types import Instant, JsonText, PlainText, RecordId

__all__ = ["ADDED", "METADATA", "bin_links", "bin_records", "counters", "fields", "history", "objects", "org"]

METADATA = sa.MetaData()
"""All of them."""

org = sa.Table(
    "of_org",
    METADATA,
    sa.Column("id", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("format", RecordId(), nullable=False),
    sa.Column("version", RecordId(), nullable=False),
    sa.Column("next_object", RecordId(), nullable=False),
    sa.Column("next_identity", RecordId(), nullable=False),
    sa.Column("uid", PlainText()),
)
"""One row: the org. Whoever changes the org's metadata locks it; `uid` tells it from every other org."""

objects = sa.Table(
    "of_object",
    METADATA,
    sa.Column("number", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("storage_name", PlainText(), nullable=False),
    sa.Column("prefix", PlainText(), nullable=False),
    sa.Column("path", JsonText(), nullable=False),
    sa.Column("state", PlainText(), nullable=False),
    sa.Column("package", PlainText()),
)

fields = sa.Table(
    "of_field",
    METADATA,
    sa.Column("identity", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("object", RecordId(), nullable=False),
    sa.Column("storage_name", PlainText()),
    sa.Column("path", JsonText(), nullable=False),
    sa.Column("state", PlainText(), nullable=False),
    sa.Column("type", PlainText(), nullable=False),
    sa.Column("choices", JsonText()),
    sa.Column("targets", JsonText()),
)

counters = sa.Table(
    "of_counter",
    METADATA,
    sa.Column("series", PlainText(), primary_key=True),
    sa.Column("number", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("next", RecordId(), nullable=False),
)
"""The next counter of each object's records (series `object`) and of each autonumber field (series `field`)."""

history = sa.Table(
    "of_history",
    METADATA,
    sa.Column("version", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("at", Instant(), nullable=False),
    sa.Column("who", PlainText(), nullable=False),
    sa.Column("steps", JsonText(), nullable=False),
    sa.Column("metadata", PlainText(), nullable=False),
    sa.Column("source", PlainText()),
    sa.Column("identities", JsonText()),
)
"""Every version of the org's metadata: when, by whom, by which steps; merged, as YAML, and whose names it has."""

bin_records = sa.Table(
    "of_bin",
    METADATA,
    sa.Column("record", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("batch", RecordId(), nullable=False, index=True),
    sa.Column("at", Instant(), nullable=False),
    sa.Column("who", RecordId(), nullable=False),
)
"""The records in the recycle bin. A batch is what went with one deleted record, whose id names it."""

bin_links = sa.Table(
    "of_bin_link",
    METADATA,
    sa.Column("record", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("column", PlainText(), primary_key=True),
    sa.Column("batch", RecordId(), nullable=False, index=True),
    sa.Column("target", RecordId(), nullable=False),
)
"""The links that deleting a batch emptied: of which record, in which column, and where they pointed to."""

ADDED = {2: (org.c.uid, fields.c.choices, fields.c.targets, history.c.source, history.c.identities)}
"""The columns that each format of these tables has more than the one before; they take null."""
