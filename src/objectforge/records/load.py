"""A CSV file to records: streamed in batches, good rows written, the others into a rejects file with their reasons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from objectforge.errors.exceptions import RecordInvalid
from objectforge.errors.record import RecordIssue
from objectforge.metadata.fields.base import Reading
from objectforge.records.create import create
from objectforge.records.csv_text import BrokenFile, CsvRow, CsvText, open_csv
from objectforge.records.draft import Unreadable
from objectforge.records.forms import Form
from objectforge.records.headers import Column, read_header
from objectforge.records.messages import code_of, message
from objectforge.records.own_links import OwnLinks
from objectforge.records.rejects import Rejects
from objectforge.records.result import Result
from objectforge.records.stored import batched
from objectforge.records.upsert import upsert as write_upsert
from objectforge.records.upsert import upsert_field
from objectforge.records.writing import Writing
from objectforge.values.locales import Locale

__all__ = ["LoadOptions", "LoadProgress", "LoadRefused", "LoadResult", "Transactions", "load"]

Transactions = Callable[[], AbstractContextManager[Writing]]
LoadProgress = Callable[[int, int | None, int | None], object]
"""Called after each batch with the rows done so far, the bytes read and the bytes there are (None for streams)."""

_CHUNK = 2_000
_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of a file: how many rows made records, changed some, or were rejected - and where those are."""

    created: int
    updated: int
    rejected: int
    rejects_path: Path | None


class LoadRefused(RecordInvalid):
    """Nothing of a file was loaded, since rows of it are wrong: how many, and where they are with their reasons."""

    def __init__(self, errors: Iterable[RecordIssue], rejected: int, rejects_path: Path | None) -> None:
        super().__init__(errors)
        self.rejected = rejected
        self.rejects_path = rejects_path


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a file is loaded.

    Attributes:
        columns: Header to field name, path, or None for a column to leave out.
        upsert: The field by which records that are there already are found.
        encoding: The file's; found out when not given.
        delimiter: What stands between cells.
        rejects: Where rejected rows go; by default `<name>.rejects.csv` in the current directory.
        all_or_none: Whether one bad row is enough to write nothing.
        batch: Rows per transaction; without it all rows are one.
        progress: Told how far the load is.
    """

    columns: Mapping[str, str | None] | None = None
    upsert: str | None = None
    encoding: str | None = None
    delimiter: str = ","
    rejects: str | os.PathLike[str] | None = None
    all_or_none: bool = False
    batch: int | None = None
    progress: LoadProgress | None = None


def load(
    transactions: Transactions,
    form: Form,
    source: str | os.PathLike[str] | IO[str],
    options: LoadOptions | None = None,
    *,
    locale: Locale,
) -> LoadResult:
    """Load a file.

    `transactions` begins one (that commits when it is left without an exception): one for the whole file, or with
    `batch` one for each so many rows. What is committed stays when a later batch fails; loading the file again by
    `upsert` goes on from there.

    Raises:
        ValueError: the options contradict each other.
        FileExistsError: the rejects file is there already.
        RecordInvalid: a header is wrong, the file cannot be read as CSV, or with `all_or_none` a row is bad.
        Conflict: another transaction was quicker.
        HookFailed: a hook raised.
    """
    options = options or LoadOptions()
    _check(form, options)
    with _Told(form, open_csv(source, encoding=options.encoding, delimiter=options.delimiter)) as file:
        rows = _told(form, file.rows())
        first = next(rows, None)
        if first is None:
            raise _refused(form, f"{file.name} is empty; its first line names the fields")
        header = first.cells
        columns = read_header(form, header, options.columns or {}, locale, name=file.name, upsert=options.upsert)
        given = None if options.rejects is None else Path(options.rejects)
        rejects = Rejects(file.name, header, given, plain=file.plain)
        own = OwnLinks(form, columns, source, options.encoding, options.delimiter)
        loading = _Loading(form, file, columns, len(header), options, rejects, own, locale)
        try:
            return loading.run(transactions, rows)
        finally:
            rejects.close()


class _Loading:
    """One load on its way. Use once."""

    def __init__(
        self,
        form: Form,
        file: CsvText,
        columns: Sequence[Column],
        width: int,
        options: LoadOptions,
        rejects: Rejects,
        own: OwnLinks,
        locale: Locale,
    ) -> None:
        self._form = form
        self._file = file
        self._columns = columns
        self._width = width
        self._options = options
        self._rejects = rejects
        self._own = own
        self._locale = locale
        self._created = 0
        self._updated = 0
        self._done = 0
        self._issues: list[RecordIssue] = []

    def run(self, transactions: Transactions, rows: Iterable[CsvRow]) -> LoadResult:
        """Load all rows."""
        if self._options.batch is None:
            with transactions() as writing:
                for chunk in batched(rows, _CHUNK):
                    self._chunk(writing, chunk)
                self._link(writing)
                if self._options.all_or_none and self._issues:
                    raise LoadRefused(self._issues, self._rejects.count, self._rejects.path)
        else:
            for chunk in batched(rows, self._options.batch):
                with transactions() as writing:
                    self._chunk(writing, chunk)
            if self._own.pending:
                with transactions() as writing:
                    self._link(writing)
        return LoadResult(self._created, self._updated, self._rejects.count, self._rejects.path)

    def _chunk(self, writing: Writing, rows: Sequence[CsvRow]) -> None:
        good: list[CsvRow] = []
        records: list[dict[str, Any]] = []
        for row in rows:
            issue = self._shape(row)
            if issue is not None:
                self._reject(row, [issue])
            else:
                good.append(row)
                records.append(self._record(writing.reading, row.cells))
        waiting = self._own.take(writing, records)
        writing.lines[:] = [row.line for row in good]
        writing.later[:] = map(frozenset, waiting)
        results = self._write(writing, records)
        writing.lines.clear()
        writing.later.clear()
        self._own.begun.update(writing.begun)
        writing.begun.clear()
        for row, result, wanted in zip(good, results, waiting, strict=True):
            if not result.ok:
                self._reject(row, result.errors)
                continue
            self._count(result, 1)
            if wanted:
                self._own.wait(row, result, wanted)
        self._done += len(rows)
        if self._options.progress is not None:
            self._options.progress(self._done, self._file.position, self._file.size)

    def _write(self, writing: Writing, records: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
        obj = self._form.object
        if self._options.upsert is None:
            return create(writing, obj, records, partial=True)
        return write_upsert(writing, obj, records, by=self._options.upsert, partial=True)

    def _link(self, writing: Writing) -> None:
        """Fill the links within the file, now that all of its rows are there."""
        for row, result, errors in self._own.link(writing):
            self._count(result, -1)
            self._reject(row, errors)

    def _count(self, result: Result, by: int) -> None:
        if result.created:
            self._created += by
        else:
            self._updated += by

    def _shape(self, row: CsvRow) -> RecordIssue | None:
        """What is wrong with the line itself."""
        if row.broken is not None:
            return self._issue("broken_line", reason=row.broken)
        if len(row.cells) == self._width:
            return None
        extra = row.cells[self._width :]
        rest = f": {', '.join(map(repr, extra))[:200]}" if extra else ""
        return self._issue("ragged_line", count=len(row.cells), wanted=self._width, rest=rest)

    def _record(self, reading: Reading, cells: Sequence[str]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for column in self._columns:
            text = cells[column.place]
            try:
                record[column.key] = column.field.type.from_text(text, reading)
            except ValueError as wrong:
                record[column.key] = Unreadable(text, str(wrong))
        return record

    def _reject(self, row: CsvRow, errors: Sequence[RecordIssue]) -> None:
        placed = [replace(error, row=row.line) for error in errors]
        self._rejects.add(row.line, row.cells, placed)
        self._issues += placed[: max(0, _TOLD - len(self._issues))]

    def _issue(self, key: str, **context: Any) -> RecordIssue:
        text = message(key, self._locale.code, **context)
        return RecordIssue(self._form.object.name, 0, (), code_of(key), text)


def _check(form: Form, options: LoadOptions) -> None:
    if options.batch is not None and options.batch < 1:
        raise ValueError(f"a batch has at least one row, not {options.batch}")
    if options.batch is not None and options.all_or_none:
        raise ValueError("all_or_none needs one transaction, and batch makes several; choose one of them")
    if options.upsert is not None:
        upsert_field(form.object, options.upsert)
    if options.rejects is not None and Path(options.rejects).exists():
        raise FileExistsError(f"the rejects file {options.rejects} is there already; move it away or name another")


class _Told(AbstractContextManager[CsvText]):
    """A file whose faults come out as `RecordInvalid`."""

    def __init__(self, form: Form, inner: AbstractContextManager[CsvText]) -> None:
        self._form = form
        self._inner = inner

    def __enter__(self) -> CsvText:
        try:
            return self._inner.__enter__()
        except BrokenFile as broken:
            raise _refused(self._form, str(broken)) from broken

    def __exit__(self, *exception: Any) -> None:
        self._inner.__exit__(*exception)


def _told(form: Form, rows: Iterator[CsvRow]) -> Iterator[CsvRow]:
    try:
        yield from rows
    except BrokenFile as broken:
        raise _refused(form, str(broken)) from broken


def _refused(form: Form, text: str) -> RecordInvalid:
    return RecordInvalid([RecordIssue(form.object.name, 0, (), "INVALID_INPUT", text)])
