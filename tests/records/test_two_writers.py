"""Two writers at once, on the server that lets them: whoever comes second is told, and nothing points nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from worlds import World

from objectforge.errors.exceptions import Conflict, RecordInvalid
from objectforge.records.create import create
from objectforge.records.delete import delete
from objectforge.storage.engines import open_engine

pytestmark = pytest.mark.postgres

YAML = """
objects:
  Account:
    fields: {Code: {type: text, unique: true}, Visits: integer}
  Contact:
    fields: {AccountId: {type: lookup, to: Account, required: true}}
"""


@pytest.fixture
def org(postgres_url: str) -> Iterator[World]:
    name = f"t_{uuid4().hex}"
    engine = open_engine(postgres_url, name=name)
    yield World(engine, YAML)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True))
    engine.dispose()


def outcome(org: World, name: str, **values: Any) -> Any:
    try:
        return org.one(name, **values)
    except (RecordInvalid, Conflict) as error:
        return error


def test_nothing_is_linked_to_a_record_that_is_being_deleted(org: World) -> None:
    account = org.one("Account", Name="A")
    with ThreadPoolExecutor() as threads:
        with org.write() as writing:
            delete(writing, org.schema.objects["Account"], [account])
            other = threads.submit(outcome, org, "Contact", Name="C", AccountId=account)
        assert isinstance(other.result(), RecordInvalid)


def test_a_record_that_is_being_linked_to_is_not_deleted(org: World) -> None:
    account = org.one("Account", Name="A")
    with ThreadPoolExecutor() as threads:
        with org.write() as writing:
            create(writing, org.schema.objects["Contact"], [{"Name": "C", "AccountId": account}], partial=False)
            other = threads.submit(org.delete, "Account", account, partial=True)
        assert [result.ok for result in other.result()] == [False]


def test_a_unique_value_goes_to_the_first(org: World) -> None:
    with ThreadPoolExecutor() as threads:
        with org.write() as writing:
            create(writing, org.schema.objects["Account"], [{"Name": "A", "Code": "x"}], partial=False)
            other = threads.submit(outcome, org, "Account", Name="B", Code="X")
        assert isinstance(other.result(), RecordInvalid | Conflict)


def test_changes_of_one_record_wait_for_each_other(org: World) -> None:
    account = org.one("Account", Name="A", Visits=0)
    org.hooks.add("Account", "before", "update", lambda row: row.__setitem__("Visits", row["Visits"] + 1))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: org.update("Account", {"Id": account, "Name": "B"}), range(12)))
    assert org.get(account).Visits == 12
