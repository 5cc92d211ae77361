"""Picklist values in records that were never declared: neither active, nor inactive, nor held."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.storage.finding import Finding
from objectforge.storage.registry import StoredField, StoredObject
from objectforge.storage.type_json import is_id, type_from_json
from objectforge.upkeep.examination import SHOWN, Examination, RowCheck

__all__ = ["examine_choices"]

_NAMED = 5


def examine_choices(examination: Examination) -> Iterator[Finding]:
    """The unknown values of restricted picklists, each field's distinct values read once."""
    for stored in examination.objects:
        for field in examination.fields(stored):
            rules = None if is_id(field.type) else type_from_json(field.type).choice_rules
            if rules is not None and rules.restricted:
                yield from _examine(examination, stored, field, multiple=rules.multiple)


def _examine(
    examination: Examination, stored: StoredObject, field: StoredField, *, multiple: bool
) -> Iterator[Finding]:
    table, column = examination.tables.table(stored.number), examination.tables.column(field)
    text = sa.type_coerce(column, sa.Text())
    known = {value.value for value in field.values}
    query = sa.select(text, sa.func.count()).where(column.is_not(None)).group_by(text)
    strange: dict[str, int] = {}
    unknown: dict[str, None] = {}
    for held, records in examination.connection.execute(query):
        values = str(held).split(";") if multiple else [str(held)]
        if new := [value for value in values if value not in known]:
            strange[held] = records
            unknown |= dict.fromkeys(new)
    if not strange:
        return
    shown = ", ".join(f"'{value}'" for value in [*unknown][:_NAMED]) + (", ..." if len(unknown) > _NAMED else "")
    check = RowCheck(
        "unknown_value", f"{stored.name}.{field.name}", text.in_([*strange][:_NAMED]),
        f"with a value that was never declared: {shown}", "declare the values, or give the records others", column.name,
    )  # fmt: skip
    ids = examination.connection.scalars(
        sa.select(table.c.id).where(check.condition).order_by(table.c.id).limit(SHOWN)
    ).all()
    yield examination.of_records(check, table, sum(strange.values()), ids)
