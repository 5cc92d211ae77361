"""Columns and orders as written to references: headings, keys in rows, what cannot be sorted or grouped by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from objectforge.expressions.typed import Ref
from objectforge.metadata import models
from objectforge.metadata.leaves import Label
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.findings import Findings
from objectforge.relations.orders import order_meant
from objectforge.relations.schema import Field, Objects
from objectforge.relations.sql_forms import HINT, Lacking
from objectforge.relations.view import Column, SortKey
from objectforge.relations.walking import ref_path
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale, pick_label

__all__ = ["field_of", "read_columns", "read_sort", "ref_label", "sortable"]

_UNSORTED = frozenset({Kind.COMPOUND, Kind.JSON})


def read_columns(
    objects: Objects,
    starts: Mapping[str, str],
    written: Sequence[models.Column],
    scope: checking.Names,
    path: Path,
    findings: Findings,
) -> tuple[Column, ...]:
    """The columns; `starts` gives the object of each join path ("" for the base)."""
    found: list[Column] = []
    for number, column in enumerate(written):
        ref = checking.path(column.field, scope, (*path, number, "field"), findings)
        if ref is not None:
            label = column.label or ref_label(objects, starts[ref.node], ref)
            key = ref_path(objects, starts[ref.node], ref)
            found.append(Column(key, label, ref, field_of(objects, ref).shown))
    given = {column.label for column in written if isinstance(column.label, str)}
    return tuple(_told_apart(objects, column, found, given) for column in found)


def read_sort(
    objects: Objects, written: Sequence[str], scope: checking.Names, path: Path, findings: Findings
) -> tuple[SortKey, ...]:
    """The keys of an order: `-Amount` descends."""
    found: list[SortKey] = []
    for number, text in enumerate(written):
        at, descending = (*path, number), text.startswith("-")
        if (hint := order_meant(text)) is not None:
            findings.add("OF334", f"'{text}' is no path to one field", at, hint)
            continue
        ref = checking.path(text[1:] if descending else text, scope, at, findings, shift=int(descending))
        if ref is not None and sortable(objects, ref, at, findings, "sorted"):
            found.append(SortKey(ref, descending))
    return tuple(found)


def _told_apart(objects: Objects, column: Column, among: Sequence[Column], given: Set[str]) -> Column:
    """A column of another record with its object before its heading, where a second column has the same heading."""
    same = (other for other in among if other.key != column.key and other.label == column.label)
    if (
        not (column.ref.node or column.ref.steps)
        or (isinstance(column.label, str) and column.label in given)
        or next(same, None) is None
    ):
        return column
    owner = objects.objects[column.ref.object].label
    locales = {"en", *(owner if isinstance(owner, Mapping) else ())}
    locales |= set(column.label if isinstance(column.label, Mapping) else ())
    texts = {
        code: f"{pick_label(owner, Locale(code))}: {pick_label(column.label, Locale(code))}" for code in sorted(locales)
    }
    return replace(column, label=texts)


def sortable(objects: Objects, ref: Ref, path: Path, findings: Findings, what: str) -> bool:
    """Whether records can be put in order, or in groups, by the field; reported when not."""
    field = field_of(objects, ref)
    if field.only_python is not None:
        findings.add("OF805", Lacking(field.only_python, (field.object, field.name)).message, path, HINT)
        return False
    if ref.type.kind not in _UNSORTED and ref.type.searchable:
        return True
    parts = [each.name for each in objects.objects[ref.object].fields.values() if each.part_of == field.name]
    hint = f"name its parts: {', '.join(parts)}" if parts else None
    message = f"nothing can be {what} by '{ref.object}.{ref.field}', which is {field.type.type_name}"
    findings.add("OF403", message, path, hint)
    return False


def field_of(objects: Objects, ref: Ref) -> Field:
    """The field that a reference leads to."""
    return objects.objects[ref.object].fields[ref.field]


def ref_label(objects: Objects, start: str, ref: Ref) -> Label:
    """The heading of a reference: the field's label; for a parent's name that of the lookup."""
    owner = objects.objects[ref.object]
    match ref.steps:
        case (*before, last) if ref.field == owner.name_field:
            holder = before[-1].to if before else start
            return objects.objects[holder].fields[last.field].label
        case _:
            return owner.fields[ref.field].label
