"""A name that nothing has any more to the hint that tells what it is called now."""

from __future__ import annotations

from collections.abc import Iterable

from objectforge.errors.attention import attended

__all__ = ["called_now"]


def called_now(name: str, things: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """The hint, if one of the things - their names and those before - had the name, in any case."""
    for now, before in attended(things):
        if name.lower() in {each.lower() for each in before}:
            return f"it is called {now} now (was: {name})"
    return None
