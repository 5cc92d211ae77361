"""Records to a CSV file, streamed: each value as `load` reads it back."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from objectforge.errors.exceptions import NotFound, ObjectForgeError
from objectforge.errors.issue import suggest
from objectforge.metadata.fields.base import FieldType
from objectforge.relations.schema import Object, Schema

__all__ = ["export", "export_columns"]


def export_columns(schema: Schema, obj: Object, names: Sequence[str] | None = None) -> Mapping[str, FieldType]:
    """The columns of an export: the field type by name or path; without names every field with a value of its own.

    Raises:
        NotFound: a name is no field, and no path to one.
        ValueError: there is no name at all.
        TypeError: it is one text, not a list of them.
    """
    if names is None:
        return {field.name: field.type for field in obj.stored_fields}
    if isinstance(names, str):
        raise TypeError(f"columns is a list of field names: [{names!r}]")
    if not names:
        raise ValueError("columns names no field; leave it out for all of them")
    return dict(_column(schema, obj, name) for name in names)


def export(
    records: Iterable[Mapping[str, Any]],
    target: str | os.PathLike[str] | IO[str],
    columns: Mapping[str, FieldType],
    *,
    encoding: str = "utf-8",
) -> int:
    """Write records, each a mapping by the columns' names, under a header; return how many there were.

    A file takes its name only when it is complete: what was there before stays until then. A stream stays open.

    Raises:
        ObjectForgeError: the encoding has no such character, or there is no such encoding; nothing was written.
    """
    if not isinstance(target, str | os.PathLike):
        return _write(target, records, columns)
    path = Path(target)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("x", encoding=encoding, newline="") as file:
            count = _write(file, records, columns)
        partial.replace(path)
    except OSError as wrong:
        raise OSError(wrong.errno, wrong.strerror, str(path)) from wrong
    except UnicodeEncodeError as wrong:
        character = wrong.object[wrong.start]
        raise ObjectForgeError(
            f"{encoding} has no character {character!r} (U+{ord(character):04X}), which a record has; "
            "export in utf-8 or, for spreadsheets, utf-8-sig"
        ) from wrong
    except LookupError as unknown:
        raise ObjectForgeError(f"there is no encoding {encoding!r}; utf-8, utf-8-sig and cp932 are some") from unknown
    finally:
        partial.unlink(missing_ok=True)
    return count


def _write(file: IO[str], records: Iterable[Mapping[str, Any]], columns: Mapping[str, FieldType]) -> int:
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    try:
        for record in records:
            writer.writerow([field.to_text(record[name]) for name, field in columns.items()])
            count += 1
    finally:
        if isinstance(records, Generator):  # where writing failed, a stream of the database must not stay open
            records.close()
    return count


def _column(schema: Schema, obj: Object, name: str) -> tuple[str, FieldType]:
    *way, last = name.split(".")
    at, spelled = obj, list[str]()
    for step in way:
        lookup = at.parent(step)
        if lookup is None:
            raise NotFound(
                f"{at.name} has no lookup '{step}'{_hint(step, [each.path for each in at.lookups.values()])}"
            )
        spelled.append(lookup.path)
        at = schema.objects[lookup.targets[0]]
    field = at.field(last)
    if field is None:
        raise NotFound(f"{at.name} has no field '{last}'{_hint(last, at.fields)}")
    return ".".join((*spelled, field.name)), field.shown


def _hint(word: str, known: Iterable[str]) -> str:
    found = suggest(word, known, limit=0)
    return f"; {found}" if found else ""
