"""What kind of value a field or an expression has: the vocabulary that fields, expressions and queries share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

__all__ = ["BOOLEAN", "DATE", "DATETIME", "ID", "NULL", "TEXT", "TIME", "Kind", "ValueType", "number"]


class Kind(StrEnum):
    """The kinds of value. A kind decides which operators apply and how values compare."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "checkbox"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    ID = "id"
    MULTI = "multipicklist"  # a set of values, written a;b;c in definition order
    JSON = "json"
    COMPOUND = "compound"  # an address, a person's name: several fields shown as one
    NULL = "null"


@dataclass(frozen=True, slots=True)
class ValueType:
    """The static type of a field or an expression.

    `digits` and `scale` (numbers) say how many digits a value can have in all, and after the point.
    `percent` marks a value that counts in hundredths (20 means 20 %). `order` holds a picklist's values in definition
    order, `objects` the objects whose ids a lookup may hold. `searchable` is False for text too long to compare.
    """

    kind: Kind
    digits: int = 0
    scale: int = 0
    percent: bool = False
    case_sensitive: bool = False
    order: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    searchable: bool = True

    @property
    def largest(self) -> Decimal:
        """The largest number that there is room for: 999.99 with five digits and two of them after the point."""
        return Decimal((0, (9,) * self.digits, -self.scale))

    def __str__(self) -> str:
        return self.kind.value


TEXT = ValueType(Kind.TEXT)
BOOLEAN = ValueType(Kind.BOOLEAN)
DATE = ValueType(Kind.DATE)
DATETIME = ValueType(Kind.DATETIME)
TIME = ValueType(Kind.TIME)
ID = ValueType(Kind.ID)
NULL = ValueType(Kind.NULL)


@lru_cache(maxsize=4096)
def number(digits: int, scale: int, *, percent: bool = False) -> ValueType:
    """A numeric type of so many digits in all, `scale` of them after the point."""
    return ValueType(Kind.NUMBER, digits=digits, scale=scale, percent=percent)
