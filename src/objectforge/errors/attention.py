"""How many names are looked at for hints: a text full of mistakes is to be refused as soon as one with a few."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["attended", "little_attention"]

_NAMES = 100_000
"""What a hundred mistakes among five hundred names take, twice over."""

_T = TypeVar("_T")


@dataclass(slots=True)
class _Attention:
    left: int


_ATTENTION: ContextVar[_Attention | None] = ContextVar("attention", default=None)


@contextmanager
def little_attention(names: int = _NAMES) -> Generator[None]:
    """Look at so many names within; the hints of later mistakes have no names any more."""
    token = _ATTENTION.set(_Attention(names))
    try:
        yield
    finally:
        _ATTENTION.reset(token)


def attended(things: Iterable[_T]) -> Iterable[_T]:
    """The things, as long as there is attention left for them: all of them where nobody saves it."""
    attention = _ATTENTION.get()
    return things if attention is None else _counted(things, attention)


def _counted(things: Iterable[_T], attention: _Attention) -> Iterator[_T]:
    if attention.left <= 0:
        return
    for thing in things:
        attention.left -= 1
        if attention.left <= 0:
            return
        yield thing
