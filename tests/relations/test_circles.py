from __future__ import annotations

import pytest

from objectforge.relations.circles import ordered


@pytest.mark.parametrize(
    ("order", "circles", "reads"),
    [
        pytest.param(["c", "b", "a"], [], {"a": "b", "b": "c", "c": ""}, id="no circle"),
        pytest.param([], [["a"]], {"a": "a"}, id="itself"),
        pytest.param(
            ["d", "e"], [["a", "b"]], {"e": "da", "a": "b", "b": "a", "d": "x"}, id="one, and others beside it"
        ),
        pytest.param([], [["a", "b"], ["c", "d"]], {"a": "b", "b": "a", "c": "d", "d": "c"}, id="two apart"),
        pytest.param(["c"], [["a", "b"]], {"a": "bc", "b": "ac", "c": "ab"}, id="two that share a key"),
    ],
)
def test_everything_comes_after_what_it_reads(
    order: list[str], circles: list[list[str]], reads: dict[str, str]
) -> None:
    assert (order, circles) == ordered({key: list(uses) for key, uses in reads.items()})


def test_many_circles_are_found_in_one_walk() -> None:
    reads = {number: [number ^ 1] for number in range(20_000)}

    _, circles = ordered(reads)

    assert len(circles) == 10_000


def test_a_long_chain_is_no_deep_recursion() -> None:
    order, circles = ordered({number: [number + 1] for number in range(50_000)})

    assert order[0] == 49_999
    assert circles == []
