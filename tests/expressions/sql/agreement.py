"""Random formulas and conditions on random records, on SQLite, on PostgreSQL and in Python: as many as are asked for.

    python tests/expressions/sql/agreement.py 1000000

counts cases: one expression on one record, its value the same in all three places. What differs is printed. The tests
run a few thousand of them; this is for once in a while.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from texts import conditions, formulas
from world import World, worlds

from objectforge.errors.exceptions import QueryError
from objectforge.expressions.check import check_condition, check_formula
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.expressions.typed import Typed
from objectforge.testing.postgres import postgres_server

__all__ = ["main"]

_BATCH = 20
_EXAMPLES = 2_000
_DEALS = 200


@dataclass
class _Tally:
    """What came of the expressions tried so far."""

    engines: Sequence[World]
    seen: set[str] = field(default_factory=set[str])
    waiting: list[tuple[str, Typed]] = field(default_factory=list[tuple[str, Typed]])
    cases: int = 0
    refused: int = 0
    different: int = 0

    def take(self, text: str, mode: str) -> None:
        """Type an expression; every few are computed together."""
        if f"{mode} {text}" in self.seen:
            return
        self.seen.add(f"{mode} {text}")
        try:
            tree = (
                check_condition(text, self.engines[0].scope())
                if mode == "condition"
                else check_formula(text, self.engines[0].scope(), blanks="null" if mode == "null" else "zero")
            )
            self.engines[0].compiles(tree)
        except (ExpressionError, UnsupportedInSql, QueryError):
            self.refused += 1
            return
        self.waiting.append((f"{mode}: {text}", tree))
        if len(self.waiting) == _BATCH:
            self.compute()

    def compute(self) -> None:
        """Compute what waits, everywhere."""
        trees = [tree for _, tree in self.waiting]
        in_python = [self.engines[0].in_python(tree) for tree in trees]
        self.cases += sum(map(len, in_python))
        for world in self.engines:
            for (text, _), expected, got in zip(self.waiting, in_python, _answers(world, trees), strict=True):
                wrong = [pair for pair in zip(expected, got, strict=True) if pair[0] != pair[1]]
                if wrong:
                    self.different += 1
                    print(f"{world.name} {text}\n   {len(wrong)} differ, for example {wrong[0]}", flush=True)
        self.waiting = []


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as many cases as are asked for; 1 if any differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    with postgres_server() as server, worlds(deals=_DEALS) as first, worlds(server.url(), deals=_DEALS) as second:
        assert first.records == second.records, "the same records on both"
        tally, turn = _Tally((first, second)), asked.seed
        while tally.cases < asked.cases:
            _round(tally, asked.cases, turn)
            turn += 1
            print(f"{tally.cases:,} cases, {time.monotonic() - started:,.0f} s", flush=True)
    print(
        f"{tally.cases:,} cases of {len(tally.seen) - tally.refused:,} expressions, {tally.refused:,} refused, "
        f"{tally.different} different, {time.monotonic() - started:,.0f} s"
    )
    return 1 if tally.different else 0


def _round(tally: _Tally, cases: int, turn: int) -> None:
    @seed(turn)
    @settings(
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(formulas() | conditions().map(lambda text: ("condition", text)), st.sampled_from(["zero", "null"]))
    def draw(text: Any, mode: str) -> None:
        if tally.cases < cases:
            tally.take(*((text[1], "condition") if isinstance(text, tuple) else (text, mode)))

    draw()


def _answers(world: World, trees: Sequence[Typed]) -> list[list[Any]]:
    try:
        return [list(column) for column in zip(*world.in_sql(*trees), strict=True)]
    except sa.exc.SQLAlchemyError:
        return [_answer(world, tree) for tree in trees]


def _answer(world: World, tree: Typed) -> list[Any]:
    try:
        return world.in_sql(tree)
    except sa.exc.SQLAlchemyError as error:
        return [str(error).splitlines()[0]] * len(world.ids)


if __name__ == "__main__":
    sys.exit(main())
