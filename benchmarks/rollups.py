"""What roll-ups cost by how they are kept, on SQLite and PostgreSQL: computed when read, or stored and maintained.

Parents with two roll-ups over their children, the number of all and the sum of some. *Subquery* computes each in a
correlated scalar subquery, *joined* in one grouped derived table, *stored* keeps both in columns of the parent that the
transaction which writes a child computes anew. Times are of the wall clock, medians over several rounds.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from benchmarks.machine import machine
from objectforge.testing.postgres import postgres_server

__all__ = ["main"]

_PAGE = 50
_METADATA = sa.MetaData()
_PARENT = sa.Table(
    "parent",
    _METADATA,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text),
    sa.Column("deals", sa.BigInteger),
    sa.Column("won", sa.BigInteger),
    sa.Column("is_deleted", sa.Boolean, server_default=sa.false()),
)
_CHILD = sa.Table(
    "child",
    _METADATA,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("parent", sa.BigInteger, sa.ForeignKey("parent.id"), index=True),
    sa.Column("amount", sa.BigInteger),
    sa.Column("stage", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("is_deleted", sa.Boolean, server_default=sa.false()),
)
_EACH = _CHILD.alias("each")
_ALL: tuple[sa.ColumnElement[bool], ...] = (sa.not_(_CHILD.c.is_deleted),)
_WON = (*_ALL, _CHILD.c.stage == "Won")


@dataclass(frozen=True)
class Way:
    """Where the two roll-ups come from: the FROM clause that holds them, and their elements."""

    source: sa.FromClause
    deals: sa.ColumnElement[Any]
    won: sa.ColumnElement[Any]

    def columns(self) -> sa.Select[Any, Any, Any, Any]:
        """Parents with both roll-ups."""
        select = sa.select(_PARENT.c.id, _PARENT.c.name, self.deals.label("deals"), self.won.label("won"))
        return select.select_from(self.source).where(sa.not_(_PARENT.c.is_deleted))


def _subquery() -> Way:
    def over(value: sa.ColumnElement[Any], where: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[Any]:
        own = _CHILD.c.parent == _PARENT.c.id
        return sa.select(value).select_from(_CHILD).where(own, *where).correlate(_PARENT).scalar_subquery()

    return Way(_PARENT, over(sa.func.count(), _ALL), over(sa.func.sum(_CHILD.c.amount), _WON))


def _joined() -> Way:
    won = sa.func.sum(sa.case((sa.and_(*_WON), _CHILD.c.amount)))
    select = sa.select(_CHILD.c.parent, sa.func.count().label("deals"), won.label("won"))
    grouped = select.where(*_ALL).group_by(_CHILD.c.parent).subquery("grouped")
    source = _PARENT.outerjoin(grouped, grouped.c.parent == _PARENT.c.id)
    return Way(source, sa.func.coalesce(grouped.c.deals, 0), grouped.c.won)


_WAYS = {
    "subquery": _subquery(),
    "joined": _joined(),
    "stored": Way(_PARENT, _PARENT.c.deals, _PARENT.c.won),
}


def _reads(way: Way) -> Mapping[str, sa.Executable]:
    """What is asked of the roll-ups, by its name."""
    best = way.won.desc().nulls_last()
    total = sa.select(sa.func.sum(way.won)).select_from(way.source)
    rows = way.source.join(_EACH, _EACH.c.parent == _PARENT.c.id)
    by_parent = sa.select(way.deals, sa.func.count(_EACH.c.id)).select_from(rows).group_by(way.deals)
    return {
        "one record": way.columns().where(_PARENT.c.id == 1),
        "page of 50": way.columns().order_by(_PARENT.c.id).limit(_PAGE),
        "page of 50 by name": way.columns().order_by(_PARENT.c.name, _PARENT.c.id).limit(_PAGE),
        "parents filtered": sa.select(sa.func.count()).select_from(way.source).where(way.won > 50_000),
        "page of 50 by roll-up": way.columns().order_by(best, _PARENT.c.id).limit(_PAGE),
        "sum of all": total,
        "all parents": way.columns(),
        "children by their parents' roll-up": by_parent,
    }


def _maintain(connection: sa.Connection, parents: Sequence[int]) -> None:
    """Lock the parents in order, so that two writers never wait for each other, and compute them anew."""
    computed = _WAYS["subquery"]
    for start in range(0, len(parents), 1000):
        chosen = _PARENT.c.id.in_(parents[start : start + 1000])
        connection.execute(sa.select(_PARENT.c.id).where(chosen).order_by(_PARENT.c.id).with_for_update())
        connection.execute(sa.update(_PARENT).where(chosen).values(deals=computed.deals, won=computed.won))


def _fill(connection: sa.Connection, parents: int, children: int) -> None:
    connection.execute(
        sa.insert(_PARENT), [{"id": each, "name": f"Parent {each * 7919 % parents}"} for each in range(parents)]
    )
    connection.execute(sa.insert(_CHILD), _children(0, children, parents))
    _maintain(connection, range(parents))


def _children(start: int, count: int, parents: int) -> list[dict[str, Any]]:
    return [
        {
            "id": each,
            "parent": each * 2_654_435_761 % 4_294_967_296 % parents,
            "amount": each * 31 % 10_000,
            "stage": "Won" if each % 3 else "Open",
            "note": "some words that make a row as long as rows are " * 3,
        }
        for each in range(start, start + count)
    ]


def _median(rounds: int, work: Callable[[], Any]) -> float:
    taken: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return round(median(taken), 2)


def measure(engine: sa.Engine, parents: int, children: int, added: int, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds by operation and way."""
    _METADATA.create_all(engine)
    with engine.begin() as connection:
        _fill(connection, parents, children)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text("ANALYZE"))
    found: dict[str, dict[str, float]] = {}
    with engine.connect() as connection:
        for name, way in _WAYS.items():
            for operation, select in _reads(way).items():
                taken = _median(rounds, lambda select=select: connection.execute(select).all())
                found.setdefault(operation, {})[name] = taken

    def write(rows: list[dict[str, Any]], *, stored: bool) -> None:
        with engine.connect() as connection:
            connection.execute(sa.insert(_CHILD), rows)
            if stored:
                _maintain(connection, sorted({row["parent"] for row in rows}))
            connection.rollback()

    for operation, rows in {
        f"{added:,} children added": _children(children, added, parents),
        "one child added": _children(children, 1, parents),
    }.items():
        plain = _median(rounds, lambda rows=rows: write(rows, stored=False))
        kept = _median(rounds, lambda rows=rows: write(rows, stored=True))
        found[operation] = {"subquery": plain, "joined": plain, "stored": kept}
    return found


@contextlib.contextmanager
def _engines() -> Generator[dict[str, sa.Engine]]:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        engines = {
            "SQLite": sa.create_engine(f"sqlite:///{folder}/rollups.db"),
            "PostgreSQL": sa.create_engine(server.url()),
        }
        yield engines
        for engine in engines.values():
            engine.dispose()


def table(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """The figures as a Markdown table."""
    lines = [f"| ms | {' | '.join(f'{engine} {way}' for engine in figures for way in _WAYS)} |"]
    lines.append(f"|---|{'--:|' * len(figures) * len(_WAYS)}")
    for operation in next(iter(figures.values())):
        cells = [f"{figures[engine][operation][way]:,.1f}" for engine in figures for way in _WAYS]
        lines.append(f"| {operation} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rollups", description=__doc__)
    parser.add_argument("--parents", type=int, default=3000, help="how many parents")
    parser.add_argument("--children", type=int, default=100_000, help="how many children they have together")
    parser.add_argument("--added", type=int, default=20_000, help="how many children are added at once")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts")
    parser.add_argument("--out", type=Path, default=Path("rollups.json"), help="where the figures go")
    options = parser.parse_args(arguments)
    sizes = (options.parents, options.children, options.added, options.rounds)
    with _engines() as engines:
        figures = {name: measure(engine, *sizes) for name, engine in engines.items()}
    print(table(figures))
    written = {"machine": machine(), "parents": options.parents, "children": options.children, "milliseconds": figures}
    options.out.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.out}")


if __name__ == "__main__":
    main()
