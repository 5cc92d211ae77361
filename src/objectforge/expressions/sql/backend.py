"""What the compiler asks of a database engine: the few operations that engines spell differently.

A *raw* element is what SQL computes with: on SQLite a number is an integer scaled by 10^scale (a decimal text where it
may have more than 18 digits), an instant microseconds, a date its ISO text; on PostgreSQL all are native.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from objectforge.expressions.sql.engine.days import Days
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.engine.numbers import Numbers
from objectforge.expressions.sql.engine.texts import Texts
from objectforge.values.kinds import ValueType

__all__ = ["Backend"]


class Backend(Numbers, Texts, Days):
    """One database engine's way of computing. Stateless; `storage.backends.backend_of` picks it."""

    name: ClassVar[str]

    @abstractmethod
    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """Whether the element is one of many values, as one bind however many there are."""

    @abstractmethod
    def call(self, name: str, operands: Sequence[Operand], result: ValueType) -> Element:
        """A function of the language, or `^`, on raw elements; null where Python cannot compute it either."""
