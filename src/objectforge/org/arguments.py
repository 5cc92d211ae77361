"""What callers give beside values - names, counts - checked where it comes in."""

from __future__ import annotations

__all__ = ["check_count", "check_text"]

_MOST = 2**63 - 1  # what the engines count to


def check_count(what: str, number: int | None) -> None:
    """Refuse what is no count.

    Raises:
        TypeError: it is no whole number.
        ValueError: it is negative, or beyond what an engine counts to.
    """
    if number is None:
        return
    if isinstance(number, bool) or not isinstance(number, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{what} is a whole number, not a {type(number).__name__}")
    if not 0 <= number <= _MOST:
        raise ValueError(f"{what} is a number from 0 to {_MOST:,}, not {number}")


def check_text(what: str, given: str) -> None:
    """Refuse what is no text.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(given, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{what} is text, not a {type(given).__name__}")
