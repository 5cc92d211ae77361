"""Whatever the moment a process is killed at, the org is wholly as before or wholly as after.

`OBJECTFORGE_CRASH_KILLS=100 pytest -s tests/crash/test_kills.py` kills each kind of write 100 times on each backend and
apply 300 times, and prints what came of it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from killed import BATCH, LOST, ROWS, Death, Work, run
from processes import CONTEXT
from versions import CHANGES, check, deploy, metadata, number_of, values

from objectforge.org.org import Org

KILLS = int(os.environ.get("OBJECTFORGE_CRASH_KILLS", "2"))
RECORDS = 50
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing there kills like SIGKILL")


@dataclass
class Victim:
    """An org whose processes are killed, and what came of it so far."""

    url: str
    name: str | None
    folder: Path
    seen: dict[str, str] = field(default_factory=dict)
    """The key of every record ever seen, by its id."""
    numbers: dict[str, str] = field(default_factory=dict)
    """The id of every record ever seen, by its own number."""
    came: Counter[str] = field(default_factory=Counter)

    def open(self) -> Org:
        return Org.open(self.url, name=self.name)

    def kill(self, work: Work, key: str, death: Death | None, seconds: float | None = None) -> int:
        """Let a process work until it dies; return its exit code."""
        process = CONTEXT.Process(target=run, args=(work, self.url, self.name, death, key, str(self.file(key))))
        process.start()
        if seconds is not None:
            process.join(seconds)
            process.kill()
        process.join()
        assert process.exitcode in (0, LOST, -signal.SIGKILL)
        return process.exitcode

    def file(self, key: str) -> Path:
        """A CSV file of new records."""
        path = self.folder / f"{key}.csv"
        if not path.exists():
            with self.open() as org:
                rows = [values(number_of(org), number, f"{key}-{number}") for number in range(ROWS)]
            lines = [rows[0].keys(), *(map(str, row.values()) for row in rows)]
            path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
        return path

    def look(self, org: Org, key: str) -> int:
        """See that the org is whole; return how many records of a key it has."""
        rows = org["Site"].find()
        for row in rows:
            check(row)
            assert row["Key"] == self.seen.setdefault(row["Id"], row["Key"]), "an id was handed out twice"
            assert row["Id"] == self.numbers.setdefault(row["No"], row["Id"]), "a number was handed out twice"
        assert org.state.version == number_of(org) + 1
        assert org.plan(metadata(number_of(org))).is_empty
        return sum(row["Key"].startswith(f"{key}-") for row in rows)


@pytest.fixture(params=["file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Victim]:
    if request.param == "file":
        made = Victim(f"sqlite:///{tmp_path / 'org.db'}", None, tmp_path)
    else:
        made = Victim(request.getfixturevalue("postgres_url"), f"t_{uuid4().hex}", tmp_path)
    with made.open() as org:
        deploy(org, 0)
        org["Site"].create_many([values(0, number, f"first-{number}") for number in range(RECORDS)])
    yield made
    print(request.node.name, sorted(made.came.items()))
    if made.name is not None:
        with made.open() as org, org.engine.begin() as connection:
            connection.execute(sa.schema.DropSchema(made.name, cascade=True))


def test_a_killed_apply_leaves_the_org_before_or_the_org_after(victim: Victim) -> None:
    moments = Moments()
    for number in range(KILLS * 3):
        with victim.open() as org:
            before = number_of(org)
        change = CHANGES[before % len(CHANGES)].__name__
        code = victim.kill("apply", "none", *moments.next(change, number, victim))
        moments.told(change, code)
        with victim.open() as org:
            assert RECORDS == victim.look(org, "first")
            after = number_of(org)
            victim.came[_outcome(code, "the org after" if after > before else "the org before")] += 1
            assert after in (before, before + 1)
            assert code != 0 or after == before + 1
            deploy(org, before + 1)  # who comes next finishes the job
            assert RECORDS == victim.look(org, "first")


@pytest.mark.parametrize("work", ["load", "load in batches", "create_many"])
def test_killed_writes_are_there_whole_or_not_at_all(victim: Victim, work: Work) -> None:
    moments = Moments()
    for number in range(KILLS):
        key = f"k{number}"
        code = victim.kill(work, key, *moments.next(work, number, victim))
        moments.told(work, code)
        with victim.open() as org:
            there = victim.look(org, key)
            victim.came[_outcome(code, f"{there} rows")] += 1
            assert there % (BATCH if work == "load in batches" else ROWS) == 0
            assert code != 0 or there == ROWS
            if work == "create_many":
                org["Site"].create_many([values(0, each, f"{key}-{each}") for each in range(ROWS) if not there])
            else:
                org["Site"].load(victim.file(key), upsert="Key")
            assert ROWS == victim.look(org, key)
            org["Site"].delete_many([row["Id"] for row in org["Site"].find("Key LIKE 'k%'")], hard=True)


class Moments:
    """The moments to die at: a statement drawn by lot, from there every third one, and now and then any time."""

    def __init__(self) -> None:
        self._chance = random.Random(0)  # noqa: S311 - nothing secret
        self._next: dict[str, int] = {}

    def next(self, work: str, number: int, victim: Victim) -> tuple[Death | None, float | None]:
        """When to die, as `Victim.kill` takes it."""
        if number % 6 == 5:
            return None, self._chance.uniform(0.0, 0.4)
        at = self._next.setdefault(work, self._chance.randint(1, 60))
        terminated = victim.name is not None and number % 4 == 3
        return Death(at, "terminate" if terminated else "kill"), None

    def told(self, work: str, code: int) -> None:
        """Go on; from the start when the work was done before the moment came."""
        self._next[work] = self._chance.randint(1, 3) if code == 0 else self._next.get(work, 1) + 3


def _outcome(code: int, there: str) -> str:
    return f"{ {0: 'done', LOST: 'connection lost'}.get(code, 'killed') }, {there}"
