"""The header of a file to what its columns fill: fields, links by a unique field, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from objectforge.errors.exceptions import RecordInvalid
from objectforge.errors.issue import suggest
from objectforge.errors.record import RecordIssue
from objectforge.records.coerce import find_link
from objectforge.records.forms import Form
from objectforge.relations.schema import Field
from objectforge.values.locales import Locale, pick_label

__all__ = ["REJECT_COLUMNS", "Column", "read_header"]

REJECT_COLUMNS = ("_line", "_code", "_field", "_reason")
"""The columns that a rejects file has besides the original ones; they are ignored when it is loaded."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column fills. `field` says how its texts are read; `link` is the lookup behind a path."""

    place: int
    key: str
    field: Field
    link: str | None = None
    target: str | None = None


def read_header(
    form: Form,
    header: Sequence[str],
    columns: Mapping[str, str | None],
    locale: Locale,
    *,
    name: str,
    upsert: str | None = None,
) -> tuple[Column, ...]:
    """The columns that fill something.

    Raises:
        RecordInvalid: a header is unknown, stands twice, or cannot be written; every one of them.
    """
    split = _split_otherwise(header, columns)
    if split is not None:
        text = f"{name}, line 1: the cells seem to be separated by {split!r}; say delimiter={split!r}"
        raise RecordInvalid([RecordIssue(form.object.name, 0, (), "INVALID_FIELD", text)])
    reading = _Header(form, columns, locale, name, upsert)
    found = [column for place, text in enumerate(header) if (column := reading.column(place, text.strip()))]
    reading.check_unused()
    if reading.issues:
        raise RecordInvalid(reading.issues)
    return tuple(found)


def _split_otherwise(header: Sequence[str], columns: Mapping[str, str | None]) -> str | None:
    """The sign that separates the cells of a header which was read as one cell."""
    if len(header) != 1 or header[0].strip().lower() in {key.strip().lower() for key in columns}:
        return None
    return next((sign for sign in ";\t|" if sign in header[0]), None)


class _Header:
    def __init__(
        self, form: Form, columns: Mapping[str, str | None], locale: Locale, name: str, upsert: str | None
    ) -> None:
        self._form = form
        self._mapped = {key.strip().lower(): value for key, value in columns.items()}
        self._unused = {key.strip().lower(): key for key in columns}
        self._locale = locale
        self._name = name
        self._upsert = upsert
        self._seen: dict[str, str] = {}
        self.issues: list[RecordIssue] = []

    def column(self, place: int, text: str) -> Column | None:
        """What a column fills; None for nothing, or when it is wrong."""
        if text in REJECT_COLUMNS:
            return None
        key = text.lower()
        self._unused.pop(key, None)
        wanted = self._mapped.get(key, text)
        if wanted is None:
            return None
        found = self._find(place, wanted)
        if isinstance(found, str):
            self._wrong(text, found)
            return None
        filled = found.link or found.field.name
        if filled in self._seen:
            self._wrong(
                text, f"column {place + 1}, '{text}', fills {filled}, which '{self._seen[filled]}' fills already"
            )
            return None
        self._seen[filled] = text
        return found

    def check_unused(self) -> None:
        """Report what `columns` says about headers that the file does not have."""
        for key in self._unused.values():
            self._wrong(key, f"columns={{{key!r}: ...}} names a header that the file does not have")

    def _find(self, place: int, wanted: str) -> Column | str:
        form = self._form
        if "." in wanted:
            link = find_link(form, wanted)
            if link is None:
                return self._no_path(wanted)
            name, target, field_name = link
            return Column(place, wanted, form.schema.objects[target].fields[field_name], name, target)
        field = form.object.field(wanted)
        lookup = form.object.parent(wanted)
        if field is None and lookup is not None:
            field = form.object.fields[lookup.field]
        if field is None:
            return self._unknown(wanted)
        if field.name in form.compounds:
            return f"'{wanted}' is made of parts: {', '.join(form.compounds[field.name].values())}; give them columns"
        if not field.writable and not (field.name == "Id" and (self._upsert or "").lower() == "id"):
            return f"'{field.name}' cannot be written; leave it out with columns={{{wanted!r}: None}}"
        return Column(place, field.name, field)

    def _no_path(self, wanted: str) -> str:
        path, _, name = wanted.partition(".")
        path = path.partition(":")[0]
        lookup = self._form.object.parent(path) or self._form.object.lookups.get(path)
        if lookup is None:
            paths = [each.path for each in self._form.lookups.values()]
            hint = suggest(path, paths, what="paths") or "there are no lookups"
            return f"'{wanted}' is no path: {self._form.object.name} has no lookup '{path}'; {hint}"
        known = [
            f"{path}.{field.name}"
            for target in lookup.targets
            for field in self._form.schema.objects[target].stored_fields
            if field.identifies
        ]
        if len(known) > len(lookup.targets):
            return f"'{wanted}' does not tell records apart; unique fields do: {', '.join(known)}"
        targets = ", ".join(lookup.targets)
        return f"'{wanted}': {targets} has no unique field to find '{name}' by; give ids, under {lookup.field}"

    def _unknown(self, wanted: str) -> str:
        labelled = [
            field.name
            for field in self._form.writable.values()
            if pick_label(field.label, self._locale).strip().lower() == wanted.lower()
        ]
        if not wanted:
            return "a column has no header; name it, or leave it out with columns={'': None}"
        if labelled:
            return f"{self._form.object.name} has no field '{wanted}'; say columns={{{wanted!r}: {labelled[0]!r}}}"
        hint = suggest(wanted, self._form.writable, what="fields") or ""
        return (
            f"{self._form.object.name} has no field '{wanted}'; {hint} (or columns={{{wanted!r}: None}} leaves it out)"
        )

    def _wrong(self, header: str, text: str) -> None:
        message = f"{self._name}, line 1: {text}"
        self.issues.append(RecordIssue(self._form.object.name, 0, (header,), "INVALID_FIELD", message))
