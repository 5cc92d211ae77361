"""Versions and the requirements on them: `>=1.2, <2` holds for 1.10."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

__all__ = ["is_requirement", "is_version", "satisfies"]

_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}")
_CLAUSE = re.compile(rf"(>=|<=|==|!=|~=|>|<)?\s*({_VERSION.pattern})")
_COMPARE: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def is_version(text: str) -> bool:
    """Whether a text is a version: numbers with dots between them."""
    return _VERSION.fullmatch(text) is not None


def is_requirement(text: str) -> bool:
    """Whether a text is a requirement: comparisons with versions, commas between them."""
    return all(_CLAUSE.fullmatch(clause.strip()) for clause in text.split(","))


def satisfies(version: str, requirement: str) -> bool:
    """Whether a version meets every clause of a requirement; a version alone means exactly that one.

    `~=1.4` means 1.4 or later within 1.
    """
    return all(_meets(_numbers(version), clause.strip()) for clause in requirement.split(","))


def _meets(version: tuple[int, ...], clause: str) -> bool:
    found = _CLAUSE.fullmatch(clause)
    assert found, clause
    sign, wanted = found[1] or "==", _numbers(found[2])
    if sign == "~=":
        fixed = max(1, len(found[2].split(".")) - 1)
        return version >= wanted and version[:fixed] == wanted[:fixed]
    return _COMPARE[sign](version, wanted)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")]
    return tuple(numbers + [0] * (6 - len(numbers)))
