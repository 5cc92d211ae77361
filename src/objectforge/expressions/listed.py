"""What is given where a list is expected, as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["listed"]


def listed(given: Any) -> Sequence[Any]:
    """The values of a bind behind IN or INCLUDES: a list's items; a single value is a list of itself, None of none."""
    if given is None:
        return ()
    return given if isinstance(given, list | tuple) else (given,)  # pyright: ignore[reportUnknownVariableType] a bind
