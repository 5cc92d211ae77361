"""An org: open it, deploy metadata to it, read and write its records, ask its views and reports."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from objectforge.errors.exceptions import Conflict, ConnectionLost, MetadataError, NotFound, OrgLocked
from objectforge.layouts.drawn_page import Page
from objectforge.layouts.generated import generated_layout
from objectforge.layouts.page import build_page
from objectforge.metadata.metadata import Metadata
from objectforge.org.changes import OrgChanges, Paths
from objectforge.org.core import Core
from objectforge.org.describe import ObjectDescription, describe_object
from objectforge.org.list_views import ListViewRecords
from objectforge.org.named import named
from objectforge.org.placed import placed_where_defined
from objectforge.org.queries import QueryResult
from objectforge.org.records import Records
from objectforge.org.reports import ReportRun
from objectforge.org.resolved import Resolved
from objectforge.org.state import OrgState
from objectforge.org.upkeep import OrgUpkeep
from objectforge.query.context import Context
from objectforge.query.record import Record
from objectforge.records.delete import Preview
from objectforge.records.empty_bin import empty_bin
from objectforge.records.hooks import Event, Hook
from objectforge.relations.layout import Layout
from objectforge.relations.reports import resolve_report
from objectforge.relations.schema import Schema
from objectforge.storage.engines import open_engine, prepare, prepare_connection
from objectforge.upkeep.copying import CopyProgress
from objectforge.values.clock import Clock, system_clock

__all__ = ["Org", "Paths"]

_T = TypeVar("_T")
_TRIES = 5


class Org(OrgChanges, OrgUpkeep):
    """One org: its metadata and its records, in a SQLite file, in memory, or in a PostgreSQL schema.

    Open it with `Org.open(url)`, or join a transaction of your own with `Org.attach(connection)`. It may be shared by
    threads; a transaction belongs to the thread that opened it.
    """

    def __init__(self, core: Core, user: str | None = None) -> None:
        self._core = core
        self._user = user

    # -- opening --------------------------------------------------------------------------------------------------
    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        name: str | None = None,
        engine: sa.Engine | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Open an org; it need not exist yet, the first deploy makes it.

        Args:
            url: `sqlite:///crm.db`, `sqlite://` (in memory) or `postgresql+psycopg://user@host/database`.
            name: On PostgreSQL the schema the org lives in.
            engine: A SQLAlchemy engine of your own, in place of a url.
            clock: Where the present moment comes from.

        Raises:
            ObjectForgeError: the database cannot be reached, or is none that an org can live in.
        """
        match url, engine:
            case str(), None:
                opened = open_engine(url, name=name)
            case None, sa.Engine():
                opened = prepare(engine, name=name)
            case _:
                raise TypeError("Org.open takes a url or an engine")
        return cls(Core(opened, clock, private=engine is None and _in_memory(opened)))

    @classmethod
    def attach(cls, connection: sa.Connection, *, name: str | None = None, clock: Clock = system_clock) -> Self:
        """Join the transaction of a connection of your own: the org reads and writes in it and never commits."""
        if not isinstance(connection, sa.Connection):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"Org.attach takes a SQLAlchemy connection, not a {type(connection).__name__}")
        return cls(Core(connection.engine, clock, attached=prepare_connection(connection, name=name)))

    @classmethod
    def adopt(cls, engine: sa.Engine, state: OrgState, *, clock: Clock = system_clock) -> Self:
        """An org in memory whose state is known already: a copy of a template."""
        return cls(Core(engine, clock, known=state, private=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database connections back; the org can be asked nothing more."""
        if not self._core.transactions.attached:
            self._core.transactions.closed = True
            self._core.engine.dispose()

    def as_user(self, user: str | Record) -> Org:
        """The same org, read and written for another user: the owner of what it creates."""
        user_id = user["Id"] if isinstance(user, Record) else user
        found = self["User"].get(user_id)
        return Org(self._core, found["Id"])

    def copy_to(self, url: str, *, name: str | None = None, progress: CopyProgress | None = None) -> Org:
        """Copy the whole org to another database, and open the copy: SQLite to PostgreSQL, the other way, or alike.

        Metadata and its history, every record with its id, the recycle bin, what is held: as one moment saw them, in
        one transaction there. The copy is an org of its own: what is written to one of them the other does not see,
        and plans that were saved for one are none for the other.

        Args:
            url: A database without an org, as for `Org.open`.
            name: On PostgreSQL the schema the copy is to live in.
            progress: Called now and then with an object's name, the records done and how many there are.

        Raises:
            ObjectForgeError: there is an org already, a table is in the way, or this org's tables or records are not in
                order (`drift`, `doctor`); nothing was changed.
            NotFound: nothing was ever deployed.
        """
        engine = self._copied(url, name, progress)
        return Org(Core(engine, self._core.clock, private=_in_memory(engine)))

    def __repr__(self) -> str:
        return f"<org at {self._core.engine.url.render_as_string()}>"

    @property
    def engine(self) -> sa.Engine:
        """The SQLAlchemy engine the org uses."""
        return self._core.engine

    @property
    def state(self) -> OrgState:
        """What is known of the metadata: schema, registry, calendar.

        Raises:
            NotFound: nothing was ever deployed.
        """
        return self._core.state

    # -- metadata -------------------------------------------------------------------------------------------------
    @property
    def schema(self) -> Schema:
        """The resolved schema.

        Raises:
            NotFound: nothing was ever deployed.
        """
        return self._core.state.schema

    @property
    def metadata(self) -> Metadata:
        """The metadata as deployed."""
        return self.schema.metadata

    def describe(self, name: str) -> ObjectDescription:
        """An object with its fields and relationships, in the org's language.

        Raises:
            NotFound: there is no such object.
        """
        return describe_object(self._core.object(name), self._core.state.locale)

    # -- records --------------------------------------------------------------------------------------------------
    def __getitem__(self, name: str) -> Records:
        """The records of an object.

        Raises:
            NotFound: there is no such object.
        """
        return Records(self, self._core, self._core.object(name).name, self._user)

    @contextlib.contextmanager
    def transaction(self) -> Generator[Self]:
        """One transaction around several calls; inside another one a savepoint. An exception undoes all of it."""
        with self._core.transactions.write():
            yield self

    def run(self, function: Callable[[Self], _T], *, tries: int = _TRIES) -> _T:
        """Call a function in a transaction, and again when the database says that trying again may help."""
        if tries < 1:
            raise ValueError(f"tries is at least 1, not {tries}")
        for attempt in range(tries):
            try:
                with self.transaction():
                    return function(self)
            except (OperationalError, OrgLocked, Conflict, ConnectionLost) as told:
                if attempt == tries - 1 or (isinstance(told, ConnectionLost) and told.in_doubt):
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("the last try returns or raises")

    def empty_bin(self, *, older_than: datetime | None = None) -> int:
        """Delete for good what is in the recycle bin, or what went there before an instant; return how many records."""
        if older_than is not None and not isinstance(older_than, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"older_than is a datetime, not a {type(older_than).__name__}")
        if older_than is not None and older_than.utcoffset() is None:
            raise ValueError(f"older_than does not say its time zone: {older_than}; give an aware datetime")
        with self._core.writing(self, self._user) as writing:
            return empty_bin(writing, older_than=older_than)

    def delete_preview(self, record: str | Record) -> Preview:
        """What deleting a record would take with it, empty, or be blocked by, as counts."""
        text = record["Id"] if isinstance(record, Record) else record
        return self[self._core.object_of(text).name].delete_preview(text)

    def before(self, name: str, event: Event) -> Callable[[Hook], Hook]:
        """A decorator: call the function with each record before it is created, updated, deleted or restored.

        It may change the record's values: `record["Status"] = "Sent"`; `record.old` is the record as it was.
        """
        return self._core.hook(name, "before", event)

    def after(self, name: str, event: Event) -> Callable[[Hook], Hook]:
        """A decorator: call the function after the write, in its transaction; an exception undoes everything."""
        return self._core.hook(name, "after", event)

    def after_commit(self, name: str, event: Event) -> Callable[[Hook], Hook]:
        """A decorator: call the function once the write is committed; exceptions are logged."""
        return self._core.hook(name, "after_commit", event)

    # -- questions ------------------------------------------------------------------------------------------------
    def query(self, text: str, /, strict: bool = False, **binds: Any) -> QueryResult:
        """The records that a SOQL query finds.

        Args:
            text: `SELECT Name, (SELECT Amount FROM Opportunities) FROM Account WHERE Industry = :i`.
            strict: Take only what Salesforce's API takes, within its limits.
            **binds: The values of the query's binds.

        Raises:
            QueryError: the query is wrong; the message points to the place, `api_code` is Salesforce's error code.
        """
        return QueryResult(self._core, text, strict, binds, self._user)

    def explain(self, text: str, /, **binds: Any) -> str:
        """What the engine does for a SOQL query, in words, the index that would help it, and its SQL.

        Raises:
            QueryError: the query is wrong.
        """
        return self.query(text, **binds).explain()

    def list_view(self, name: str) -> ListViewRecords:
        """A list view by its name, `Opportunity.closing_soon`.

        Raises:
            NotFound: there is none.
        """
        view = self._resolved(lambda schema: named("list view", name, schema.list_views))
        return ListViewRecords(self._core, view, self._user)

    def report(self, report: str | Mapping[str, Any]) -> ReportRun:
        """A report by name, or one given as a mapping of the same keys as in YAML.

        Raises:
            NotFound: there is no report of that name.
            MetadataError: the mapping is no right report.
        """
        if isinstance(report, str):
            known = self._resolved(lambda schema: named("report", report, schema.reports))
            return ReportRun(self._core, known, self._user)
        if not isinstance(report, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"a report is a name or a mapping of its keys, not a {type(report).__name__}")
        metadata = Metadata.from_dict({"reports": {"ad_hoc": dict(report)}})
        given = metadata.reports["ad_hoc"]
        found = self._resolved(lambda schema: resolve_report(schema, given, metadata.places))
        return ReportRun(self._core, found, self._user)

    def page(self, name: str, record: str | Record, layout: str | None = None) -> Page:
        """A record's page: drawn by the layout named, else the object's `main`, else its only one, else a made one.

        Raises:
            NotFound: there is no such object, record or layout.
        """
        record_id = record["Id"] if isinstance(record, Record) else record

        def ask(context: Context) -> Page:
            obj = self._core.object(name)
            chosen = self._layout(obj.name, layout) or generated_layout(context.schema, obj)
            return build_page(context, chosen, record_id)

        with placed_where_defined(self._core, "objects", name):
            return self._core.ask(ask, self._user)

    def _resolved(self, find: Callable[[Schema], _T]) -> Resolved[_T]:
        """What is found by the schema known; before it is said to be missing, by the one that is there now."""
        try:
            return Resolved(find, self.schema)
        except (NotFound, MetadataError):
            self._core.refresh()
            return Resolved(find, self.schema)

    def _layout(self, object_name: str, layout: str | None) -> Layout | None:
        layouts = self.schema.layouts
        own = {name: each for name, each in layouts.items() if each.object == object_name}
        if layout is not None:
            full = layout if "." in layout else f"{object_name}.{layout}"
            return named("layout", full, own)
        main = own.get(f"{object_name}.main")
        return main or (next(iter(own.values())) if len(own) == 1 else None)


def _in_memory(engine: sa.Engine) -> bool:
    return isinstance(engine.pool, StaticPool)
