"""What reads what to an order in which everything comes after what it reads, and the circles that forbid one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

__all__ = ["ordered"]

_K = TypeVar("_K", bound=Hashable)


def ordered(reads: Mapping[_K, Sequence[_K]]) -> tuple[list[_K], list[list[_K]]]:
    """The keys, each after those it reads, without those in circles; and the circles, each a key before what it reads.

    Whatever is in `reads` only as something read is left out.
    """
    left = {key: [used for used in uses if used in reads] for key, uses in reads.items()}
    circles: list[list[_K]] = []
    while True:
        try:
            return list(TopologicalSorter(left).static_order()), circles
        except CycleError:
            found = list(_circles(left))
        circles += found
        gone = {key for circle in found for key in circle}
        left = {key: [used for used in uses if used not in gone] for key, uses in left.items() if key not in gone}


def _circles(reads: Mapping[_K, Sequence[_K]]) -> Iterator[list[_K]]:
    """Circles that share no key, at least one where there is any, in one walk over all keys."""
    done: set[_K] = set()
    for start in reads:
        way: dict[_K, Iterator[_K]] = {}
        following = iter((start,))
        while True:
            step = next((key for key in following if key not in done), None)
            if step is None:
                if not way:
                    break
                last, _ = way.popitem()
                done.add(last)
                following = next(reversed(way.values()), iter(()))
            elif step in way:
                walked = list(way)
                yield walked[walked.index(step) :]
                done |= way.keys()
                break
            else:
                following = way[step] = iter(reads[step])
