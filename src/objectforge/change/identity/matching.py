"""Names with their histories to the identities an org keeps: which stored thing each declared one is.

`was: [B, A]` is a thing's history, newest first, and only ever grows at the front. So a declared name with its history
is the stored thing whose own history is the end of it; the longest one wins. What has more history chooses first; what
has none takes, by its name alone, what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Matched", "Shortened", "Stored", "Tie", "Wanted", "match_names"]

_Folded = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A declared thing: its name and then its `was`."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing the org knows: its identity, its name and then those it had before, and whether it is in sight."""

    identity: int
    path: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Two declared things that are, by their histories, the same stored one."""

    first: str
    second: str
    stored: Stored


@dataclass(frozen=True, slots=True)
class Shortened:
    """A declared thing whose history was not grown at the front, so that it fits no stored one.

    `history` is what `was` would have to say for it to be the stored one that shares a name with it.
    """

    name: str
    stored: Stored
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Which identity each declared name has; names that are missing are new. With problems it is not to be used."""

    found: dict[str, int]
    problems: tuple[Tie | Shortened, ...] = ()


def match_names(wanted: Sequence[Wanted], stored: Sequence[Stored]) -> Matched:
    """Match what is declared with what is stored. Names are the same in any case."""
    matching = _Matching(stored)
    by_history = sorted((one for one in wanted if len(one.path) > 1), key=lambda one: -len(one.path))
    for _, equals in groupby(by_history, key=lambda one: len(one.path)):
        matching.choose(list(equals))
    for one in wanted:
        if len(one.path) == 1:
            matching.take_by_name(one)
    for one in by_history:
        matching.check(one)
    return Matched(matching.found, tuple(matching.problems))


class _Matching:
    """Who has what while they choose. Use once."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self._left = {one.identity: one for one in stored}
        self._taken: dict[str, Stored] = {}
        self.found: dict[str, int] = {}
        self.problems: list[Tie | Shortened] = []

    def choose(self, equals: Sequence[Wanted]) -> None:
        """Let those with equally long histories choose at once."""
        chosen: dict[int, Wanted] = {}
        for one in equals:
            best = self._best(_folded(one.path))
            if best is None:
                continue
            if other := chosen.get(best.identity):
                self.problems.append(Tie(other.path[0], one.path[0], best))
            chosen[best.identity] = one
        for identity, one in chosen.items():
            self._give(one, self._left[identity])

    def take_by_name(self, one: Wanted) -> None:
        """Give a thing without a history what bears its name: rather what is in sight, rather what has no history."""
        name = one.path[0].lower()
        named = [left for left in self._left.values() if left.path[0].lower() == name]
        if named:
            self._give(one, max(named, key=lambda left: (left.active, -len(left.path))))

    def check(self, one: Wanted) -> None:
        """See that a history was not shortened: then it fits nothing, or something held in place of the right one."""
        taken, names = self._taken.get(one.path[0]), set(_folded(one.path))
        for left in self._left.values():
            partly = taken is not None and not taken.active and len(taken.path) < len(one.path)
            suspect = left.active if partly else taken is None
            if suspect and names & set(_folded(left.path)):
                self.problems.append(Shortened(one.path[0], left, _whole(one, left)))
                return

    def _best(self, path: _Folded) -> Stored | None:
        fitting = [left for left in self._left.values() if path[-len(left.path) :] == _folded(left.path)]
        return max(fitting, key=lambda left: (len(left.path), left.active), default=None)

    def _give(self, one: Wanted, stored: Stored) -> None:
        del self._left[stored.identity]
        self._taken[one.path[0]] = stored
        self.found[one.path[0]] = stored.identity


def _folded(path: Sequence[str]) -> _Folded:
    return tuple(name.lower() for name in path)


def _whole(one: Wanted, stored: Stored) -> tuple[str, ...]:
    """The history with which a declared thing would be a stored one: its own names, then the stored ones."""
    if one.path[0].lower() == stored.path[0].lower():
        return stored.path[1:]
    known = set(_folded(stored.path))
    newer: list[str] = []
    for name in one.path[1:]:
        if name.lower() in known:
            break
        newer.append(name)
    return (*newer, *stored.path)
