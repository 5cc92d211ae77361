"""What an engine cannot do, found only when it is asked, to the text that asked for it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import replace

from objectforge.errors.exceptions import QueryError
from objectforge.errors.source import Source, Span

__all__ = ["placed"]

_OF_ALL = frozenset({"OF805", "OF806", "OF808"})


@contextlib.contextmanager
def placed(name: str, text: str | None) -> Generator[None]:
    """Let what is wrong with all of a text point at it.

    Raises:
        QueryError: what was raised inside.
    """
    try:
        yield
    except QueryError as error:
        issue = error.issue
        if issue.span is not None or issue.code not in _OF_ALL or text is None:
            raise
        raise QueryError(replace(issue, span=Span(Source(name, text), 0, len(text)))) from error
