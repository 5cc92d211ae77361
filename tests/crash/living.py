"""One of several processes that change, write and read the same org at once."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from versions import check, deploy, number_of, values

from objectforge.errors.exceptions import Conflict, MetadataError, OrgLocked
from objectforge.org.org import Org

__all__ = ["Lived", "live"]

_SHOWN = 100


@dataclass
class Lived:
    """What a process did: the records whose writing it was told of, and how often what happened."""

    written: dict[str, str] = field(default_factory=dict)
    """The key of each record, by its id."""
    happened: Counter[str] = field(default_factory=Counter)


def live(url: str, name: str | None, me: int, seconds: float) -> Lived:
    """Change, write and read for a while; whatever is raised but what is documented ends it."""
    chance = random.Random(me)  # noqa: S311 - nothing secret
    lived = Lived()
    numbers = count(me, 10)
    end = time.monotonic() + seconds
    with Org.open(url, name=name) as org:
        while time.monotonic() < end:
            what = chance.choices([_change, _write, _write_together, _read, _read_twice], [3, 4, 2, 4, 2])[0]
            try:
                what(org, next(numbers), me, lived)
                lived.happened[what.__name__] += 1
            except (Conflict, OrgLocked) as told:
                lived.happened[f"{what.__name__}: {type(told).__name__}"] += 1
    return lived


def _change(org: Org, number: int, me: int, lived: Lived) -> None:
    org["Site"].exists()  # so that the org is known as it is now
    state, version = org.state, number_of(org)
    try:
        deploy(org, version + 1, at=state.version, lock_seconds=1)
    except MetadataError:  # from two versions ahead, the next one is a step back
        org["Site"].exists()
        assert org.state.version != state.version


def _write(org: Org, number: int, me: int, lived: Lived) -> None:
    with org.transaction():
        record = org["Site"].create(values(number_of(org), number, f"{me}-{number}"))
    check(record)
    lived.written[record["Id"]] = record["Key"]


def _write_together(org: Org, number: int, me: int, lived: Lived) -> None:
    keys = [f"{me}-{number}-{place}" for place in range(20)]
    with org.transaction():
        version = number_of(org)
        results = org["Site"].create_many([values(version, number, key) for key in keys])
        for result in results:
            check(org["Site"].get(str(result.id)))
    lived.written.update(zip((str(result.id) for result in results), keys, strict=True))


def _read(org: Org, number: int, me: int, lived: Lived) -> None:
    rows = org["Site"].find(sort="-Id", limit=_SHOWN)
    assert len({tuple(row) for row in rows}) < 2, "all records of an answer are of one version"
    for row in rows:
        check(row)


def _read_twice(org: Org, number: int, me: int, lived: Lived) -> None:
    with org.transaction():
        first = org["Site"].find(sort="Id", limit=5)
        again = org["Site"].find(sort="Id", limit=5)
    # Others may commit records in between, with lower ids too; what was seen stays what it was.
    assert len({tuple(row) for row in (*first, *again)}) < 2, "all answers of a transaction are of one version"
    seen = {row["Id"]: dict(row) for row in first}
    assert all(seen.get(row["Id"], dict(row)) == dict(row) for row in again)
