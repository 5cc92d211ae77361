"""Where a bind stands first in the text that it was written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from objectforge.errors.source import Source, Span
from objectforge.expressions.syntax import Bind, Expression

__all__ = ["PlaceOf", "nowhere", "places_in"]

PlaceOf = Callable[[str], Span | None]
"""Gives the place of a bind by its name, in any case; None where the text is not at hand."""


def nowhere(name: str) -> Span | None:
    """No place: the text stands in the metadata."""
    return None


def places_in(source: str, text: str, nodes: Callable[[], Iterable[Expression]]) -> PlaceOf:
    """The places in a text whose nodes are given when they are wanted; `source` is what people call it."""

    def place(name: str) -> Span | None:
        found = (each for each in nodes() if isinstance(each, Bind) and each.name.lower() == name.lower())
        starts = sorted((each.start, each.end) for each in found)
        return Span(Source(source, text), *starts[0]) if starts else None

    return place
