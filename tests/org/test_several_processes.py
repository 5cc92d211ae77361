"""An org that others have open too: what they deploy is seen, and what stands in the way is told."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from objectforge.errors.exceptions import Conflict, ConnectionLost, NotFound, OrgLocked
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.storage import registry_tables as t
from objectforge.storage.engines import schema_of

SITES = Metadata.parse("objects: {Site: {fields: {Code: text}}}")
CODES = Metadata.parse("""
objects: {Site: {fields: {Code: text, Size: {type: integer, required: true, default: 3}}}, Plot: {}}
list_views: {Site.all: {columns: [Name, Code]}}
""")
SIZES = Metadata.parse("""
objects: {Site: {fields: {Code: text, Size: {type: integer, required: true, default: 3}}}, Plot: {}}
list_views: {Site.all: {columns: [Name, Size]}}
""")


@contextlib.contextmanager
def deployed(url: str) -> Iterator[Callable[[], Org]]:
    """An org, opened once more with each call, as other processes would."""
    name = f"t_{uuid4().hex}" if url.startswith("postgresql") else None
    orgs: list[Org] = []

    def open_once_more() -> Org:
        orgs.append(Org.open(url, name=name))
        return orgs[-1]

    open_once_more().deploy(SITES)
    yield open_once_more
    if name is not None:
        with orgs[0].engine.begin() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True))
    for org in orgs:
        org.close()


@pytest.fixture(params=["file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Org]]:
    in_file = request.param == "file"
    with deployed(f"sqlite:///{tmp_path / 'org.db'}" if in_file else request.getfixturevalue("postgres_url")) as found:
        yield found


@pytest.fixture
def on_server(postgres_url: str) -> Iterator[tuple[Org, Org]]:
    with deployed(postgres_url) as found:
        yield found(), found()


@pytest.fixture
def ours(opened: Callable[[], Org]) -> Org:
    return opened()


@pytest.fixture
def theirs(opened: Callable[[], Org]) -> Org:
    return opened()


def attached(org: Org, connection: sa.Connection) -> Org:
    with org.engine.connect() as own:
        return Org.attach(connection, name=schema_of(own))


# -- what others deploy -----------------------------------------------------------------------------------------------
def test_what_others_deploy_is_there_at_the_next_call(ours: Org, theirs: Org) -> None:
    first = ours["Site"].create(Name="a", Code="x")
    sites = ours["Site"]
    theirs.deploy(SIZES)

    assert (3, 4) == (sites.get(first.Id)["Size"], ours["Site"].create(Name="b", Size=4)["Size"])
    assert ["b"] == [row.Name for row in sites.find("Size > 3")]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda org: org["Plot"].count(), id="an object"),
        pytest.param(lambda org: org.list_view("Site.all").count(), id="a list view"),
        pytest.param(lambda org: org.report({"from": "Plot", "columns": ["Id"]}).run().records(), id="a report given"),
    ],
)
def test_before_something_is_said_to_be_missing_the_org_is_looked_at(
    ours: Org, theirs: Org, ask: Callable[[Org], Any]
) -> None:
    assert 0 == ours["Site"].count()
    theirs.deploy(SIZES)

    assert not ask(ours)


def test_a_list_view_asked_again_is_that_of_the_new_version(ours: Org, theirs: Org) -> None:
    theirs.deploy(SIZES)
    view = ours.list_view("Site.all")
    assert ["Name", "Size"] == [column.key for column in view.page().columns]
    theirs.deploy(CODES)

    assert ["Name", "Code"] == [column.key for column in view.page().columns]


def test_a_transaction_stays_with_what_it_saw(ours: Org, theirs: Org) -> None:
    with ours.transaction():
        ours["Site"].create(Name="a")
        plan = theirs.plan(SIZES)
        with pytest.raises(OrgLocked, match=r"for 0\.05 seconds"):
            theirs.apply(plan, lock_seconds=0.05)
        with pytest.raises(NotFound):
            ours["Plot"].count()
    theirs.apply(plan)

    assert 0 == ours["Plot"].count()


@pytest.mark.parametrize(("batch", "there"), [pytest.param(2, 2, id="in batches"), pytest.param(None, 0, id="whole")])
def test_a_load_stops_when_the_metadata_moves(
    ours: Org, theirs: Org, tmp_path: Path, batch: int | None, there: int
) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("Name\n" + "".join(f"s{number}\n" for number in range(6)), encoding="utf-8")
    loaded: list[int] = []
    waiting = [theirs]

    def deploy(*_: object) -> None:
        if len(loaded) == there // 2 and waiting:
            waiting.pop().deploy(SIZES)

    sites = ours["Site"]
    event.listen(ours.engine, "checkout", deploy)
    with pytest.raises(Conflict, match="load the file again"):
        sites.load(file, batch=batch, progress=lambda done, *_: loaded.append(done))
    event.remove(ours.engine, "checkout", deploy)

    assert there == theirs["Site"].count()


# -- in a caller's transaction ----------------------------------------------------------------------------------------
def test_who_read_one_version_does_not_write_by_another(ours: Org, theirs: Org) -> None:
    with ours.engine.connect() as connection:
        joined = attached(ours, connection)
        assert 0 == joined["User"].count("Name = 'Ada'")
        theirs.deploy(SIZES)
        with pytest.raises(Conflict, match="since th"):
            joined["Site"].create(Name="a")
        connection.rollback()
        assert 3 == joined["Site"].create(Name="a")["Size"]


@pytest.mark.postgres
def test_a_plan_that_rewrites_waits_for_whoever_reads_anything(on_server: tuple[Org, Org]) -> None:
    ours, theirs = on_server
    retype = theirs.plan(Metadata.parse("objects: {Site: {fields: {Code: integer}}}"))
    with ours.engine.connect() as connection:
        joined = attached(ours, connection)
        assert 0 == joined["User"].count("Name = 'Ada'")
        with pytest.raises(OrgLocked):
            theirs.apply(retype, lock_seconds=0.05)
        assert 0 == joined["Site"].count("Code = 'x'")
    theirs.apply(retype)

    assert 0 == ours["Site"].count("Code = 1")


# -- a database that goes away ----------------------------------------------------------------------------------------
@contextlib.contextmanager
def at_statement(org: Org, words: str, do: Callable[[sa.Connection], object]) -> Iterator[None]:
    """Do something before the org's next statement with these words."""
    done: list[str] = []

    def once(connection: sa.Connection, cursor: Any, statement: str, *_: Any) -> None:
        if words in statement and not done:
            done.append(statement)
            do(connection)

    event.listen(org.engine, "before_cursor_execute", once)
    yield
    event.remove(org.engine, "before_cursor_execute", once)
    assert done


def ended_by(other: Org) -> Callable[[sa.Connection], object]:
    """Ends the server's side of a connection."""

    def end(connection: sa.Connection) -> None:
        pid = connection.connection.driver_connection.info.backend_pid
        with other.engine.begin() as beside:
            assert beside.scalar(sa.select(sa.func.pg_terminate_backend(pid, 10_000)))

    return end


@pytest.mark.postgres
def test_a_reader_whose_session_is_ended_is_told_and_can_read_on(on_server: tuple[Org, Org]) -> None:
    ours, theirs = on_server
    ours["Site"].create(Name="a")
    with at_statement(ours, ".site", ended_by(theirs)), pytest.raises(ConnectionLost, match="try again") as lost:
        ours["Site"].find()

    assert not lost.value.in_doubt
    assert ["a"] == [row.Name for row in ours["Site"].find()]


@pytest.mark.postgres
@pytest.mark.parametrize("words", ["set_config", "LOCK TABLE", "ALTER TABLE", "INSERT INTO"])
def test_an_apply_whose_session_is_ended_changes_nothing(on_server: tuple[Org, Org], words: str) -> None:
    ours, theirs = on_server
    plan = ours.plan(SIZES)
    with at_statement(ours, words, ended_by(theirs)), pytest.raises(ConnectionLost) as lost:
        ours.apply(plan)

    assert not lost.value.in_doubt
    assert "Plot" not in theirs.schema.objects
    ours.apply(plan)
    assert 0 == theirs["Plot"].count()


@pytest.mark.postgres
def test_a_session_that_ends_at_the_commit_leaves_doubt(on_server: tuple[Org, Org]) -> None:
    ours, theirs = on_server
    tries: list[int] = []

    def write(org: Org) -> None:
        tries.append(1)
        org["Site"].create(Name="a")
        event.listen(ours.engine, "commit", ended_by(theirs), once=True)

    with pytest.raises(ConnectionLost, match="see whether") as lost:
        ours.run(write)

    assert (True, [1]) == (lost.value.in_doubt, tries)
    assert 0 == ours["Site"].count()


@pytest.mark.postgres
def test_run_tries_again_when_the_session_was_ended(on_server: tuple[Org, Org]) -> None:
    ours, theirs = on_server
    with at_statement(ours, "INSERT INTO", ended_by(theirs)):
        ours.run(lambda org: org["Site"].create(Name="a"))

    assert 1 == ours["Site"].count()


# -- tables changed by hand -------------------------------------------------------------------------------------------
def by_hand(org: Org) -> Callable[[sa.Connection], object]:
    """Gives a column another type and the org another version, past all locks."""

    def change(_: sa.Connection) -> None:
        with org.engine.begin() as connection:
            version = connection.scalar(sa.select(t.org.c.version))
            history = sa.select(version + 1, *(column for column in t.history.c if column.name != "version"))
            connection.execute(sa.insert(t.history).from_select([column.name for column in t.history.c], history))
            connection.execute(sa.update(t.org).values(version=version + 1))
            connection.exec_driver_sql(f"ALTER TABLE {schema_of(connection)}.site ALTER COLUMN code TYPE varchar(99)")

    return change


@pytest.mark.postgres
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("LOCK TABLE", id="between transactions"),
        pytest.param("of_org", id="between the locks and the version"),
    ],
)
def test_what_was_prepared_for_other_tables_is_asked_anew(on_server: tuple[Org, Org], words: str) -> None:
    plain, theirs = on_server
    plain["Site"].create(Name="a", Code="x")
    with plain.engine.connect() as connection:
        name = schema_of(connection)
    engine = sa.create_engine(plain.engine.url)  # it prepares, as psycopg does unless it is told not to
    with Org.open(engine=engine, name=name) as ours:
        for _ in range(10):
            assert ["x"] == [row.Code for row in ours["Site"].find()]
        with at_statement(ours, words, by_hand(theirs)):
            assert ["x"] == [row.Code for row in ours["Site"].find()]
        assert ["x"] == [row.Code for row in ours["Site"].find()]


@pytest.mark.postgres
def test_a_connection_that_deployed_itself_still_forgets_what_it_prepared(on_server: tuple[Org, Org]) -> None:
    ours, _ = on_server
    event.listen(ours.engine, "connect", lambda driver, _: setattr(driver, "prepare_threshold", 5))
    ours.engine.dispose()
    site = ours["Site"].create(Name="a", Code="7")
    with contextlib.closing(ours.engine.connect()):  # so that the org uses another one
        for _ in range(10):
            assert ours["Site"].get(site.Id).Code == "7"
        ours.deploy(Metadata.parse("objects: {Site: {label: Place, fields: {Code: text}}}"))
        another = ours.engine.connect()
    numbered = Metadata.parse("objects: {Site: {label: Place, fields: {Code: integer}}}")
    with contextlib.closing(another):
        ours.deploy(numbered)
        first = ours.engine.connect()
    with contextlib.closing(first):
        assert ours["Site"].get(site.Id).Code == 7


# -- Ctrl-C -----------------------------------------------------------------------------------------------------------
def interrupt(_: sa.Connection) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("words", ["of_org", "of_history", "of_field"])
def test_an_apply_that_is_interrupted_changes_nothing(ours: Org, theirs: Org, words: str) -> None:
    plan = ours.plan(SIZES)
    with at_statement(ours, words, interrupt), pytest.raises(KeyboardInterrupt):
        ours.apply(plan)

    assert "Plot" not in theirs.schema.objects
    ours.apply(plan)
    assert 0 == theirs["Plot"].count()


def test_an_org_in_memory_outlives_an_interruption() -> None:
    with Org.open("sqlite://") as org:
        org.deploy(SITES)
        org["Site"].create(Name="a")
        with at_statement(org, "INSERT INTO site", interrupt), pytest.raises(KeyboardInterrupt):
            org["Site"].create(Name="b")
        with at_statement(org, "of_history", interrupt), pytest.raises(KeyboardInterrupt):
            org.deploy(SIZES)

        assert ["a"] == [row.Name for row in org["Site"].find()]
        org.deploy(SIZES)
        assert [3] == [row["Size"] for row in org["Site"].find()]
