"""Seeded chance: the draws that make generated records look like a business and come out the same each time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

__all__ = ["Chance"]

_T = TypeVar("_T")


class Chance:
    """A stream of draws of its own per purpose, so that more of one thing does not change another."""

    def __init__(self, seed: int, purpose: str) -> None:
        # The same seed has to give the same records on every machine.
        self._random = random.Random(f"{seed}/{purpose}")  # noqa: S311 - believable, not secret

    def one(self, values: Sequence[_T]) -> _T:
        """Any of the values, each as likely."""
        return self._random.choice(values)

    def some(self, values: Sequence[_T], count: int) -> list[_T]:
        """Up to `count` different values."""
        return self._random.sample(values, min(count, len(values)))

    def weighted(self, weights: Mapping[_T, float]) -> _T:
        """One of the keys, as likely as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def whether(self, probability: float) -> bool:
        """True this often."""
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def amount(self, median: float, spread: float, step: int = 1) -> Decimal:
        """A log-normal amount around the median, a positive multiple of `step`."""
        drawn = median * self._random.lognormvariate(0, spread)
        steps = (Decimal(repr(drawn)) / step).quantize(Decimal(1), ROUND_HALF_UP)
        return max(steps, Decimal(1)) * step

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included; a weekend moves to the next Monday, unless past `last`."""
        chosen = first + timedelta(days=self._random.randint(0, (last - first).days))
        weekday = chosen + timedelta(days=max(0, (7 - chosen.weekday()) * (chosen.weekday() > 4)))
        return weekday if weekday <= last else chosen
