"""Texts in SQLite: keys, patterns, pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element, joined
from objectforge.expressions.sql.engine.texts import Texts
from objectforge.expressions.sql.sqlite.raw import (
    INTEGER,
    TEXT,
    is_long,
    length,
    over,
)
from objectforge.values.ids import COUNTER_BITS
from objectforge.values.kinds import Kind, ValueType

__all__ = ["SQLiteTexts"]


class SQLiteTexts(Texts):
    """Texts by NOCASE where they fold."""

    def text_key(self, element: Element) -> Element:
        """The text folded by NOCASE, which any expression over a column would lose."""
        return sa.collate(element, "NOCASE")

    def folded(self, element: Element) -> Element:
        """SQLite's lower folds ASCII letters only."""
        return sa.type_coerce(sa.func.lower(element), TEXT)

    def text_exact(self, element: Element) -> Element:
        """The text by bytes, which for UTF-8 is by code point."""
        return sa.collate(element, "BINARY")

    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """LIKE, which folds ASCII letters; exactly through a registered function."""
        if exact:
            return sa.func.of_like(element, pattern) == 1
        return element.like(pattern, escape="\\")

    def like_any(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """By a registered function, on folded texts unless exact."""
        if exact:
            return sa.func.of_like(element, pattern) == 1
        return sa.func.of_like(self.folded(element), self.folded(pattern)) == 1

    def fitting(self, element: Element) -> Element:
        """By a registered function."""
        return sa.type_coerce(sa.func.of_fitting(element), TEXT)

    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined by ||."""
        return sa.type_coerce(joined(items), TEXT)

    def trimmed(self, element: Element) -> Element:
        """SQLite's trim takes the characters to strip."""
        return sa.type_coerce(sa.func.trim(element, " \t\n\r"), TEXT)

    def cased(self, element: Element, *, upper: bool) -> Element:
        """By a registered function: SQLite's own changes ASCII letters only."""
        return sa.type_coerce(sa.func.of_upper(element) if upper else sa.func.of_lower(element), TEXT)

    def left(self, element: Element, count: Element) -> Element:
        """SQLite's substr, whose negative lengths count backwards."""
        return sa.type_coerce(sa.func.substr(element, 1, length(count)), TEXT)

    def right(self, element: Element, count: Element) -> Element:
        """By a registered function: substr from -0 would be all of it."""
        return sa.type_coerce(sa.func.of_right(element, count), TEXT)

    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """SQLite's substr within its rules."""
        return sa.type_coerce(sa.func.substr(element, length(start, 1), length(count)), TEXT)

    def position(self, part: Element, text: Element) -> Element:
        """By instr."""
        return sa.type_coerce(sa.func.instr(text, part), sa.Integer())

    def replaced(self, text: Element, old: Element, new: Element, *, grows: bool) -> Element:
        """By a registered function, which looks at the length first."""
        return sa.type_coerce(sa.func.of_replace(text, old, new), TEXT)

    def begins(self, text: Element, part: Element) -> Element:
        """By a registered function."""
        return sa.func.of_begins(text, part) == 1

    def id_text(self, element: Element, prefixes: Mapping[int, str]) -> Element:
        """By a registered function; an id of an unknown object is null."""
        number = over(element, sa.literal(1 << COUNTER_BITS, INTEGER))
        prefix = sa.case({sa.literal(key, INTEGER): value for key, value in prefixes.items()}, value=number)
        return sa.type_coerce(sa.func.of_id(element, prefix), TEXT)

    def shown(self, element: Element, value_type: ValueType) -> Element:
        """Dates as they are."""
        match value_type.kind:
            case Kind.NUMBER if not is_long(value_type):
                return sa.type_coerce(sa.func.of_decimal(element, value_type.scale), TEXT)
            case Kind.NUMBER | Kind.DATE:
                return element
            case Kind.TIME:
                return sa.type_coerce(sa.func.of_time(element), TEXT)
            case _:
                return sa.type_coerce(sa.func.of_shown(element), TEXT)
