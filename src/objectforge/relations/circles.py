"""What reads what to an order in which everything comes after what it reads, and the circles that forbid one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

__all__ = ["ordered"]

_K = TypeVar("_K", bound=Hashable)


def ordered(reads: Mapping[_K, Sequence[_K]]) -> tuple[list[_K], list[list[_K]]]:
    """The keys, each after those it reads, without those in circles; and the circles."""
    left = dict(reads)
    circles: list[list[_K]] = []
    while True:
        sorter = TopologicalSorter({key: [used for used in uses if used in left] for key, uses in left.items()})
        try:
            return list(sorter.static_order()), circles
        except CycleError as error:
            circle: list[_K] = list(reversed(error.args[1][1:]))
            circles.append(circle)
            for key in circle:
                del left[key]
