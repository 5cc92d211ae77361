"""What changing an org with many records costs: 100,000 opportunities of the sales package, 35 columns each.

A change of type is set against one INSERT ... SELECT of the whole table, measured just before it: into an empty table
without indexes, and into one with the same indexes. The median over several rounds counts; times are the clock's.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.machine import machine
from objectforge.change.plan import Plan
from objectforge.change.risk import Risk
from objectforge.metadata.emit import emit
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.storage.ddl import CreateIndex, CreateTable, DropTable
from objectforge.storage.engines import WRITES
from objectforge.testing.postgres import postgres_server

__all__ = ["main"]

_BATCH = 20_000
_COPY = 4_000_000  # a number that no object has, for the copy's primary key
_REGIONS = ("North", "East", "South", "West")
_FIRST_DAY = date(2020, 1, 1)

_Definition = Any


@dataclass(frozen=True)
class _Change:
    """A field that has one type and then another one, and the value of the n-th record."""

    what: str
    before: _Definition
    after: _Definition
    value: Callable[[int], Any]


_CHANGES: Mapping[str, _Change] = {
    "Quote__c": _Change("text to number", "text", "number(16,2)", lambda n: f"{n}.{n % 100:02d}"),
    "Rate__c": _Change("number, scale up", "number(16,2)", "number(18,4)", lambda n: Decimal(n).scaleb(-2)),
    "Region__c": _Change(
        "text to picklist", "text", {"type": "picklist", "values": list(_REGIONS)}, lambda n: _REGIONS[n % 4].lower()
    ),
    "Code__c": _Change("number to text", "number(16,2)", "text", lambda n: Decimal(n * 7).scaleb(-2)),
    "Start__c": _Change("date to datetime", "date", "datetime", lambda n: _FIRST_DAY + timedelta(days=n % 2000)),
}
_ADDED: Mapping[str, _Definition] = {
    "a field added": "text",
    "a required field with a literal default added": {"type": "number", "required": True, "default": "5"},
}


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one change: to plan it, to apply it, and to copy the table once, without and with its indexes."""

    engine: str
    change: str
    plan: float
    apply: float
    bare: float
    indexed: float


def _metadata(definitions: Mapping[str, _Definition]) -> Metadata:
    more = {"Place__c": "text", "Weight__c": "number", "Seen__c": "datetime"}
    settings = {"org": {"timezone": "Asia/Tokyo"}}
    return Metadata.parse(
        emit({"uses": ["sales"], "settings": settings, "extend": {"Opportunity": {"fields": {**more, **definitions}}}})
    )


def _row(number: int) -> dict[str, Any]:
    return {
        "Name": f"Deal {number}",
        "StageName": "Prospecting",
        "CloseDate": _FIRST_DAY + timedelta(days=number % 1000),
        "Amount": Decimal(number),
        "Type": "New Customer",
        "LeadSource": "Web",
        "NextStep": "Call them again",
        "Description": f"What was said about deal {number}",
        "Place__c": "Osaka",
        "Weight__c": Decimal(number).scaleb(-2),
        **{name: change.value(number) for name, change in _CHANGES.items()},
    }


def _measure(org: Org, engine: str, records: int, rounds: int, fields: Sequence[str]) -> Iterator[Measured]:
    before = {name: change.before for name, change in _CHANGES.items()}
    org.deploy(_metadata(before))
    for start in range(0, records, _BATCH):
        org["Opportunity"].create_many([_row(number) for number in range(start, min(start + _BATCH, records))])
    for name in fields:
        change = _CHANGES[name]
        taken: list[Measured] = []
        for _ in range(rounds):
            taken.append(_timed(org, engine, change.what, {**before, name: change.after}))
            back = org.plan(_metadata(before))
            org.apply(back, allow=_lost(back))
        yield _middle(taken)
    for what, definition in _ADDED.items():
        added: list[Measured] = []
        for _ in range(rounds):
            before[f"Added{len(before)}__c"] = definition
            added.append(_timed(org, engine, what, before))
        yield _middle(added)


def _middle(taken: Sequence[Measured]) -> Measured:
    return sorted(taken, key=lambda each: each.apply / each.bare)[len(taken) // 2]


def _timed(org: Org, engine: str, what: str, definitions: Mapping[str, _Definition]) -> Measured:
    bare, indexed = (1000 * _copied(org, with_indexes=each) for each in (False, True))
    metadata = _metadata(definitions)
    gc.collect()
    start = time.perf_counter()
    plan = org.plan(metadata)
    planned = time.perf_counter()
    org.apply(plan, allow=_lost(plan))
    applied = time.perf_counter()
    return Measured(engine, what, 1000 * (planned - start), 1000 * (applied - planned), bare, indexed)


def _lost(plan: Plan) -> list[str]:
    """What to allow: the way back from an instant to a day loses the time."""
    return ["*"] if any(step.risk is Risk.LOSSY for step in plan.steps) else []


def _copied(org: Org, *, with_indexes: bool) -> float:
    """The seconds that copying the table takes."""
    tables = org.state.tables
    table = tables.table("Opportunity")
    copy = sa.Table("of_copy", sa.MetaData(), *(sa.Column(each.name, each.type) for each in table.columns))
    names = [column.name for column in table.columns]
    engine = org.engine.execution_options(**WRITES)
    with engine.begin() as connection:
        connection.execute(CreateTable(copy, _COPY, names, {}))
        for index in tables.indexes("Opportunity") if with_indexes else ():
            connection.execute(CreateIndex(copy, replace(index, name=f"of_{index.name}")))
    start = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(sa.insert(copy).from_select(names, sa.select(table)))
    taken = time.perf_counter() - start
    with engine.begin() as connection:
        connection.execute(DropTable(copy))
    return taken


@contextmanager
def _sqlite() -> Generator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/org.db"


@contextmanager
def _postgresql() -> Generator[str]:
    with postgres_server() as server:
        yield server.url()


_ENGINES = {"sqlite": _sqlite, "postgresql": _postgresql}


def table(measured: Sequence[Measured]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| | engine | plan, ms | apply, ms | INSERT ... SELECT, ms | times | with the same indexes, ms | times |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for each in measured:
        bare = f"{each.bare:,.0f} | {each.apply / each.bare:.1f}"
        indexed = f"{each.indexed:,.0f} | {each.apply / each.indexed:.1f}"
        lines.append(f"| {each.change} | {each.engine} | {each.plan:,.0f} | {each.apply:,.0f} | {bare} | {indexed} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.upgrade", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="how many opportunities")
    parser.add_argument("--rounds", type=int, default=3, help="rounds per change, of which the median counts")
    parser.add_argument("--fields", nargs="*", choices=_CHANGES, default=list(_CHANGES), help="which changes of type")
    parser.add_argument("--engines", nargs="+", choices=_ENGINES, default=list(_ENGINES), help="which databases")
    parser.add_argument("--out", type=Path, default=Path("upgrade.json"), help="where the figures go")
    options = parser.parse_args(arguments)
    measured: list[Measured] = []
    for engine in options.engines:
        with _ENGINES[engine]() as url, Org.open(url) as org:
            measured += _measure(org, engine, options.records, options.rounds, options.fields)
    print(table(measured))
    figures = {"machine": machine(), "records": options.records, "changes": [asdict(each) for each in measured]}
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.out}")


if __name__ == "__main__":
    main()
