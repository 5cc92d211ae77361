from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool, StaticPool
from storage_orgs import Deployed
from storage_schemas import make_schema

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.storage.engines import WRITES, open_engine, prepare, prepare_connection, schema_of

OWN = sa.Table(
    "own",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent", sa.ForeignKey("own.id")),
)


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        pytest.param("is not a database URL; type sqlite:///file.db", "crm.db", id="a file name"),
        pytest.param("SQLite or PostgreSQL, not in mysql", "mysql://localhost/x", id="another database"),
        pytest.param("unknown driver 'sqlite\\+none'", "sqlite+none://", id="an unknown SQLite driver"),
        pytest.param("unknown driver 'postgresql\\+none'", "postgresql+none://h/x", id="an unknown PostgreSQL driver"),
        pytest.param("type postgresql\\+psycopg://", "postgresql+asyncpg://h/x", id="another PostgreSQL driver"),
        pytest.param("cannot be opened: unable to open", "sqlite:////no/such/folder/x.db", id="no such folder"),
        pytest.param("cannot be opened: ", "postgresql://127.0.0.1:1/x", id="no server"),
    ],
)
def test_a_database_that_cannot_be_opened_is_explained(expected: str, url: str) -> None:
    with pytest.raises(ObjectForgeError, match=expected):
        open_engine(url)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(ObjectForgeError) as wrong:
        open_engine("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(wrong.value)


def test_a_missing_driver_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ObjectForgeError, match=r'pip install "objectforge\[postgres\]"'):
        open_engine("postgresql://127.0.0.1:1/x")


@pytest.mark.parametrize("name", ["", "Acme", "1st", "a-b", "a" * 64, "pg_x", "information_schema", 'a"; --'])
def test_a_name_that_no_schema_may_have_is_refused(name: str) -> None:
    with pytest.raises(ObjectForgeError, match="cannot be the name of an org"):
        open_engine("postgresql://127.0.0.1:1/x", name=name)


def test_a_sqlite_file_has_no_name() -> None:
    with pytest.raises(ObjectForgeError, match="needs no name"):
        open_engine("sqlite://", name="acme")


def test_a_file_is_opened_for_several_processes(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    assert isinstance(engine.pool, QueuePool)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for pragma in asked]
    assert found == ["wal", 2, 1, 5000]
    engine.dispose()


def test_memory_is_one_connection_for_all_threads() -> None:
    engine = open_engine("sqlite://")
    assert isinstance(engine.pool, StaticPool)
    OWN.create(engine)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: sa.inspect(engine).has_table("own")).result()
    engine.dispose()


def test_ddl_that_is_rolled_back_leaves_nothing(engine: sa.Engine) -> None:
    # SQLite's own driver commits before DDL; half of a deploy would stay.
    names = (engine.get_execution_options().get("schema_translate_map") or {}).get(None)
    with engine.connect() as connection:
        if names:
            connection.execute(sa.schema.CreateSchema(names))
        OWN.create(connection)
        connection.execute(sa.insert(OWN), {"id": 1})
        connection.rollback()
    assert not sa.inspect(engine).has_table("own", schema=names)


def test_a_savepoint_is_rolled_back_alone(org: Deployed) -> None:
    org.deploy(make_schema({}))
    table = org.tables.table("User")
    with org.engine.execution_options(**WRITES).begin() as connection:
        connection.execute(sa.insert(table), {"id": 1})
        with connection.begin_nested() as inner:
            connection.execute(sa.insert(table), {"id": 2})
            inner.rollback()
        connection.execute(sa.insert(table), {"id": 3})
    assert [row[0] for row in org.rows("User", "Id")][:2] == [1, 3]


def test_a_writer_has_the_file_from_its_first_moment(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.execution_options(**WRITES).begin() as writer:
        writer.execute(sa.select(1))
        with engine.connect() as other:
            other.connection.driver_connection.execute("PRAGMA busy_timeout=0")
            with pytest.raises(OperationalError, match="locked"):
                other.execution_options(**WRITES).execute(sa.select(1))
    engine.dispose()


def test_instants_come_in_utc(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.current_setting("TimeZone"))).scalar_one() == "UTC"
    engine.dispose()


def test_the_callers_engine_serves_an_org_and_stays_what_it_was(tmp_path: Path) -> None:
    theirs = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    OWN.create(theirs)
    org = Deployed(prepare(theirs))
    org.deploy(make_schema({"A": {"B": {"type": "lookup", "to": "A"}}}))
    with pytest.raises(IntegrityError):
        org.insert("A", {"Id": 1, "B": 9})
    org.insert("A", {"Id": 1})
    assert {"own", "a", "of_org"} <= org.names_in_database()
    with theirs.begin() as connection:
        connection.execute(sa.insert(OWN), {"id": 1})
        assert connection.connection.driver_connection.isolation_level == ""
    with theirs.connect() as connection:
        connection.execute(sa.insert(OWN), {"id": 2})
        connection.rollback()
        assert connection.execute(sa.select(OWN.c.id)).scalars().all() == [1]
    theirs.dispose()


def test_a_failed_deploy_on_the_callers_engine_leaves_nothing(tmp_path: Path) -> None:
    theirs = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    ours = prepare(theirs)
    with ours.connect() as connection:
        OWN.create(connection)
        connection.rollback()
    assert not sa.inspect(theirs).has_table("own")
    theirs.dispose()


def test_the_callers_connection_gets_our_functions_inside_its_transaction() -> None:
    theirs = sa.create_engine("sqlite://")
    with theirs.begin() as connection:
        OWN.create(connection)
        prepared = prepare_connection(connection)
        assert prepared.execute(sa.select(sa.func.of_add("0.1", "0.2"))).scalar_one() == "0.3"
        assert schema_of(prepared) is None
    theirs.dispose()


def test_an_engine_of_another_database_is_refused() -> None:
    with pytest.raises(ObjectForgeError, match="not in mysql"):
        prepare(sa.create_mock_engine("mysql+pymysql://", lambda *_: None))
