"""The records of one object: `org["Account"]`."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import IO, Any, overload

from objectforge.errors.exceptions import Conflict, NotFound
from objectforge.expressions.parser import parse
from objectforge.expressions.typed import InList, Param
from objectforge.org.arguments import check_count, check_text
from objectforge.org.bind_paths import values_at_paths
from objectforge.org.bind_places import nowhere, places_in
from objectforge.org.binds import bind_types, bind_values, check_binds
from objectforge.org.core import Core
from objectforge.org.placed import placed, placed_where_defined
from objectforge.query.context import Context
from objectforge.query.ordering import id_key
from objectforge.query.record import Record
from objectforge.query.select import Query, count, record_columns, rows
from objectforge.records.create import create
from objectforge.records.delete import Preview, delete, delete_preview
from objectforge.records.export import export, export_columns
from objectforge.records.load import LoadOptions, LoadProgress, LoadResult, load
from objectforge.records.making.make import make
from objectforge.records.restore import restore
from objectforge.records.result import Result
from objectforge.records.update import update
from objectforge.records.upsert import upsert
from objectforge.records.writing import Writing
from objectforge.relations.conditions import resolve_columns, resolve_condition, resolve_sort
from objectforge.relations.schema import Object
from objectforge.relations.syntax_walk import binds_in, inside
from objectforge.values.ids import BadId
from objectforge.values.kinds import ID

__all__ = ["Records"]

Row = Mapping[str, Any]


class Records:
    """The records of one object, read and written for the org's user."""

    def __init__(self, org: object, core: Core, name: str, user: str | None) -> None:
        self._org, self._core, self._name, self._user = org, core, name, user

    def __repr__(self) -> str:
        return f"<records of {self._name}>"

    # -- reading --------------------------------------------------------------------------------------------------
    def get(self, id: str | Record) -> Record:  # noqa: A002 - the word of the domain
        """The record of an id (15 or 18 characters).

        Raises:
            NotFound: there is none, it is in the recycle bin, or the id is another object's.
        """
        text = _text(id)

        def ask(context: Context) -> list[Record]:
            obj = self._object
            number = self._number(obj, text)
            query = self._whole(obj, where=InList(id_key(obj.name), (Param("ids", ID, many=True),)), limit=1)
            return list(rows(query, context, {"ids": [number]}))

        with placed_where_defined(self._core, "objects", self._name):
            found = self._core.ask(ask, self._user)
        if not found:
            raise NotFound(f"there is no {self._name} {text}")
        return found[0]

    def find(
        self,
        where: str | None = None,
        *,
        sort: Sequence[str] | str = (),
        limit: int | None = None,
        offset: int = 0,
        **binds: Any,
    ) -> list[Record]:
        """The records that meet a condition, with every field, in order.

        Args:
            where: A condition, such as `"Industry = :i AND Owner.Name LIKE 'A%'"`.
            sort: Field paths, `-` before those that descend; Id breaks every tie.
            limit: How many at most.
            offset: How many to pass over first.
            **binds: The values of the condition's binds.

        Raises:
            QueryError: the condition or the order is wrong; the message points to the place.
        """

        def ask(context: Context) -> list[Record]:
            query, params = self._query(where, sort, binds, limit=limit, offset=offset)
            return list(rows(query, context, params))

        with placed("where", where):
            return self._core.ask(ask, self._user)

    def first(self, where: str | None = None, *, sort: Sequence[str] | str = (), **binds: Any) -> Record | None:
        """The first record that meets a condition, None when none does."""
        found = self.find(where, sort=sort, limit=1, **binds)
        return found[0] if found else None

    def count(self, where: str | None = None, *, cap: int | None = None, **binds: Any) -> int:
        """How many records meet a condition, counted no further than `cap` if given."""

        def ask(context: Context) -> int:
            check_count("cap", cap)
            query, params = self._query(where, (), binds)
            return count(query, context, params, cap)

        with placed("where", where):
            return self._core.ask(ask, self._user)

    def exists(self, where: str | None = None, **binds: Any) -> bool:
        """Whether a record meets a condition."""
        return self.count(where, cap=1, **binds) > 0

    # -- writing --------------------------------------------------------------------------------------------------
    def create(self, values: Row | None = None, /, **fields: Any) -> Record:
        """Create one record and return it whole.

        Raises:
            RecordInvalid: it breaks rules; every one is named. Nothing was written.
        """
        (result,) = self.create_many([{**(values or {}), **fields}])
        assert result.id is not None, "what was written has an id"
        return self.get(result.id)

    def create_many(self, rows: Iterable[Row], *, partial: bool = False) -> tuple[Result, ...]:
        """Create records: all of them or none, or with `partial` those that are right.

        Returns:
            A result per row, in order: `.ok`, `.id`, `.errors`.

        Raises:
            RecordInvalid: without `partial`, when a row breaks rules.
        """
        with self._core.writing(self._org, self._user) as writing:
            return create(writing, self._object, _listed(rows), partial=partial)

    @overload
    def make(
        self, n: None = None, values: Row | None = None, *, seed: int = 0, full: bool = False, **fields: Any
    ) -> Record: ...
    @overload
    def make(
        self, n: int, values: Row | None = None, *, seed: int = 0, full: bool = False, **fields: Any
    ) -> list[Record]: ...
    def make(
        self, n: int | None = None, values: Row | None = None, *, seed: int = 0, full: bool = False, **fields: Any
    ) -> Record | list[Record]:
        """Make a believable record for a test, or a list of `n`: name, required fields and required parents filled.

        In a fresh org the same calls give the same records.

        Args:
            n: How many; None for one record, not in a list.
            values: Values that all of them have; a field named like an argument stands here.
            seed: Another one gives other values.
            full: Fill the optional fields as well.
            **fields: Values that all of them have.

        Raises:
            RecordInvalid: a given value is refused, or rules of the org refuse whatever is tried.
        """
        given = {**(values or {}), **fields}
        with self._core.writing(self._org, self._user) as writing:
            ids = make(writing, self._object, 1 if n is None else n, given, self._core.made, seed=seed, full=full)
        made = [self.get(each) for each in ids]
        return made[0] if n is None else made

    def update(self, record: str | Record, values: Row | None = None, /, **fields: Any) -> Record:
        """Change the given fields of a record and return it whole.

        A `SystemModstamp` among the values, as it was read, makes sure that nobody changed the record meanwhile.

        Raises:
            RecordInvalid: it breaks rules; nothing was written.
            Conflict: it was changed since.
        """
        (result,) = self.update_many([{**(values or {}), **fields, "Id": _text(record)}])
        assert result.id is not None, "what was written has an id"
        return self.get(result.id)

    def update_many(self, rows: Iterable[Row], *, partial: bool = False) -> tuple[Result, ...]:
        """Change records, each row with its Id; see `create_many`."""
        with self._core.writing(self._org, self._user) as writing:
            return update(writing, self._object, _listed(rows), partial=partial)

    def upsert_many(self, rows: Iterable[Row], by: str, *, partial: bool = False) -> tuple[Result, ...]:
        """Update the records that have the row's value of the unique field `by`, create the others."""
        check_text("the name of the unique field", by)
        with self._core.writing(self._org, self._user) as writing:
            return upsert(writing, self._object, _listed(rows), by=by, partial=partial)

    def upsert(self, values: Row | None = None, /, *, by: str, **fields: Any) -> Record:
        """Update the record that has the value of the unique field `by`, or create it; return it whole."""
        (result,) = self.upsert_many([{**(values or {}), **fields}], by)
        assert result.id is not None, "what was written has an id"
        return self.get(result.id)

    def delete(self, ids: str | Record | Iterable[str | Record], *, hard: bool = False) -> None:
        """Put records into the recycle bin, with what goes with them; `hard` deletes for good.

        Raises:
            RecordInvalid: a child record forbids it; nothing was deleted.
        """
        self.delete_many(ids, hard=hard)

    def delete_many(
        self, ids: str | Record | Iterable[str | Record], *, hard: bool = False, partial: bool = False
    ) -> tuple[Result, ...]:
        """Delete all of the records or none, or with `partial` those that can go; a result per id."""
        with self._core.writing(self._org, self._user) as writing:
            return delete(writing, self._object, _ids(ids), hard=hard, partial=partial)

    def delete_preview(self, id: str | Record) -> Preview:  # noqa: A002 - the word of the domain
        """What deleting a record would take with it, empty, or be blocked by, as counts."""
        with self._core.writing(self._org, self._user) as writing:
            return delete_preview(writing, self._object, _text(id))

    def restore(self, ids: str | Record | Iterable[str | Record]) -> None:
        """Bring records back from the bin, with what went with them.

        Raises:
            Conflict: a living record has a unique value that one of them had; nothing was restored.
        """
        with self._core.writing(self._org, self._user) as writing:
            restore(writing, self._object, _ids(ids))

    # -- files ----------------------------------------------------------------------------------------------------
    def load(
        self,
        source: str | PathLike[str] | IO[str],
        *,
        columns: Mapping[str, str | None] | None = None,
        upsert: str | None = None,
        all_or_none: bool = False,
        batch: int | None = None,
        encoding: str | None = None,
        delimiter: str = ",",
        rejects: str | PathLike[str] | None = None,
        progress: LoadProgress | None = None,
    ) -> LoadResult:
        """Load a CSV file: good rows are written, the others go to a rejects file with their reasons.

        Args:
            source: A path, or an open text.
            columns: Header to field name or path; None for a column to pass over.
            upsert: The unique field by which records that are there already are found.
            all_or_none: Write nothing if one row is wrong.
            batch: Commit after so many rows; without it the file is one transaction.
            encoding: The file's; UTF-8 and cp932 are told apart without it.
            delimiter: What stands between cells.
            rejects: Where rejected rows go; by default `<name>.rejects.csv` in the current directory.
            progress: Called after each stretch with the rows done, and the bytes read of how many.

        Raises:
            RecordInvalid: a header is wrong, the file is no CSV, or with `all_or_none` a row is wrong.
            ValueError: the options contradict each other, or `upsert` is no field to find records by.
            FileExistsError: the rejects file is there already.
        """
        if columns is not None and not isinstance(columns, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"columns is a mapping of headers to field names, not a {type(columns).__name__}")
        options = LoadOptions(columns, upsert, encoding, delimiter, rejects, all_or_none, batch, progress)
        state = self._core.state
        form = state.forms.of(self._object.name)

        @contextlib.contextmanager
        def writing() -> Generator[Writing]:
            with self._core.writing(self._org, self._user) as opened:
                if opened.context.version != state.version:
                    raise Conflict(_moved(batch))
                yield opened

        return load(writing, form, source, options, locale=state.locale)

    def export(
        self,
        target: str | PathLike[str] | IO[str],
        *,
        where: str | None = None,
        columns: Sequence[str] | None = None,
        sort: Sequence[str] | str = (),
        encoding: str = "utf-8",
        **binds: Any,
    ) -> int:
        """Write records to a CSV file that `load` reads back, streamed, and return how many.

        Args:
            target: A path, or an open text.
            where: A condition; without it all records.
            columns: Field names and paths upwards; without them every field.
            sort: The order; Id breaks every tie.
            encoding: The file's.
            **binds: The values of the condition's binds.
        """
        with self._core.reading(self._user) as context:
            obj, schema = self._object, context.schema
            header = export_columns(schema, obj, columns)
            query, params = self._query(where, sort, binds)
            shown = tuple((column.key, column.ref) for column in resolve_columns(schema, obj, list(header)))
            found = rows(replace(query, columns=shown, whole=False), context, params)
            return export(found, target, header, encoding=encoding)

    # -- inside ---------------------------------------------------------------------------------------------------
    @property
    def _object(self) -> Object:
        return self._core.object(self._name)

    def _whole(self, obj: Object, **changes: Any) -> Query:
        return Query(obj.name, record_columns(obj), whole=True, **changes)

    def _query(
        self,
        where: str | None,
        sort: Sequence[str] | str,
        binds: Mapping[str, Any],
        *,
        columns: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Query, dict[str, Any]]:
        obj, schema = self._object, self._core.state.schema
        if where is not None:
            check_text("where", where)
        params = bind_values(values_at_paths(binds_in(where), binds) if where and binds else binds)
        condition = None if where is None else resolve_condition(schema, obj, where, bind_types(params))
        place = nowhere if where is None else places_in("where", where, lambda: inside(parse(where)))
        check_binds(condition, params, params, place)
        check_count("limit", limit)
        check_count("offset", offset)
        texts = [sort] if isinstance(sort, str) else list(sort)
        for text in texts:
            check_text("an entry of sort", text)
        order = resolve_sort(schema, obj, texts)
        chosen = record_columns(obj)
        if columns is not None:
            chosen = tuple((column.key, column.ref) for column in resolve_columns(schema, obj, columns))
        query = Query(obj.name, chosen, condition, order, limit, offset, whole=columns is None)
        return query, params

    def _number(self, obj: Object, text: str) -> int:
        ids = self._core.state.ids
        try:
            number = ids.parse(text)
        except BadId as wrong:
            raise NotFound(f"{text!r} is not the id of a record: {wrong}") from wrong
        if ids.object_of(number) != obj.name:
            raise NotFound(f"{text} is the id of a record of {ids.object_of(number)}, not of {obj.name}")
        return number


def _moved(batch: int | None) -> str:
    told = "the org's metadata was changed since the load began"
    if batch is None:
        return f"{told}; nothing was loaded, load the file again"
    return f"{told}; the batches before are there, load the file again with upsert"


def _text(id: str | Record) -> str:  # noqa: A002 - the word of the domain
    if isinstance(id, Record):
        return str(id["Id"])
    if not isinstance(id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"an id is a text or a record, not a {type(id).__name__}")
    return id


def _ids(ids: str | Record | Iterable[str | Record]) -> list[str]:
    return [_text(ids)] if isinstance(ids, str | Record) else [_text(each) for each in ids]


def _listed(rows: Iterable[Row]) -> list[Row]:
    if isinstance(rows, Mapping):
        raise TypeError("give a list of rows, each a mapping of field names to values")
    return list(rows)
