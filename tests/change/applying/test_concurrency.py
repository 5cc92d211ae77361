from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa
from storage_orgs import MOMENT, Deployed
from storage_schemas import make_schema

from objectforge.change.applying.apply import apply_plan
from objectforge.change.planning.make import make_plan
from objectforge.errors.exceptions import Conflict, OrgLocked
from objectforge.storage.counters import allocate_ids
from objectforge.storage.engines import WRITES, open_engine
from objectforge.storage.locking import share_org

pytestmark = pytest.mark.postgres


@pytest.fixture
def server(postgres_url: str) -> Iterator[sa.Engine]:
    name = f"t_{uuid4().hex}"
    engine = open_engine(postgres_url, name=name)
    yield engine
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
    engine.dispose()


def test_writers_take_ids_without_waiting_for_each_others_end(server: sa.Engine) -> None:
    org = Deployed(server).deploy(make_schema({"A": {}}))
    number = org.registry.ids.number("A")
    with server.execution_options(**WRITES).begin() as one, server.execution_options(**WRITES).begin() as other:
        first = allocate_ids(one, number, 10)
        second = allocate_ids(other, number, 10)
        one.rollback()
    assert first.stop == second.start
    with server.begin() as connection:
        assert allocate_ids(connection, number, 1).start == second.stop


def test_many_threads_never_get_the_same_id(server: sa.Engine) -> None:
    number = Deployed(server).deploy(make_schema({"A": {}})).registry.ids.number("A")

    def take(_: int) -> range:
        with server.begin() as connection:
            return allocate_ids(connection, number, 3)

    with ThreadPoolExecutor(4) as pool:
        ids = [id_ for block in pool.map(take, range(40)) for id_ in block]
    assert len(set(ids)) == 120


def test_of_two_first_deploys_one_wins_and_the_other_is_told(server: sa.Engine) -> None:
    start = Barrier(2)

    def deploy(name: str) -> str:
        plan = make_plan(None, None, make_schema({name: {}}))
        with server.connect() as connection:
            start.wait()
            try:
                apply_plan(connection, plan, moment=MOMENT, who=name)
            except (Conflict, OrgLocked):
                return "told"
        return name

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(deploy, ("A", "B")))
    assert outcome in (["A", "told"], ["B", "told"])
    names = sa.inspect(server).get_table_names(schema=server.get_execution_options()["schema_translate_map"][None])
    assert outcome[0].lower() in names
    assert {"a", "b"} - {outcome[0].lower()} not in names


def test_a_plan_waits_for_writes_that_are_under_way(server: sa.Engine) -> None:
    org = Deployed(server).deploy(make_schema({"A": {}}))
    plan = make_plan(org.registry, org.schema, make_schema({"A": {}, "B": {}}))
    with server.begin() as writer, server.connect() as connection:
        assert share_org(writer) == 1
        with pytest.raises(OrgLocked, match="try again"):
            apply_plan(connection, plan, moment=MOMENT, who="test", lock_seconds=0.05)
    with server.connect() as connection:
        apply_plan(connection, plan, moment=MOMENT, who="test")
        assert share_org(connection) == 2
