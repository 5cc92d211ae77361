"""How values compare, group and sort: text by its key, picklists by definition, records by age, nulls first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from oracle.world import Field, Value, World

__all__ = ["Rank", "fold", "identity", "rank", "ranked"]

T = TypeVar("T")
Rank = tuple[Any, ...]
_FOLDED = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """The key of a text: A-Z folded, everything else as it is."""
    return text.translate(_FOLDED)


def identity(value: Value, field: Field) -> Any:
    """What two values of a field share when they count as equal; None for null."""
    match value:
        case None:
            return None
        case bool():
            return value
        case int() | Decimal():
            return Decimal(value)
        case str() if field.kind in {"text", "picklist"} and not field.exactly:
            return fold(value)
        case _:
            return value


def rank(value: Value, field: Field, world: World) -> Rank:
    """A sort key: nulls first, then by what the field's type says."""
    if value is None:
        return (0,)
    match field.kind:
        case "picklist":
            return (1, [fold(one) for one in field.values].index(fold(str(value))))
        case "id":
            return (1, world.ranks[str(value)])
        case _:
            return (1, identity(value, field))


def ranked(
    items: Iterable[T], ties: Callable[[T], Rank], orders: Iterable[tuple[Callable[[T], Rank], bool]]
) -> list[T]:
    """Sort by the given ranks, each ascending or descending (its mirror image), and then by `ties`, ascending."""
    result = sorted(items, key=ties)
    for key, descending in reversed(list(orders)):
        result.sort(key=key, reverse=descending)
    return result
