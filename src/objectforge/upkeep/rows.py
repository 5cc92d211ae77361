"""What every record of an object must have: an id of its object, its master, its required and system values."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.errors.issue import Severity
from objectforge.relations.schema import Field
from objectforge.storage.finding import Finding
from objectforge.storage.living import living
from objectforge.storage.registry import StoredObject
from objectforge.upkeep.examination import Examination, RowCheck
from objectforge.upkeep.readable import readable_checks
from objectforge.values.ids import id_range
from objectforge.values.kinds import Kind

__all__ = ["examine_rows"]


def examine_rows(examination: Examination) -> Iterator[Finding]:
    """What is wrong with records by themselves, object by object."""
    for stored in examination.objects:
        yield from examination.check_rows(stored, [*_checks(examination, stored)])


def _checks(examination: Examination, stored: StoredObject) -> Iterator[RowCheck]:
    table = examination.tables.table(stored.number)
    yield RowCheck(
        "foreign_id",
        stored.name,
        sa.not_(table.c.id.between(*id_range(stored.number))),
        "with an id of another object",
        "they were written by hand: export what they hold, delete the rows, load it again",
        "id",
    )
    for field in examination.fields(stored):
        column = examination.tables.column(field)
        name = f"{stored.name}.{field.name}"
        declared = examination.declared_field(stored, field)
        if declared is not None and column.name != "id":
            yield from _lacking(declared, name, column, table, examination)
        yield from readable_checks(field, name, column, examination.connection.dialect)


def _lacking(
    field: Field, name: str, column: sa.Column[object], table: sa.Table, examination: Examination
) -> Iterator[RowCheck]:
    lacks = sa.and_(living(table), column.is_(None))
    master = examination.schema.objects[field.object].lookups.get(field.name)
    if master is not None and master.master:
        yield RowCheck(
            "no_master", name, lacks, "without the master that they are part of",
            f"give each a {field.name}, or delete it", column.name,
        )  # fmt: skip
    elif field.value_type.kind is Kind.BOOLEAN:
        # IsDeleted itself: such a record is neither living nor in the bin.
        yield RowCheck(
            "no_checkbox_value", name, column.is_(None), "where a checkbox is neither true nor false",
            "set it to one of the two", column.name,
        )  # fmt: skip
    elif field.system:
        yield RowCheck(
            "no_system_value", name, column.is_(None), "without a value that every record has",
            "they were written by hand: export what they hold, delete the rows, load it again", column.name,
        )  # fmt: skip
    elif field.type.required:
        yield RowCheck(
            "no_required_value", name, lacks, "without a value, which is required",
            "fill them in; whoever changes such a record next will have to", column.name, Severity.WARNING,
        )  # fmt: skip
