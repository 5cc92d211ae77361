"""The longest text that an expression may compute: what would be longer cannot be computed, on no engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from objectforge.expressions.functions.function import EvaluationError

__all__ = ["LONGEST", "joined", "within_longest"]

LONGEST = 131_072
"""Characters that a computed text may have."""

_T = TypeVar("_T")


def within_longest(value: _T) -> _T:
    """The value, if it is no text that is too long.

    Raises:
        EvaluationError: it is.
    """
    if isinstance(value, str) and len(value) > LONGEST:
        raise EvaluationError("the text is too long")
    return value


def joined(texts: Sequence[str]) -> str:
    """The texts, one behind the other.

    Raises:
        EvaluationError: they are too long together.
    """
    if sum(map(len, texts)) > LONGEST:
        raise EvaluationError("the text is too long")
    return "".join(texts)
