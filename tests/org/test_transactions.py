"""Transactions: nested ones are savepoints, what waits for the commit waits, threads do not see each other's."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from objectforge.errors.exceptions import Conflict, OrgLocked, RecordInvalid
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.testing.temp import temp_org

SITES = Metadata.parse("objects: {Site: {fields: {Code: {type: text, unique: true}}}}")


@pytest.fixture(params=["memory", "file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Org]:
    match request.param:
        case "memory":
            url = None
        case "file":
            url = f"sqlite:///{tmp_path / 'org.db'}"
        case _:
            url = request.getfixturevalue("postgres_url")
    with temp_org(SITES, url=url) as made:
        yield made


class Oops(Exception):
    pass


@contextlib.contextmanager
def undone(org: Org) -> Iterator[None]:
    """A transaction that ends in an exception."""
    with contextlib.suppress(Oops), org.transaction():
        yield
        raise Oops


def names(org: Org) -> list[str]:
    return [row["Name"] for row in org["Site"].find(sort="Name")]


def test_a_transaction_is_committed_whole(org: Org) -> None:
    with org.transaction() as same:
        same["Site"].create(Name="a")
        org["Site"].create(Name="b")
        assert ["a", "b"] == names(org)

    assert same is org
    assert ["a", "b"] == names(org)


def test_an_exception_undoes_everything(org: Org) -> None:
    with undone(org):
        org["Site"].create(Name="a")
        with org.transaction():
            org["Site"].create(Name="b")

    assert [] == names(org)


def test_an_exception_that_is_caught_undoes_what_was_inside(org: Org) -> None:
    with org.transaction():
        org["Site"].create(Name="a")
        with undone(org):
            org["Site"].create(Name="b")
            with org.transaction():
                org["Site"].create(Name="c")
        assert ["a"] == names(org)
        org["Site"].create(Name="d")

    assert ["a", "d"] == names(org)


def test_a_refused_write_leaves_the_transaction_usable(org: Org) -> None:
    with org.transaction():
        org["Site"].create(Name="a", Code="x")
        with pytest.raises(RecordInvalid):
            org["Site"].create_many([{"Name": "b"}, {"Name": "c", "Code": "X"}])
        org["Site"].create(Name="d")

    assert ["a", "d"] == names(org)


def test_all_handles_of_an_org_share_its_transaction(org: Org) -> None:
    ada = org.as_user(org["User"].create(Username="ada", Name="Ada"))

    with undone(org):
        ada["Site"].create(Name="a")

    assert [] == names(ada)


# -- after the commit --------------------------------------------------------------------------------------------------
def test_what_waits_for_the_commit_runs_once_everything_is_committed(org: Org) -> None:
    seen: list[str] = []
    org.after_commit("Site", "create")(lambda row: seen.append(row["Name"]))

    with org.transaction():
        org["Site"].create(Name="a")
        with org.transaction():
            org["Site"].create(Name="b")
        assert [] == seen

    assert ["a", "b"] == seen


def test_what_was_undone_is_not_announced(org: Org) -> None:
    seen: list[str] = []
    org.after_commit("Site", "create")(lambda row: seen.append(row["Name"]))

    with org.transaction():
        org["Site"].create(Name="a")
        with undone(org):
            org["Site"].create(Name="b")
        org["Site"].create(Name="c")
    with undone(org):
        org["Site"].create(Name="d")

    assert ["a", "c"] == seen


def test_a_failure_after_the_commit_is_logged_and_the_commit_stands(org: Org, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def fail(row: Any) -> None:
        seen.append(row["Name"])
        raise Oops

    org.after_commit("Site", "create")(fail)
    with caplog.at_level(logging.ERROR, "objectforge"):
        org["Site"].create_many([{"Name": "a"}, {"Name": "b"}])

    assert ["a", "b"] == seen == names(org)
    assert {"objectforge"} == {record.name for record in caplog.records}


def test_what_runs_after_the_commit_may_write_in_a_transaction_of_its_own(org: Org) -> None:
    def follow(row: Any) -> None:
        if len(row["Name"]) < 3:
            org["Site"].create(Name=row["Name"] + "!")

    org.after_commit("Site", "create")(follow)
    org["Site"].create(Name="a")

    assert ["a", "a!", "a!!"] == names(org)


# -- threads -----------------------------------------------------------------------------------------------------------
def test_a_transaction_is_its_threads_own(org: Org) -> None:
    with ThreadPoolExecutor(1) as threads:
        with org.transaction():
            org["Site"].create(Name="a")
            found = threads.submit(names, org)
            if org.engine.pool.__class__ is not sa.StaticPool:
                assert [] == found.result()
        assert found.result() in ([], ["a"])
        assert ["a"] == threads.submit(names, org).result()


def test_threads_write_side_by_side(org: Org) -> None:
    def write(number: int) -> None:
        org["Site"].create_many([{"Name": f"{number}{each}"} for each in range(5)])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))

    assert [f"{number}{each}" for number in range(4) for each in range(5)] == names(org)


# -- running again -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(Conflict("it changed"), id="conflict"),
        pytest.param(OrgLocked("it is held"), id="locked"),
        pytest.param(OperationalError("update", {}, Exception("deadlock")), id="the database"),
    ],
)
def test_run_tries_again_from_a_clean_start(org: Org, error: Exception) -> None:
    tries: list[int] = []

    def work(given: Org) -> str:
        tries.append(given["Site"].count())
        given["Site"].create(Name="a")
        if len(tries) < 3:
            raise error
        return "done"

    assert "done" == org.run(work)
    assert ([0, 0, 0], ["a"]) == (tries, names(org))


def test_run_gives_up_after_its_tries(org: Org) -> None:
    tries: list[int] = []

    def work(_: Org) -> None:
        tries.append(1)
        raise Conflict("it changed")

    with pytest.raises(Conflict, match="it changed"):
        org.run(work, tries=2)

    assert 2 == len(tries)


def test_run_does_not_repeat_what_cannot_help(org: Org) -> None:
    tries: list[int] = []

    def work(given: Org) -> None:
        tries.append(1)
        given["Site"].create(Name="a")
        raise Oops

    with pytest.raises(Oops):
        org.run(work)

    assert ([1], []) == (tries, names(org))


# -- where there is no transaction of one's own ------------------------------------------------------------------------
def test_nothing_is_deployed_within_a_transaction(org: Org) -> None:
    plan = org.plan(Metadata.parse("objects: {Site: {fields: {Code: {type: text, unique: true}, Size: number}}}"))

    with org.transaction(), pytest.raises(ValueError, match=r"leave org.transaction\(\) first"):
        org.apply(plan)

    org.apply(plan)
    assert "Size" in org.schema.objects["Site"].fields


def test_an_attached_org_nests_savepoints_in_its_callers_transaction(org: Org) -> None:
    engine = org.engine
    schema = None
    if engine.dialect.name == "postgresql":
        schema = engine.get_execution_options()["schema_translate_map"][None]
    with engine.connect() as connection, connection.begin() as callers:
        attached = Org.attach(connection, name=schema)
        attached["Site"].create(Name="a")
        with undone(attached):
            attached["Site"].create(Name="b")
        with attached.transaction():
            attached["Site"].create(Name="c")
        assert ["a", "c"] == names(attached)
        with pytest.raises(ValueError, match="attached connection"):
            attached.deploy(SITES)
        attached.close()
        callers.rollback()

    assert [] == names(org)
