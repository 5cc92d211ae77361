"""Two syntax trees to whether they say the same, wherever it was written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal

__all__ = ["same"]

_PLACES = frozenset({"start", "end", "name_end"})


def same(left: object, right: object) -> bool:
    """Whether two trees are equal apart from their offsets; 1.0 and 1.00 are not, for a number keeps its places."""
    if type(left) is not type(right):
        return False
    if is_dataclass(left):
        names = [field.name for field in fields(left) if field.name not in _PLACES]
        return all(same(getattr(left, name), getattr(right, name)) for name in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left.as_tuple() == right.as_tuple()
    return left == right
