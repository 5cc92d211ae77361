"""Texts in PostgreSQL: keys, patterns, pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from objectforge.expressions.functions.longest import LONGEST
from objectforge.expressions.sql.engine.elements import Element, joined
from objectforge.expressions.sql.engine.texts import Texts
from objectforge.expressions.sql.postgresql.ids import id_text
from objectforge.expressions.sql.postgresql.raw import length, once
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.text import lower_map, upper_map

__all__ = ["PostgreSQLTexts"]


class PostgreSQLTexts(Texts):
    """Texts in the C collation."""

    def text_key(self, element: Element) -> Element:
        """`lower` in the C collation folds ASCII letters only."""
        return sa.type_coerce(sa.func.lower(sa.collate(element, "C")), sa.Text())

    def folded(self, element: Element) -> Element:
        """The key itself."""
        return self.text_key(element)

    def text_exact(self, element: Element) -> Element:
        """By bytes, which for UTF-8 is by code point."""
        return sa.collate(element, "C")

    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """LIKE, on keys unless exact."""
        if exact:
            return element.like(pattern, escape="\\")
        return self.text_key(element).like(self.text_key(pattern), escape="\\")

    def like_any(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        """LIKE, which refuses a pattern that ends in its middle of an escape."""
        whole = sa.func.regexp_replace(pattern, r"^((?:[^\\]|\\.)*)\\$", r"\1\\\\", type_=sa.Text())
        return self.like(element, whole, exact=exact)

    def fitting(self, element: Element) -> Element:
        """By a query of its own, in which the text has a name."""
        return once(_fitting, element)

    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined by ||."""
        return sa.type_coerce(joined(items), sa.Text())

    def trimmed(self, element: Element) -> Element:
        """By btrim."""
        return sa.type_coerce(sa.func.btrim(element, " \t\n\r"), sa.Text())

    def cased(self, element: Element, *, upper: bool) -> Element:
        """By translate: upper and lower follow the database's locale."""
        before, after = upper_map() if upper else lower_map()
        return sa.type_coerce(sa.func.translate(element, before, after), sa.Text())

    def left(self, element: Element, count: Element) -> Element:
        """Of a length that is not negative, which would count backwards."""
        return sa.type_coerce(sa.func.left(element, length(count)), sa.Text())

    def right(self, element: Element, count: Element) -> Element:
        """Of a length that is not negative."""
        return sa.type_coerce(sa.func.right(element, length(count)), sa.Text())

    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """By substr."""
        return sa.type_coerce(sa.func.substr(element, length(start, 1), length(count)), sa.Text())

    def position(self, part: Element, text: Element) -> Element:
        """By strpos."""
        return sa.type_coerce(sa.func.strpos(text, part), sa.Integer())

    def replaced(self, text: Element, old: Element, new: Element, *, grows: bool) -> Element:
        """By replace, which would make a text of a gigabyte before anything could look at its length."""
        if grows:
            return once(_replaced, text, old, new)
        return sa.type_coerce(sa.func.replace(text, old, new), sa.Text())

    def begins(self, text: Element, part: Element) -> Element:
        """By starts_with."""
        return sa.func.starts_with(text, part, type_=sa.Boolean())

    def id_text(self, element: Element, prefixes: Mapping[int, str]) -> Element:
        """Prefix, base-62 digits and checksum, see `postgresql.ids`."""
        return id_text(element, prefixes)

    def shown(self, element: Element, value_type: ValueType) -> Element:
        """A number without zeros at its end; an instant in UTC."""
        match value_type.kind:
            case Kind.NUMBER:
                return sa.cast(sa.func.trim_scale(element), sa.Text())
            case Kind.TIME:
                return sa.type_coerce(sa.func.to_char(element, "HH24:MI:SS.MS"), sa.Text())
            case Kind.DATE:
                return sa.type_coerce(sa.func.to_char(element, "YYYY-MM-DD"), sa.Text())
            case _:
                utc = sa.func.timezone("UTC", element)
                return sa.type_coerce(sa.func.to_char(utc, 'YYYY-MM-DD HH24:MI:SS"Z"'), sa.Text())


def _fitting(text: Element) -> Element:
    return sa.case((sa.func.length(text) <= LONGEST, text))


def _replaced(text: Element, old: Element, new: Element) -> Element:
    whole, size = sa.func.length(text), sa.func.length(old)
    found = (whole - sa.func.length(sa.func.replace(text, old, ""))) / sa.func.greatest(size, 1)
    grown = sa.cast(found, sa.BigInteger()) * (sa.func.length(new) - size)
    return sa.case((whole + grown <= LONGEST, sa.func.replace(text, old, new)))
