"""The words that all engines share: elements, steps of rounding, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from objectforge.values.kinds import ValueType

__all__ = ["FIRST_DAY", "LAST_DAY", "MOST", "Element", "Operand", "Step", "joined"]

Element = sa.ColumnElement[Any]
Step = Literal["abs", "round", "trunc", "to_zero", "away", "below", "above"]
"""What may be done to the places of a number."""
MOST = 10**12
"""More days, seconds or characters than there can be: whole numbers that count such go no further."""
FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
"""The day number of 0001-01-01."""
LAST_DAY = date.max.toordinal() - date(1970, 1, 1).toordinal()
"""The day number of 9999-12-31."""


@dataclass(frozen=True, slots=True)
class Operand:
    """An argument of a call: its raw element, the type that has, and the number where it is a literal one."""

    element: Element
    type: ValueType
    constant: Decimal | None = None


def joined(items: Sequence[Element]) -> Element:
    """Texts joined by ||, as a balanced tree: a long chain would be too deep."""
    if len(items) == 1:
        return items[0]
    middle = len(items) // 2
    return joined(items[:middle]).self_group().op("||")(joined(items[middle:]).self_group())
