"""Links between rows of one file: left empty at first, filled once every row is there, whatever their order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from pydantic_core import ValidationError

from objectforge.errors.record import RecordIssue
from objectforge.metadata.fields.base import Reading
from objectforge.records.csv_text import CsvRow, open_csv
from objectforge.records.delete import delete
from objectforge.records.draft import Draft
from objectforge.records.forms import Form, UniqueKey
from objectforge.records.headers import Column
from objectforge.records.links import find_by
from objectforge.records.report import Reporter
from objectforge.records.result import Result
from objectforge.records.store import save
from objectforge.records.stored import batched, read_stored
from objectforge.records.update import update
from objectforge.records.writing import Writing

__all__ = ["OwnLinks", "Waiting"]

_CHUNK = 2_000
_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A column that points at rows of the same file, and the column that tells those apart."""

    column: Column
    key: UniqueKey
    place: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A written row whose links are still to be filled: the wanted value and its key by the lookup's field."""

    row: CsvRow
    result: Result
    wanted: Mapping[str, tuple[Any, _Key]]


class OwnLinks:
    """The links within a file. In memory are the keys of its rows, if it has such links, and the rows that wait."""

    def __init__(
        self,
        form: Form,
        columns: Sequence[Column],
        source: str | os.PathLike[str] | IO[str],
        encoding: str | None,
        delimiter: str,
    ) -> None:
        self._form = form
        self._source = source
        self._open = (encoding, delimiter)
        self._links = tuple(_own(form, columns)) if isinstance(source, str | os.PathLike) else ()
        self._keys: Mapping[str, set[_Key]] | None = None
        self.pending: list[Waiting] = []
        self.begun: dict[int, Mapping[str, Any] | None] = {}
        """The records that wait, by id, as they were before the file; None for those it made."""

    def take(self, writing: Writing, records: Sequence[dict[str, Any]]) -> list[dict[str, tuple[Any, _Key]]]:
        """Take the links to rows of the file out of the records; return them, a mapping per record."""
        found: list[dict[str, tuple[Any, _Key]]] = [{} for _ in records]
        for link in self._links:
            keys = self._known(writing.reading)[link.column.key]
            for record, waiting in zip(records, found, strict=True):
                value = record[link.column.key]
                key = _key_of(self._form, link.key, value)
                if key is not None and key in keys:
                    del record[link.column.key]
                    waiting[link.column.link or ""] = (value, key)
        return found

    def wait(self, row: CsvRow, result: Result, wanted: Mapping[str, tuple[Any, _Key]]) -> None:
        """Remember a written row whose links are to be filled."""
        self.pending.append(Waiting(row, result, wanted))

    def link(self, writing: Writing) -> Iterator[tuple[CsvRow, Result, Sequence[RecordIssue]]]:
        """Fill the links; return the rows that cannot have theirs. What such a row made or changed is undone."""
        if not self.pending:
            return
        writing.begun.update(self.begun)
        found = self._find(writing)
        bad: dict[int, Sequence[RecordIssue]] = {}
        rows: list[dict[str, Any]] = []
        places: list[int] = []
        for place, waiting in enumerate(self.pending):
            missing = [name for name, (_, key) in waiting.wanted.items() if len(found[name].get(key, ())) != 1]
            if missing:
                bad[place] = [self._missing(writing, waiting, name) for name in missing]
                continue
            ids = {name: writing.ids.text(found[name][key][0]) for name, (_, key) in waiting.wanted.items()}
            rows.append({"Id": waiting.result.id, **ids})
            places.append(place)
        for chunk in batched(zip(places, rows, strict=True), _CHUNK):
            results = update(writing, self._form.object, [row for _, row in chunk], partial=True)
            bad.update(
                (place, result.errors) for (place, _), result in zip(chunk, results, strict=True) if not result.ok
            )
        self._spread(writing, found, bad)
        gone = [self.pending[place].result.id for place in bad if self.pending[place].result.created]
        delete(writing, self._form.object, gone, hard=True, partial=True)
        self._undo(writing, bad)
        for place, errors in bad.items():
            waiting = self.pending[place]
            yield waiting.row, waiting.result, errors

    def _spread(
        self,
        writing: Writing,
        found: Mapping[str, Mapping[_Key | None, list[int]]],
        bad: dict[int, Sequence[RecordIssue]],
    ) -> None:
        """A row that points at a row which cannot stay cannot stay either."""
        above: dict[str, list[tuple[int, str]]] = {}
        for place, waiting in enumerate(self.pending):
            for name, (_, key) in waiting.wanted.items():
                for number in found[name].get(key, ()):
                    above.setdefault(writing.ids.text(number), []).append((place, name))
        ahead = list(bad)
        while ahead:
            result = self.pending[ahead.pop()].result
            for place, name in above.get(result.id or "", ()) if result.created else ():
                if place not in bad:
                    bad[place] = [self._missing(writing, self.pending[place], name)]
                    ahead.append(place)

    def _undo(self, writing: Writing, bad: Iterable[int]) -> None:
        """Give records that were there before the file, and whose rows are bad, back what they had."""
        changed = [self.pending[place].result for place in bad if not self.pending[place].result.created]
        numbers = [writing.ids.number(result.id) for result in changed if result.id is not None]
        stored = read_stored(writing, self._form, numbers)
        drafts: list[Draft] = []
        for number in numbers:
            before = self.begun[number]
            assert before is not None, "the file has not made it"
            drafts.append(Draft(0, dict(before), set(), old=stored[number], id=number))
        save(writing, self._form, drafts)

    def _find(self, writing: Writing) -> Mapping[str, Mapping[_Key | None, list[int]]]:
        found: dict[str, Mapping[_Key | None, list[int]]] = {}
        for link in self._links:
            name = link.column.link or ""
            values = [waiting.wanted[name][1][0] for waiting in self.pending if name in waiting.wanted]
            found[name] = find_by(writing, self._form, link.key, values)
        return found

    def _missing(self, writing: Writing, waiting: Waiting, name: str) -> RecordIssue:
        draft = Draft(0, {}, set())
        field = self._form.object.fields[name]
        value = f"{str(waiting.wanted[name][0])[:60]!r}"
        Reporter(self._form.object, writing.context.locale).field(draft, field, "no_such_record", value=value)
        return draft.issues[0]

    def _known(self, reading: Reading) -> Mapping[str, set[_Key]]:
        """The keys of the file's rows, by the column that points at them; the file is read once for that."""
        if self._keys is None:
            keys: dict[str, set[_Key]] = {link.column.key: set() for link in self._links}
            encoding, delimiter = self._open
            assert isinstance(self._source, str | os.PathLike), "streams have no own links"
            with open_csv(self._source, encoding=encoding, delimiter=delimiter) as file:
                for row in file.rows():
                    for link in self._links:
                        text = row.cells[link.place] if link.place < len(row.cells) else ""
                        key = _key_of(self._form, link.key, _read(link, text, reading))
                        if key is not None:
                            keys[link.column.key].add(key)
            self._keys = keys
        return self._keys


def _own(form: Form, columns: Iterable[Column]) -> Iterator[_Link]:
    columns = list(columns)
    for column in columns:
        if column.link is None or column.target != form.object.name or form.object.fields[column.link].type.required:
            continue
        for other in columns:
            if other.link is None and other.field.name == column.field.name:
                yield _Link(column, UniqueKey((column.field,)), other.place)


def _read(link: _Link, text: str, reading: Reading) -> Any:
    try:
        return link.column.field.type.from_text(text, reading)
    except ValueError:
        return None


def _key_of(form: Form, key: UniqueKey, value: Any) -> _Key | None:
    (field,) = key.fields
    try:
        return key.of({field.name: form.validator_of(field.name).validate_python(value)})
    except ValidationError:
        return None
