"""What an engine cannot do, found only when it is asked, to the text or the definition that asked for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from dataclasses import replace

from objectforge.errors.exceptions import QueryError
from objectforge.errors.source import Source, Span
from objectforge.org.core import Core

__all__ = ["placed", "placed_where_defined"]

_OF_ALL = frozenset({"OF805", "OF806", "OF808"})


@contextlib.contextmanager
def placed(name: str, text: str | None) -> Generator[None]:
    """Let what is wrong with all of a text point at it.

    Raises:
        QueryError: what was raised inside.
    """
    with _pointed(lambda: None if text is None else Span(Source(name, text), 0, len(text))):
        yield


@contextlib.contextmanager
def placed_where_defined(core: Core, *path: str) -> Generator[None]:
    """Let what is wrong with all of a view, report or layout point at where the metadata defines it.

    Raises:
        QueryError: what was raised inside.
    """
    with _pointed(lambda: core.state.schema.metadata.places.key(*path)):
        yield


@contextlib.contextmanager
def _pointed(place: Callable[[], Span | None]) -> Generator[None]:
    try:
        yield
    except QueryError as error:
        issue = error.issue
        span = place() if issue.span is None and issue.code in _OF_ALL else None
        if span is None:
            raise
        raise QueryError(replace(issue, span=span)) from error
