"""Exact numbers in SQL: arithmetic, rounding, sums."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from objectforge.expressions.sql.engine.elements import Element, Step
from objectforge.expressions.sql.engine.forms import Forms
from objectforge.values.kinds import ValueType

__all__ = ["Numbers"]


class Numbers(Forms):
    """What the compiler asks of an engine's numbers."""

    @abstractmethod
    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """The same number in another shape of at least its scale."""

    def arithmetic(self, op: str, left: Element, right: Element, shape: ValueType) -> Element:
        """Exact `+ - *` of two numbers in the shapes that `operands` asks for; here by the database's own operators."""
        match op:
            case "+":
                return left + right
            case "-":
                return left - right
            case _:
                return left * right

    @abstractmethod
    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """The shapes that the operands of an operator must have."""

    @abstractmethod
    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """The quotient at 18 places, rounded half away from zero; null when the divisor is 0."""

    @abstractmethod
    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """The number brought to so many places, or to a whole one, in another shape; see `numeric_steps`."""

    def round(self, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """The number rounded half away from zero."""
        return self.stepped("round", element, before, after, places)

    @abstractmethod
    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """What division leaves, with the sign of the left; both in the shape. Null when the right is 0."""

    @abstractmethod
    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """The smallest (`min`) or largest (`max`) of several in the shape; null where one is."""

    @abstractmethod
    def comparable(self, element: Element, shape: ValueType) -> Element:
        """A number of a shape as something `<` and `=` order rightly."""

    @abstractmethod
    def whole(self, element: Element, shape: ValueType) -> Element:
        """The number without its fraction, as an integer; what is beyond `MOST` either way as that."""

    @abstractmethod
    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """An integer as a raw number of a shape."""

    @abstractmethod
    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """The columns of an exact sum; `join_sums` makes a Decimal of their values."""

    @abstractmethod
    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The Decimal (None over nothing) of the values of the columns of `sums`."""

    @abstractmethod
    def total(self, element: Element, shape: ValueType, result: ValueType) -> Element:
        """The exact sum as a raw number of the shape `result`, which has room for it; null over nothing."""

    @abstractmethod
    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """The smallest (`min`) or largest (`max`) value, raw."""
