"""Records under columns as a table of the texts that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from objectforge.metadata.fields.base import FieldType, Region
from objectforge.query.render.table import TableColumn, TableRow
from objectforge.relations.view import Column
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale, pick_label

__all__ = ["record_table", "value_text"]


def record_table(
    columns: Sequence[Column],
    records: Iterable[Mapping[str, Any]],
    names: Mapping[str, str],
    locale: Locale,
    region: Region,
) -> tuple[list[TableColumn], list[TableRow]]:
    """The columns and rows of a table of records; numbers stand at the right.

    Args:
        columns: What is shown.
        records: Values by column key.
        names: What to show for the ids in lookups; the id itself where it has no name.
        locale: The reader's locale.
        region: The time zone and the currency.
    """
    drawn = [
        TableColumn((pick_label(column.label, locale),), right=column.ref.type.kind is Kind.NUMBER)
        for column in columns
    ]
    rows = [
        TableRow(tuple(value_text(column.type, record[column.key], names, locale, region) for column in columns))
        for record in records
    ]
    return drawn, rows


def value_text(field: FieldType, value: Any, names: Mapping[str, str], locale: Locale, region: Region) -> str:
    """What people read for a field's value: the name of the record that a lookup points to, a compound as its text."""
    compound = field.value_type().kind is Kind.COMPOUND
    match value:
        case None:
            return ""
        case str() if compound:
            return value
        case str() if field.relation is not None:
            return names.get(value, value)
        case _ if compound:
            return field.compose(value, locale)
        case _:
            return field.display(value, locale, region)
