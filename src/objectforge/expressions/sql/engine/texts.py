"""Texts in SQL: keys, patterns, pieces."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.engine.forms import Forms
from objectforge.values.kinds import ValueType

__all__ = ["Texts"]


class Texts(Forms):
    """What the compiler asks of an engine's texts."""

    @abstractmethod
    def text_key(self, element: Element) -> Element:
        """The text as it compares, groups and sorts: ASCII letters folded, by code point."""

    @abstractmethod
    def folded(self, element: Element) -> Element:
        """The text with ASCII letters in lower case, as a text of its own."""

    @abstractmethod
    def text_exact(self, element: Element) -> Element:
        """The text as it compares exactly, by code point."""

    @abstractmethod
    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        r"""Whether the text has the form of the pattern (%, _, escape \)."""

    @abstractmethod
    def like_any(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """The same for a pattern that differs from record to record; a backslash at its end stands for itself."""

    @abstractmethod
    def fitting(self, element: Element) -> Element:
        """The text, null where it is longer than a computed text may be; it is computed once."""

    @abstractmethod
    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined, none of them null."""

    @abstractmethod
    def trimmed(self, element: Element) -> Element:
        """Without spaces, tabs and line ends at both ends."""

    @abstractmethod
    def cased(self, element: Element, *, upper: bool) -> Element:
        """In capitals or small letters, character by character, by the tables of `values.text`."""

    @abstractmethod
    def left(self, element: Element, count: Element) -> Element:
        """The first characters; none for a count below one."""

    @abstractmethod
    def right(self, element: Element, count: Element) -> Element:
        """The last characters; none for a count below one."""

    @abstractmethod
    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """Characters from a position; positions below one are the first."""

    @abstractmethod
    def position(self, part: Element, text: Element) -> Element:
        """Where a part begins, counted from 1; 0 where it does not occur."""

    @abstractmethod
    def replaced(self, text: Element, old: Element, new: Element, *, grows: bool) -> Element:
        """Every occurrence of a part replaced; the empty text occurs nowhere."""

    @abstractmethod
    def begins(self, text: Element, part: Element) -> Element:
        """Whether a text begins with a part, letter by letter."""

    @abstractmethod
    def id_text(self, element: Element, prefixes: Mapping[int, str]) -> Element:
        """The 18 characters of an id; `prefixes` gives the three first of each object by its number."""

    @abstractmethod
    def shown(self, element: Element, value_type: ValueType) -> Element:
        """A number, date, instant or time as the function TEXT writes it."""
