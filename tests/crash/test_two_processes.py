"""Processes that deploy, write and read at once: no write is lost, and nobody sees half of a change.

`OBJECTFORGE_CRASH_SECONDS` makes it longer.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from living import live
from processes import CONTEXT
from versions import check, deploy, metadata, number_of

from objectforge.org.org import Org

SECONDS = float(os.environ.get("OBJECTFORGE_CRASH_SECONDS", "2"))
PROCESSES = 3


@pytest.fixture(params=["file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str | None]]:
    if request.param == "file":
        yield f"sqlite:///{tmp_path / 'org.db'}", None
        return
    url, name = request.getfixturevalue("postgres_url"), f"t_{uuid4().hex}"
    yield url, name
    with Org.open(url, name=name) as org, org.engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True))


def test_processes_change_write_and_read_one_org_at_once(place: tuple[str, str | None]) -> None:
    url, name = place
    with Org.open(url, name=name) as org:
        deploy(org, 0)
    with ProcessPoolExecutor(PROCESSES, mp_context=CONTEXT) as pool:
        lives = list(pool.map(live, *zip(*((url, name, me, SECONDS) for me in range(PROCESSES)), strict=True)))

    happened = sum((each.happened for each in lives), Counter())
    print(sorted(happened.items()))
    with Org.open(url, name=name) as org:
        there = {row["Id"]: row for row in org["Site"].find()}
        written = {id_: key for each in lives for id_, key in each.written.items()}
        assert written == {id_: row["Key"] for id_, row in there.items()}
        assert len(there) == len({row["No"] for row in there.values()})
        for row in there.values():
            check(row)
        assert org.state.version == number_of(org) + 1
        assert org.plan(metadata(number_of(org))).is_empty
    assert all(happened[each] for each in ("_change", "_write", "_write_together", "_read", "_read_twice"))
