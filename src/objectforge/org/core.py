"""The inside of an open org, shared by all its handles: state, transactions, hooks, clock."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from objectforge.errors.exceptions import Conflict, NotFound, QueryError
from objectforge.errors.issue import Issue
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.compiler import UnsupportedInSql
from objectforge.org.arguments import check_text
from objectforge.org.named import missing
from objectforge.org.seen import Seen, forget, last_seen, note, version_mark
from objectforge.org.state import OrgState, load_state
from objectforge.org.transactions import Transaction, Transactions
from objectforge.query.context import Context
from objectforge.query.execute import too_large
from objectforge.query.joins import TooManyTables
from objectforge.query.soql.memo import Memo
from objectforge.records.hooks import Event, Hook, Hooks, Phase
from objectforge.records.making.make import Made
from objectforge.records.writing import Writing
from objectforge.relations.schema import Object
from objectforge.relations.sql_forms import HINT, Lacking
from objectforge.storage.backends import backend_of
from objectforge.storage.database_errors import database_errors, of_another_schema
from objectforge.storage.engines import beside
from objectforge.storage.locking import forget_statements, hold_still, share_org
from objectforge.storage.registry_store import is_org, load_version
from objectforge.values.clock import Clock
from objectforge.values.ids import BadId

__all__ = ["Core"]

_T = TypeVar("_T")


class MetadataMoved(Conflict):
    """A statement met tables of another version of the metadata than it was made for."""


@dataclass
class Core:
    """What all handles of an org share. Its state changes only by swapping `known` for another version's."""

    engine: sa.Engine
    clock: Clock
    attached: sa.Connection | None = None
    known: OrgState | None = None
    hooks: list[tuple[int, Phase, Event, Hook]] = field(default_factory=list[tuple[int, Phase, Event, Hook]])
    """By the object's number, for its name may change."""
    made: Made = field(default_factory=Made)
    queries: Memo = field(default_factory=Memo)
    private: bool = False
    """Whether nobody else can reach the database (an org in memory), so that its metadata never changes unseen."""

    def __post_init__(self) -> None:
        self.transactions = Transactions(self.engine, self.attached, self._begun)
        self._callers: tuple[sa.Transaction | None, int] = (None, 0)

    # -- state ----------------------------------------------------------------------------------------------------
    @property
    def state(self) -> OrgState:
        """The org's state: as the open transaction sees it, else as last seen.

        Raises:
            NotFound: nothing was ever deployed.
        """
        current = self.transactions.current
        if current is not None:
            return _existing(current.state)
        if self.known is None:
            self.refresh()
        return _existing(self.known)

    def object(self, name: str) -> Object:
        """An object by name, in any case.

        Raises:
            NotFound: there is none.
        """
        check_text("the name of an object", name)
        found = self.state.schema.object(name)
        if found is None:
            self.refresh()
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

    def refresh(self) -> None:
        """See what is there now, unless an open transaction has to stay with what it saw."""
        if self.transactions.current is None:
            with self.transactions.read():
                pass  # its beginning looks

    def deployed(self, connection: sa.Connection, state: OrgState) -> None:
        """Know what was deployed on a connection, and let whoever gets the connection next look for themselves."""
        forget(connection)
        self.known = state

    def _begun(self, transaction: Transaction) -> None:
        """See by which version of the metadata the transaction is to read and write."""
        known = self.known
        if self.private and known is not None:
            transaction.state = known
            return
        connection = transaction.connection
        last, mark = last_seen(connection, self.transactions), version_mark(connection)
        if last is not None and last.state is not None and mark is not None and last.mark == mark:
            transaction.state = last.state
        else:
            transaction.state = self._look(transaction, known, last)
            note(connection, self.transactions, Seen(transaction.state, mark))
        # A transaction that began before somebody else's deploy must not take back what that one made known.
        if self.known is known and transaction.state is not None:
            self.known = transaction.state
        if self.attached is not None:
            self._stay(transaction)

    def _look(self, transaction: Transaction, known: OrgState | None, last: Seen | None) -> OrgState | None:
        """The org at the version that is there now, loaded only if it is not at hand."""
        connection = transaction.connection
        if known is None or not transaction.writes:
            there = hold_still(connection, known=known is not None)
            if known is None and not (there and is_org(connection)):
                return None
        version = share_org(connection) if transaction.writes else load_version(connection)
        if last is not None and last.version != version:
            forget_statements(connection)
        for state in (known, None if last is None else last.state):
            if state is not None and state.version == version:
                return state
        return load_state(connection)

    def _stay(self, transaction: Transaction) -> None:
        """Refuse to write by another version than the one that the caller's transaction has read by."""
        callers, version = transaction.connection.get_transaction(), Seen(transaction.state, None).version
        if callers is not self._callers[0]:
            self._callers = (callers, version)
        elif transaction.writes and version != self._callers[1]:
            raise Conflict("the org's metadata was changed since the transaction began; roll it back and make it again")

    # -- running --------------------------------------------------------------------------------------------------
    def ask(self, question: Callable[[Context], _T], user: str | None = None) -> _T:
        """What a question finds; asked once more if it stands alone and the tables were changed under it."""
        try:
            with self.reading(user) as context:
                return question(context)
        except MetadataMoved:
            if self.attached is not None or self.transactions.current is not None:
                raise
        with self.reading(user) as context:
            return question(context)

    def stream(self, question: Callable[[Context], Iterator[_T]], user: str | None = None) -> Iterator[_T]:
        """What a question finds, one after the other, while other statements may run between them.

        Outside of a transaction it reads by a connection of its own; where there is but one, all is read at once.
        """
        if self.transactions.current is None and not self.transactions.has_others:
            yield from self.ask(lambda context: list(question(context)), user)
            return
        with self._at_one_version(), self.transactions.apart() as transaction, _asked():
            yield from question(self._context(transaction, user))

    @contextlib.contextmanager
    def reading(self, user: str | None = None) -> Generator[Context]:
        """A context to ask in; what cannot be asked of the engine is a QueryError."""
        with self._at_one_version(), self.transactions.read() as transaction, _asked():
            yield self._context(transaction, user)

    @contextlib.contextmanager
    def writing(self, org: object, user: str | None = None) -> Generator[Writing]:
        """A context to write in; an exception undoes everything written in it."""
        with self._at_one_version(), self.transactions.write() as transaction, _asked():
            context = self._context(transaction, user)
            state = _existing(transaction.state)
            yield Writing(
                context=context,
                forms=state.forms,
                hooks=self._hooks(state),
                org=org,
                after_commit=transaction.after_commit,
            )

    def hook(self, name: str, phase: Phase, event: Event) -> Callable[[Hook], Hook]:
        """A decorator that adds the function below it, for the object that bears the name now.

        Raises:
            NotFound: there is no such object.
        """
        found = self.object(name).name
        number = self.state.registry.by_name[found].number

        def decorate(hook: Hook) -> Hook:
            Hooks().add(found, phase, event, hook)
            self.hooks.append((number, phase, event, hook))
            return hook

        return decorate

    def _hooks(self, state: OrgState) -> Hooks:
        """The hooks by the names that objects have now."""
        hooks = Hooks()
        for number, phase, event, hook in self.hooks:
            if (stored := state.registry.by_number.get(number)) is not None:
                hooks.add(stored.name, phase, event, hook)
        return hooks

    @contextlib.contextmanager
    def _at_one_version(self) -> Generator[None]:
        """Tell a statement that fails because somebody changed the tables from one that is wrong."""
        try:
            yield
        except DBAPIError as wrong:
            if not of_another_schema(wrong) or not self._has_moved():
                raise
            raise MetadataMoved("the org's metadata was changed by somebody else meanwhile; make it again") from wrong

    def _has_moved(self) -> bool:
        """Whether the org is at another version than the open transaction's, or than the one known."""
        current = self.transactions.current
        state = self.known if current is None else current.state
        with database_errors(), beside(self.attached or self.engine) as connection:
            return state is None or load_version(connection) != state.version

    def _context(self, transaction: Transaction, user: str | None) -> Context:
        state, connection = _existing(transaction.state), transaction.connection
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
            writes=transaction.writes,
        )


def _existing(state: OrgState | None) -> OrgState:
    if state is None:
        raise NotFound('nothing has been deployed to this org yet: org.deploy("crm/"), or `objectforge apply crm/`')
    return state


@contextlib.contextmanager
def _asked() -> Generator[None]:
    try:
        yield
    except UnsupportedInSql as error:
        raise QueryError(Issue("OF805", Lacking(error.name).message, hint=HINT)) from error
    except RecursionError as error:
        raise too_large() from error
    except TooManyTables as error:
        hint = f"name fewer parents, joins and roll-ups: at most {error.limit} tables go into one query"
        raise QueryError(Issue("OF806", "the query walks too many relationships", hint=hint)) from error
