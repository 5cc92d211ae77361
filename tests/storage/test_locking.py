"""The org's lock on PostgreSQL: what readers see while others move their tables, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa
from storage_orgs import Deployed
from storage_schemas import make_schema

from objectforge.errors.exceptions import Conflict, OrgLocked
from objectforge.storage import registry_tables as t
from objectforge.storage.attempts import in_attempts
from objectforge.storage.engines import open_engine, reading_options, schema_of, writing_options
from objectforge.storage.locking import forget_statements, hold_still, lock_org, share_org
from objectforge.storage.registry_store import load_version

pytestmark = pytest.mark.postgres


@pytest.fixture
def server(postgres_url: str) -> Iterator[sa.Engine]:
    name = f"t_{uuid4().hex}"
    engine = open_engine(postgres_url, name=name)
    Deployed(engine).deploy(make_schema({"A": {"Code": {"type": "text"}}})).insert(
        "A", {"Id": 1, "Name": "a", "Code": "7"}
    )
    yield engine
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
    engine.dispose()


@pytest.fixture
def reader(server: sa.Engine) -> Iterator[sa.Connection]:
    with server.connect() as connection:
        yield connection.execution_options(**reading_options(connection.dialect))


@pytest.fixture
def changer(server: sa.Engine) -> Iterator[sa.Connection]:
    with server.connect() as connection:
        connection = connection.execution_options(**writing_options(connection.dialect))
        connection.exec_driver_sql("SET lock_timeout = 100")
        connection.commit()
        yield connection


def rewrite(connection: sa.Connection) -> None:
    """What a change of a field's type comes to: another column, under a name that is known."""
    schema = schema_of(connection)
    connection.exec_driver_sql(f"ALTER TABLE {schema}.a ADD COLUMN other bigint")
    connection.exec_driver_sql(f"UPDATE {schema}.a SET other = code::bigint")
    connection.exec_driver_sql(f"ALTER TABLE {schema}.a DROP COLUMN code")
    connection.exec_driver_sql(f"ALTER TABLE {schema}.a RENAME COLUMN other TO code")
    connection.execute(sa.update(t.org).values(version=2))


def read(connection: sa.Connection) -> list[object]:
    table = sa.Table("a", sa.MetaData(), sa.Column("code"))
    return list(connection.scalars(sa.select(table.c.code)))


def test_without_the_lock_a_reader_meets_tables_of_another_version(
    reader: sa.Connection, changer: sa.Connection
) -> None:
    assert 1 == load_version(reader)
    with changer.begin():
        rewrite(changer)

    assert (1, [None]) == (load_version(reader), read(reader))


def test_a_reader_keeps_the_tables_as_they_are(reader: sa.Connection, changer: sa.Connection) -> None:
    assert hold_still(reader, known=True)
    assert 1 == load_version(reader)
    with pytest.raises(sa.exc.OperationalError, match="lock timeout"), changer.begin():
        lock_org(changer, disturbing=True)

    assert ["7"] == read(reader)
    reader.rollback()
    with changer.begin():
        lock_org(changer, disturbing=True)
        rewrite(changer)
    assert hold_still(reader, known=True)
    assert (2, [7]) == (load_version(reader), read(reader))


def test_a_reader_who_waited_for_a_change_sees_it_whole(
    server: sa.Engine, reader: sa.Connection, changer: sa.Connection
) -> None:
    def wait_and_read() -> tuple[int, list[object]]:
        hold_still(reader, known=True)
        return load_version(reader), read(reader)

    with ThreadPoolExecutor(1) as thread:
        with changer.begin():
            lock_org(changer, disturbing=True)
            waiting = thread.submit(wait_and_read)
            until_somebody_waits(server)
            rewrite(changer)
        assert (2, [7]) == waiting.result()


def until_somebody_waits(server: sa.Engine) -> None:
    locks = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = to_regclass(:name)")
    with server.connect() as connection:
        while connection.execute(locks, {"name": f"{schema_of(connection)}.of_org"}).scalar_one() == 0:
            connection.rollback()


def test_a_change_that_disturbs_nobody_lets_readers_in(reader: sa.Connection, changer: sa.Connection) -> None:
    with changer.begin():
        lock_org(changer, disturbing=False)
        assert hold_still(reader, known=True)
        assert (1, ["7"]) == (load_version(reader), read(reader))


@pytest.mark.parametrize("disturbing", [True, False])
def test_writers_keep_the_org_at_its_version(server: sa.Engine, changer: sa.Connection, disturbing: bool) -> None:
    with server.begin() as writer:
        assert 1 == share_org(writer)
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"), changer.begin():
            lock_org(changer, disturbing=disturbing)


@pytest.mark.parametrize("disturbing", [True, False])
def test_a_writer_who_waited_gets_the_new_version(server: sa.Engine, changer: sa.Connection, disturbing: bool) -> None:
    def write() -> int:
        with server.begin() as writer:
            return share_org(writer)

    with ThreadPoolExecutor(1) as thread:
        with changer.begin():
            lock_org(changer, disturbing=disturbing)
            waiting = thread.submit(write)
            until_somebody_waits(server)
            changer.execute(sa.update(t.org).values(version=2))
        assert 2 == waiting.result()


def test_where_there_is_no_org_a_reader_finds_out_and_goes_on(postgres_url: str) -> None:
    engine = open_engine(postgres_url, name=f"t_{uuid4().hex}")
    with engine.connect() as connection:
        assert not hold_still(connection, known=False)
        assert 1 == connection.scalar(sa.select(1))
    engine.dispose()


def test_prepared_statements_are_forgotten(reader: sa.Connection, changer: sa.Connection) -> None:
    reader.connection.driver_connection.prepare_threshold = 5
    for _ in range(10):
        assert ["7"] == read(reader)
    reader.commit()
    with changer.begin():
        rewrite(changer)
    hold_still(reader, known=True)
    load_version(reader)
    forget_statements(reader)

    assert [7] == read(reader)


# -- attempts ---------------------------------------------------------------------------------------------------------
def test_work_is_tried_again_when_the_others_are_done(server: sa.Engine, changer: sa.Connection) -> None:
    tries: list[int] = []
    with server.connect() as writer:
        share_org(writer)

        def work() -> None:
            tries.append(len(tries))
            changer.execute(sa.update(t.counters).values(next=77))
            if len(tries) == 2:
                writer.rollback()
            lock_org(changer, disturbing=True)

        in_attempts(changer, 60, work)

    assert [0, 1] == tries


def test_who_waited_in_vain_is_told_for_how_long(server: sa.Engine, changer: sa.Connection) -> None:
    with server.connect() as writer:
        share_org(writer)
        with pytest.raises(OrgLocked, match=r"for 0\.01 seconds; try again"):
            in_attempts(changer, 0.01, lambda: lock_org(changer, disturbing=False) and None)


def test_what_no_waiting_helps_is_not_tried_again(changer: sa.Connection) -> None:
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        raise Conflict("it moved on")

    with pytest.raises(Conflict, match="it moved on"):
        in_attempts(changer, 60, work)

    assert [1] == tries


def test_a_deadlock_is_tried_again(server: sa.Engine, changer: sa.Connection) -> None:
    """The changer takes the counters, another one the history, then each wants the other's."""
    tries: list[int] = []
    with server.connect() as other, ThreadPoolExecutor(1) as thread:
        other.exec_driver_sql("SET deadlock_timeout = '1h'")
        changer.exec_driver_sql("SET deadlock_timeout = 10")
        changer.commit()
        other.execute(sa.update(t.history).values(who="other"))

        def work() -> None:
            tries.append(1)
            changer.execute(sa.update(t.counters).values(next=77))
            if len(tries) == 1:
                thread.submit(lambda: (other.execute(sa.update(t.counters).values(next=78)), other.commit()))
                until_a_row_is_waited_for(server)
            changer.execute(sa.update(t.history).values(who="changer"))

        in_attempts(changer, 60, work)

    assert [1, 1] == tries
    with server.connect() as connection:
        assert {77} == set(connection.scalars(sa.select(t.counters.c.next)))


def until_a_row_is_waited_for(server: sa.Engine) -> None:
    locks = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with server.connect() as connection:
        while connection.execute(locks).scalar_one() == 0:
            connection.rollback()
