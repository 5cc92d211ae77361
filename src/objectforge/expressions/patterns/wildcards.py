"""A pattern of LIKE to a test of texts that looks for each of its parts once, from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

__all__ = ["LONGEST_LIKE", "wildcards"]

LONGEST_LIKE = 4_000
"""Characters that a pattern of LIKE may have where it is written in a text."""


@lru_cache(maxsize=512)
def wildcards(pattern: str) -> Callable[[str], bool]:
    r"""The test of a pattern: `%` is any text, `_` one character, `\` before them themselves."""
    parts = _parts(pattern)
    first, *middle = [re.compile("".join(part), re.DOTALL) for part in parts]
    if not middle:
        return lambda text: first.fullmatch(text) is not None
    last, length = middle.pop(), len(parts[-1])

    def test(text: str) -> bool:
        found, end = first.match(text), len(text) - length
        if found is None or found.end() > end or last.match(text, end) is None:
            return False
        for part in middle:
            found = part.search(text, found.end(), end)
            if found is None:
                return False
        return True

    return test


def _parts(pattern: str) -> list[list[str]]:
    """What stands between the `%`, each a regular expression of one character."""
    parts, characters = [list[str]()], iter(pattern)
    for character in characters:
        match character:
            case "%":
                parts.append([])
            case "_":
                parts[-1].append(".")
            case "\\":
                parts[-1].append(re.escape(next(characters, "\\")))
            case _:
                parts[-1].append(re.escape(character))
    return parts
