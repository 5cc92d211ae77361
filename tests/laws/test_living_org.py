"""Law: whatever is declared, renamed, held and returned, and whatever becomes of records, no value is lost."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from living_org import Living

from objectforge import Metadata
from objectforge.testing import temp_org

_T = TypeVar("_T")
LONG = os.environ.get("OBJECTFORGE_HYPOTHESIS") == "long"
EMPTY = Metadata.parse("objects: {}")
SEEDS = range(200) if LONG else range(2)
STEPS = 120 if LONG else 50
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
Opener = Callable[[], contextlib.AbstractContextManager[Any]]


class Drawn:
    """Hypothesis decides."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def pick(self, items: Sequence[_T]) -> _T:
        return self._data.draw(st.sampled_from(items))

    def number(self, low: int, high: int) -> int:
        return self._data.draw(st.integers(low, high))


class Thrown:
    """A random number generator decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret

    def pick(self, items: Sequence[_T]) -> _T:
        return self._random.choice(items)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


def machine(opened: Opener) -> type[RuleBasedStateMachine]:
    """The state machine over orgs that are opened so."""

    class LivingOrg(RuleBasedStateMachine):
        living: Living

        def __init__(self) -> None:
            super().__init__()
            self._stack = contextlib.ExitStack()

        @initialize(data=st.data())
        def first(self, data: st.DataObject) -> None:
            self.living = Living(self._stack.enter_context(opened()), Drawn(data))

        @rule(data=st.data())
        def deploy(self, data: st.DataObject) -> None:
            self.living.chooser = Drawn(data)
            self.living.deploy()

        @rule(data=st.data())
        def write(self, data: st.DataObject) -> None:
            self.living.chooser = Drawn(data)
            self.living.write()

        @invariant()
        def every_value_is_there(self) -> None:
            self.living.check()

        def teardown(self) -> None:
            with self._stack, temp_org(EMPTY) as elsewhere:
                if hasattr(self, "living"):
                    self.living.close(elsewhere)

    return LivingOrg


@pytest.fixture(params=["memory", "file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens an org that was never there before."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        return lambda: temp_org(EMPTY, url=url)
    if request.param == "file":
        names = (tmp_path / f"{number}.db" for number in range(1_000_000))
        return lambda: temp_org(EMPTY, url=f"sqlite:///{next(names)}")
    return lambda: temp_org(EMPTY)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_life_keeps_every_value(seed: int, opened: Opener) -> None:
    for living in _lives(opened, seed):
        living.chooser.pick([living.deploy, living.write])()
        living.check()


def test_hypothesis_finds_no_way_to_lose_a_value(opened: Opener) -> None:
    effort = settings(
        max_examples=300 if LONG else 3, stateful_step_count=60 if LONG else 15, suppress_health_check=HEALTH
    )
    run_state_machine_as_test(machine(opened), settings=effort)


def _lives(opened: Opener, seed: int) -> Iterator[Living]:
    with opened() as org, temp_org(EMPTY) as elsewhere:
        living = Living(org, Thrown(seed))
        for _ in range(STEPS):
            yield living
        living.close(elsewhere)
