"""Where "now" comes from: a function that can be replaced, so that a test's day never ends while it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

__all__ = ["Clock", "FixedClock", "system_clock"]

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""


def system_clock() -> datetime:
    """Return the machine's present instant."""
    return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until told otherwise."""

    def __init__(self, instant: datetime) -> None:
        """Stop the clock at an aware instant.

        Raises:
            ValueError: the instant is naive, so it could be any of forty.
        """
        if instant.utcoffset() is None:
            raise ValueError("a clock needs an aware datetime, such as datetime(2026, 4, 1, tzinfo=UTC)")
        self._instant = instant.astimezone(UTC)

    def __call__(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self._instant

    def advance(self, by: timedelta) -> None:
        """Move the clock; a negative step moves it back."""
        self._instant += by
