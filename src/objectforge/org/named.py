"""A name as a caller gives it, in any case, to the definition that bears it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from objectforge.errors.exceptions import NotFound
from objectforge.errors.issue import suggest
from objectforge.org.arguments import check_text

__all__ = ["missing", "named"]

_T = TypeVar("_T")


def named(what: str, name: str, known: Mapping[str, _T]) -> _T:
    """The definition of that name.

    Raises:
        NotFound: there is none; the message says what is close.
        TypeError: it is no text.
    """
    check_text(f"the name of a {what}", name)
    by_key = {each.lower(): value for each, value in known.items()}
    found = by_key.get(name.lower())
    if found is None:
        raise missing(what, name, known)
    return found


def missing(what: str, name: str, known: Iterable[str]) -> NotFound:
    """What to raise where no definition of a kind (`what`) has the name."""
    hint = suggest(name, known)
    return NotFound(f"there is no {what} '{name}'{f': {hint}' if hint else ''}")
