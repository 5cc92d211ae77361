"""What the tables should be and what they are, to findings: what was changed behind the org's back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.relations.schema import Schema
from objectforge.storage.expected import expected_shapes, own_shapes
from objectforge.storage.finding import Finding
from objectforge.storage.introspection import read_shapes
from objectforge.storage.registry import Registry, State
from objectforge.storage.remedies import Remedies
from objectforge.storage.shapes import IndexShape, KeyShape, TableShape

__all__ = ["find_drift", "missing_tables"]

_RESTORE = "restore it from a backup"
_OURS = "ObjectForge's own tables are not to be changed by hand; restore the org from a backup"


def find_drift(connection: sa.Connection, registry: Registry, schema: Schema) -> tuple[Finding, ...]:
    """Every difference between an org's tables and what its registry says of them; none for an org in order."""
    found = read_shapes(connection)
    own = [
        difference
        for name, expected in own_shapes(registry, connection.dialect).items()
        for difference in _differences(expected, found.get(name), _Names(name, {}, hint=_OURS))
    ]
    names = _names(registry, Remedies(connection, registry, schema))
    return (
        *own,
        *(
            difference
            for name, expected in expected_shapes(registry, schema, connection.dialect).items()
            for difference in _differences(expected, found.get(name), names[name])
        ),
    )


def missing_tables(shapes: Mapping[str, TableShape], registry: Registry, dialect: Dialect) -> Iterator[Finding]:
    """The tables and columns without which records cannot be read at all, the org's own included."""
    for name, expected in own_shapes(registry, dialect).items():
        yield from _lacking(name, expected.columns, shapes.get(name), _Names(name, {}, hint=_OURS))
    names = _names(registry)
    for stored in registry.objects:
        fields = registry.by_object[stored.number]
        columns = [field.storage_name for field in fields if field.storage_name is not None]
        table = stored.storage_name
        yield from _lacking(table, columns, shapes.get(table), names[table])


# -- names ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Names:
    """The API names behind a table and its columns."""

    object: str
    columns: Mapping[str, str]
    held: bool = False
    hint: str = ""
    """What to do about whatever is wrong, where it is always the same."""
    remedies: Remedies | None = None

    def field(self, column: str) -> str:
        """The field of a column; the object where there is none."""
        name = self.columns.get(column)
        return f"{self.object}.{name}" if name else self.object

    @property
    def shown(self) -> str:
        """The object, and whether it is held."""
        return f"{self.object} (held)" if self.held else self.object


def _names(registry: Registry, remedies: Remedies | None = None) -> Mapping[str, _Names]:
    return {
        stored.storage_name: _Names(
            stored.name,
            {
                field.storage_name: field.name
                for field in registry.by_object[stored.number]
                if field.storage_name is not None
            },
            stored.state is State.HELD,
            remedies=remedies,
        )
        for stored in registry.objects
    }


# -- differences ------------------------------------------------------------------------------------------------------
def _lacking(table: str, columns: Iterable[str], found: TableShape | None, names: _Names) -> Iterator[Finding]:
    if found is None:
        yield Finding(
            "missing_table", names.object, f"the table of {names.shown} is gone, and its records with it",
            names.hint or _RESTORE, f"table {table}",
        )  # fmt: skip
        return
    for column in columns:
        if column not in found.columns:
            yield Finding(
                "missing_column", names.field(column), "its column is gone, and its values with it",
                names.hint or _column_again(table, column, names.remedies), _column(table, column),
            )  # fmt: skip


def _differences(expected: TableShape, found: TableShape | None, names: _Names) -> Iterator[Finding]:
    yield from _lacking(expected.name, expected.columns, found, names)
    if found is not None:
        yield from _columns(expected, found, names)
        yield from _keys(expected, found, names)
        yield from _indexes(expected, found, names)
        for extra in found.extras:
            yield Finding(
                "foreign_rule", names.object, f"there is a {extra}, which ObjectForge did not make",
                names.hint or "drop it: what it changes or refuses, the org knows nothing of", f"table {expected.name}",
            )  # fmt: skip


def _columns(expected: TableShape, found: TableShape, names: _Names) -> Iterator[Finding]:
    table = expected.name
    for name, column in found.columns.items():
        wanted = expected.columns.get(name)
        if wanted is None:
            yield Finding(
                "foreign_column", names.object, f"there is a column '{name}', which ObjectForge did not make",
                names.hint or "drop the column; declare a field in the metadata to have one", _column(table, name),
            )  # fmt: skip
        elif column != wanted:
            yield Finding(
                "changed_column", names.field(name), f"its column should be '{wanted}' and is '{column}'",
                names.hint or f"change the column back to '{wanted}'", _column(table, name),
            )  # fmt: skip


def _keys(expected: TableShape, found: TableShape, names: _Names) -> Iterator[Finding]:
    for columns, key in expected.keys.items():
        there = found.keys.get(columns)
        if there is None and set(columns) <= found.columns.keys():
            yield _key("missing_key", f"its foreign key {key} is gone", names, expected, key)
        elif there is not None and there != key:
            yield _key("changed_key", f"its foreign key should be {key} and is {there}", names, expected, key)
    for columns, key in found.keys.items():
        if columns not in expected.keys:
            message = f"there is a foreign key {key}, which ObjectForge did not make"
            yield Finding(
                "foreign_key", names.field(columns[0]), message, names.hint or "drop it",
                _column(expected.name, columns[0]),
            )  # fmt: skip


def _key(kind: str, message: str, names: _Names, table: TableShape, key: KeyShape) -> Finding:
    hint = names.hint or _key_again(table.name, key, names.remedies)
    return Finding(kind, names.field(key.columns[0]), message, hint, _column(table.name, key.columns[0]))


def _indexes(expected: TableShape, found: TableShape, names: _Names) -> Iterator[Finding]:
    table = expected.name
    for name, index in expected.indexes.items():
        there = found.indexes.get(name)
        place = f"table {table}, index {name}"
        if there is None:
            lost = "two records may now share a value" if index.unique else "questions by it are slow"
            yield Finding(
                "missing_index", names.object, f"the index '{index}' is gone: {lost}",
                names.hint or _index_again(table, index, names.remedies), place,
            )  # fmt: skip
        elif there != index:
            yield Finding(
                "changed_index", names.object, f"the index should be '{index}' and is '{there}'",
                names.hint or f"drop the index, then {_index_again(table, index, names.remedies)}", place,
            )  # fmt: skip
    for name, index in found.indexes.items():
        if name not in expected.indexes:
            yield Finding(
                "foreign_index", names.object, f"there is an index '{index}', which ObjectForge did not make",
                names.hint or "drop it; write 'indexes:' or 'unique:' in the metadata to have one",
                f"table {table}, index {name}",
            )  # fmt: skip


def _column_again(table: str, column: str, remedies: Remedies | None) -> str:
    again = f": {remedies.column(table, column)}" if remedies is not None else ""
    return f"{_RESTORE}, or add the column again to lose the values only{again}"


def _key_again(table: str, key: KeyShape, remedies: Remedies | None) -> str:
    sql = remedies.key(table, key.columns[0]) if remedies is not None else None
    again = f"add the key again: {sql}" if sql else "copy the org (objectforge copy), which makes all keys anew"
    return f"see that every value leads to a record (objectforge doctor), then {again}"


def _index_again(table: str, index: IndexShape, remedies: Remedies | None) -> str:
    sql = remedies.index(table, index.name) if remedies is not None else f"the index '{index.name}' of {table}"
    return f"make it again: {sql}"


def _column(table: str, column: str) -> str:
    return f"table {table}, column {column}"
