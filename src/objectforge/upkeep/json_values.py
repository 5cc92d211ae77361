"""JSON in PostgreSQL's text columns, read value by value: the server cannot be asked before version 16."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.storage.finding import Finding
from objectforge.storage.registry import StoredField, StoredObject
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.upkeep.examination import SHOWN, Examination, RowCheck
from objectforge.values.kinds import Kind

__all__ = ["examine_json"]

_BATCH = 1000


def examine_json(examination: Examination) -> Iterator[Finding]:
    """The values of JSON fields that are none; on SQLite the database itself was asked."""
    if examination.connection.dialect.name == "sqlite":
        return
    for stored in examination.objects:
        for field in examination.fields(stored):
            if not is_id(field.type) and type_from_json(field.type).value_type().kind is Kind.JSON:
                yield from _examine(examination, stored, field)


def _examine(examination: Examination, stored: StoredObject, field: StoredField) -> Iterator[Finding]:
    table, column = examination.tables.table(stored.number), examination.tables.column(field)
    query = sa.select(table.c.id, sa.type_coerce(column, sa.Text())).where(column.is_not(None)).order_by(table.c.id)
    wrong: list[int] = []
    count = 0
    for id_, text in examination.connection.execute(query, execution_options={"yield_per": _BATCH}):
        if not _is_json(text):
            count += 1
            wrong += [id_] if count <= SHOWN else []
    if count:
        check = RowCheck(
            "unreadable_value", f"{stored.name}.{field.name}", sa.true(), "with a value that no json field can have",
            "it was written by hand: set the column to NULL, then give each record its value", column.name,
        )  # fmt: skip
        yield examination.of_records(check, table, count, wrong)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
