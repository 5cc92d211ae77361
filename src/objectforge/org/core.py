"""The inside of an open org, shared by all its handles: state, transactions, hooks, clock."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass, field

import sqlalchemy as sa

from objectforge.errors.exceptions import NotFound, QueryError
from objectforge.errors.issue import Issue
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.compiler import UnsupportedInSql
from objectforge.org.arguments import check_text
from objectforge.org.named import missing
from objectforge.org.state import OrgState, load_state
from objectforge.org.transactions import Transaction, Transactions
from objectforge.query.context import Context
from objectforge.query.execute import too_large
from objectforge.query.joins import TooManyTables
from objectforge.records.hooks import Hooks
from objectforge.records.making.make import Made
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object
from objectforge.storage.backends import backend_of
from objectforge.storage.locking import share_org
from objectforge.storage.registry_store import is_org, load_version
from objectforge.values.clock import Clock
from objectforge.values.ids import BadId

__all__ = ["Core"]

_DATA_VERSION = "objectforge_data_version"


@dataclass
class Core:
    """What all handles of an org share. Its state changes only by swapping `known` for another version's."""

    engine: sa.Engine
    clock: Clock
    attached: sa.Connection | None = None
    known: OrgState | None = None
    hooks: Hooks = field(default_factory=Hooks)
    made: Made = field(default_factory=Made)
    private: bool = False
    """Whether nobody else can reach the database (an org in memory), so that its metadata never changes unseen."""

    def __post_init__(self) -> None:
        self.transactions = Transactions(self.engine, self.attached, self._begun)

    # -- state ----------------------------------------------------------------------------------------------------
    @property
    def state(self) -> OrgState:
        """The org's state as last seen.

        Raises:
            NotFound: nothing was ever deployed.
        """
        if self.known is None:
            with self.transactions.read():
                pass  # its beginning looks what is there
        if self.known is None:
            raise NotFound('nothing has been deployed to this org yet: org.deploy("crm/"), or `objectforge apply crm/`')
        return self.known

    def object(self, name: str) -> Object:
        """An object by name, in any case.

        Raises:
            NotFound: there is none.
        """
        check_text("the name of an object", name)
        found = self.state.schema.object(name)
        if found is None:
            raise missing("object", name, self.state.schema.objects)
        return found

    def object_of(self, record_id: str) -> Object:
        """The object that an id's record belongs to.

        Raises:
            NotFound: it is no id of this org.
        """
        ids = self.state.ids
        try:
            return self.state.schema.objects[ids.object_of(ids.parse(record_id))]
        except BadId as wrong:
            raise NotFound(f"{record_id!r} is not the id of a record: {wrong}") from wrong

    def look(self, connection: sa.Connection) -> OrgState | None:
        """What is stored now."""
        self.known = load_state(connection)
        return self.known

    def deployed(self, connection: sa.Connection, state: OrgState) -> None:
        """Know what was deployed on a connection, and let whoever gets the connection next look for themselves."""
        connection.connection.info.pop(_DATA_VERSION, None)
        self.known = state

    def _begun(self, transaction: Transaction) -> None:
        """See whether someone has deployed since the state was loaded."""
        connection = transaction.connection
        if self.private and self.known is not None:
            return
        info, mark = connection.connection.info, self._mark(connection)
        if mark is not None and info.get(_DATA_VERSION) == mark and self.known is not None:
            return
        if self.known is None:
            if is_org(connection):
                self.known = load_state(connection)
        else:
            version = share_org(connection) if transaction.writes else load_version(connection)
            if version != self.known.version:
                self.known = load_state(connection)
        info[_DATA_VERSION] = mark

    def _mark(self, connection: sa.Connection) -> tuple[int, int] | None:
        """What stays the same until another connection commits anything; None where the server has no such thing."""
        if connection.dialect.name != "sqlite":
            return None
        return id(self), connection.exec_driver_sql("PRAGMA data_version").scalar_one()

    # -- running --------------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def reading(self, user: str | None = None) -> Generator[Context]:
        """A context to ask in; what cannot be asked of the engine is a QueryError."""
        with self.transactions.read() as transaction, _asked():
            yield self._context(transaction.connection, user)

    @contextlib.contextmanager
    def writing(self, org: object, user: str | None = None) -> Generator[Writing]:
        """A context to write in; an exception undoes everything written in it."""
        with self.transactions.write() as transaction, _asked():
            context = self._context(transaction.connection, user)
            state = self.state
            yield Writing(
                context=context,
                forms=state.forms,
                hooks=self.hooks,
                org=org,
                after_commit=transaction.after_commit,
            )

    def _context(self, connection: sa.Connection, user: str | None) -> Context:
        state = self.state
        return Context(
            connection=connection,
            schema=state.schema,
            tables=state.tables,
            ids=state.ids,
            backend=backend_of(connection.dialect),
            moment=Moment(self.clock(), state.calendar),
            locale=state.locale,
            region=state.region,
            user=user or state.system_user,
            version=state.version,
        )


@contextlib.contextmanager
def _asked() -> Generator[None]:
    try:
        yield
    except UnsupportedInSql as error:
        hint = "use it in defaults, validations and show_if; or compare fields directly"
        raise QueryError(Issue("OF805", f"the database cannot compute this yet: {error.name}", hint=hint)) from error
    except RecursionError as error:
        raise too_large() from error
    except TooManyTables as error:
        hint = f"name fewer parents, joins and roll-ups: at most {error.limit} tables go into one query"
        raise QueryError(Issue("OF806", "the query walks too many relationships", hint=hint)) from error
