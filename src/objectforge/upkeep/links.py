"""Links against the records they lead to: there at all, of an object they may point to, and not in the recycle bin."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.storage.finding import Finding
from objectforge.storage.living import living
from objectforge.storage.registry import StoredField, StoredObject
from objectforge.upkeep.examination import SHOWN, Examination, RowCheck, met

__all__ = ["examine_links"]


def examine_links(examination: Examination) -> Iterator[Finding]:
    """The links that lead nowhere, and those of living records that lead to the bin; one question per link."""
    for stored in examination.objects:
        for field in examination.fields(stored):
            if field.targets and examination.readable.issuperset(field.targets):
                yield from _examine(examination, stored, field)


def _examine(examination: Examination, stored: StoredObject, field: StoredField) -> Iterator[Finding]:
    table, column = examination.tables.table(stored.number), examination.tables.column(field)
    parents = [examination.tables.table(number).alias(f"parent_{number}") for number in field.targets]
    joined: sa.FromClause = table
    for parent in parents:
        joined = joined.outerjoin(parent, parent.c.id == column)
    declared = examination.declared_field(stored, field) is not None
    checks: list[RowCheck] = []
    if declared or len(field.targets) == 1:  # of a held link to several objects no one takes care
        checks.append(_missing(examination, stored, field, sa.and_(*(parent.c.id.is_(None) for parent in parents))))
    if declared:
        in_bin = sa.or_(*(living(parent, deleted=True) for parent in parents))
        checks.append(_parted(stored, field, sa.and_(living(table), in_bin)))
    if not checks:
        return
    there = column.is_not(None)
    counts = sa.select(*(met(check.condition) for check in checks))
    found = examination.connection.execute(counts.select_from(joined).where(there)).one()
    for check, count in zip(checks, found, strict=True):
        if count:
            first = sa.select(table.c.id).select_from(joined).where(there, check.condition)
            ids = examination.connection.scalars(first.order_by(table.c.id).limit(SHOWN)).all()
            yield examination.of_records(check, table, count, ids)


def _missing(
    examination: Examination, stored: StoredObject, field: StoredField, condition: sa.ColumnElement[bool]
) -> RowCheck:
    names = " or ".join(examination.registry.by_number[number].name for number in field.targets)
    return RowCheck(
        "missing_parent", f"{stored.name}.{field.name}", condition, f"that point to no record of {names}",
        "empty the links, or let them point to a record that is there", field.storage_name or "",
    )  # fmt: skip


def _parted(stored: StoredObject, field: StoredField, condition: sa.ColumnElement[bool]) -> RowCheck:
    return RowCheck(
        "parent_in_bin", f"{stored.name}.{field.name}", condition,
        "that are living and point to a record in the recycle bin",
        "restore the parents, or let the links point to a living record", field.storage_name or "",
    )  # fmt: skip
