"""What the parts of the compiler ask of the whole: the elements of the trees below the one they compile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from objectforge.expressions import typed as t
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element
from objectforge.values.kinds import ValueType

__all__ = ["Recursion"]


class Recursion(Protocol):
    """The compiler, as comparisons, arithmetic and functions see it."""

    @property
    def backend(self) -> Backend:
        """The engine."""
        ...

    @property
    def params(self) -> Mapping[str, Any]:
        """The values of the binds."""
        ...

    @property
    def moment(self) -> Moment:
        """The present instant."""
        ...

    def truth(self, tree: t.Typed) -> Element:
        """TRUE exactly where the condition holds."""
        ...

    def given(self, tree: t.Typed) -> tuple[bool, Any]:
        """Whether the tree's value is known before the query runs, and what it is."""
        ...

    def pair(self, left: t.Typed, right: t.Typed, *, exact: bool) -> tuple[Element, Element]:
        """Two operands as elements that compare rightly with each other."""
        ...

    def id_of(self, value: Any) -> int:
        """The number of a record id given as text or number; of a text that is none, one that no record has."""
        ...

    def parts(self, ref: t.Ref) -> tuple[t.Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        ...

    def overflows(self, tree: t.Typed) -> bool:
        """Whether the text of this very node could become longer than a computed text may be."""
        ...

    def value(self, tree: t.Typed) -> Element:
        """The raw element of an expression's value, in the shape of its type."""
        ...

    def number(self, tree: t.Typed, shape: ValueType) -> Element:
        """A number's raw element in another shape of at least its scale."""
        ...

    def text(self, tree: t.Typed) -> Element:
        """A value that is to be read as a text."""
        ...

    def long_id(self, tree: t.Typed) -> Element:
        """An id, or a text that may be one, as the 18 characters that ids compare by."""
        ...
