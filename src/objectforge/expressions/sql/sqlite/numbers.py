"""Exact numbers in SQLite: arithmetic, rounding, sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import MOST, Element, Step
from objectforge.expressions.sql.engine.numbers import Numbers
from objectforge.expressions.sql.sqlite.raw import (
    INTEGER,
    TEXT,
    as_long,
    is_long,
    over,
)
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import total

__all__ = ["SQLiteNumbers"]

_BILLION = 1_000_000_000
_MOST_ARGUMENTS = 100  # SQLite takes 127 for a function
_NAMES = {"+": "of_add", "-": "of_subtract", "*": "of_multiply"}


class SQLiteNumbers(Numbers):
    """Integers scaled by 10^scale; past 18 digits decimal texts and registered functions."""

    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """More places: another power of ten, or a decimal text."""
        if is_long(before):
            return element if is_long(after) else sa.type_coerce(sa.func.of_short(element, after.scale), INTEGER)
        if is_long(after):
            return sa.type_coerce(sa.func.of_decimal(element, before.scale), TEXT)
        power = after.scale - before.scale
        return element * sa.literal(10**power, INTEGER) if power else element

    def arithmetic(self, op: str, left: Element, right: Element, shape: ValueType) -> Element:
        """Integers natively, texts by registered functions."""
        if is_long(shape):
            return sa.type_coerce(getattr(sa.func, _NAMES[op])(left, right), TEXT)
        return super().arithmetic(op, left, right, shape)

    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """The same scale for sums; texts for both where the result is long."""
        if op == "*":
            return (as_long(left), as_long(right)) if is_long(result) else (left, right)
        return (result, result)

    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """By a registered function."""
        top = self.rescale(left, left_type, as_long(left_type))
        bottom = self.rescale(right, right_type, as_long(right_type))
        return sa.type_coerce(sa.func.of_divide(top, bottom), TEXT)

    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """By registered functions: one for integers, one for texts."""
        if not is_long(before) and not is_long(after):
            stepped = sa.func.of_step_short(element, step, before.scale, places, after.scale)
            return sa.type_coerce(stepped, INTEGER)
        stepped = sa.type_coerce(sa.func.of_step(self.rescale(element, before, as_long(before)), step, places), TEXT)
        return stepped if is_long(after) else sa.type_coerce(sa.func.of_short(stepped, after.scale), INTEGER)

    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """Natively for integers."""
        if is_long(shape):
            return sa.type_coerce(sa.func.of_mod(left, right), TEXT)
        return sa.type_coerce(left % right, INTEGER)

    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """SQLite's min and max of several values are null where one is."""
        while len(elements) > _MOST_ARGUMENTS:
            some = [elements[start : start + _MOST_ARGUMENTS] for start in range(0, len(elements), _MOST_ARGUMENTS)]
            elements = [each[0] if len(each) == 1 else self.choose(function, each, shape) for each in some]
        if is_long(shape):
            return sa.type_coerce(sa.func.of_choose(function, *elements), TEXT)
        return sa.type_coerce(getattr(sa.func, function)(*elements), INTEGER)

    def comparable(self, element: Element, shape: ValueType) -> Element:
        """Integers as they are, texts by a key that sorts."""
        return sa.type_coerce(sa.func.of_key(element), TEXT) if is_long(shape) else element

    def whole(self, element: Element, shape: ValueType) -> Element:
        """A truncating division; the few integers that go beyond `MOST` do no harm."""
        if is_long(shape):
            return sa.type_coerce(sa.func.of_whole(element), INTEGER)
        whole = over(element, sa.literal(10**shape.scale, INTEGER)) if shape.scale else element
        if shape.digits - shape.scale <= 12:
            return sa.type_coerce(whole, INTEGER)
        limits = (sa.literal(MOST, INTEGER), sa.literal(-MOST, INTEGER))
        return sa.type_coerce(sa.func.max(sa.func.min(whole, limits[0]), limits[1]), INTEGER)

    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """Scaled."""
        return element * sa.literal(10**shape.scale, INTEGER) if shape.scale else element

    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """Billions and the rest apart, so that neither sum can overflow; a long sum as a text."""
        if is_long(shape):
            return (sa.type_coerce(sa.func.of_sum(element), TEXT),)
        billion = sa.literal(_BILLION, INTEGER)
        return (
            sa.type_coerce(sa.func.sum(over(element, billion)), INTEGER),
            sa.type_coerce(sa.func.sum(element % billion), INTEGER),
        )

    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The exact Decimal."""
        if parts[0] is None:
            return None
        if is_long(shape):
            return total([Decimal(parts[0])])
        return Decimal(parts[0] * _BILLION + parts[1]).scaleb(-shape.scale)

    def total(self, element: Element, shape: ValueType, result: ValueType) -> Element:
        """An integer where the sum is one; else the parts of `sums` put together to a text."""
        if not is_long(result):
            return sa.type_coerce(sa.func.sum(element), INTEGER)
        parts = self.sums(element, shape)
        return parts[0] if len(parts) == 1 else sa.type_coerce(sa.func.of_total(*parts, shape.scale), TEXT)

    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """Natively; long decimals, which are texts, by a registered aggregate."""
        if shape.kind is Kind.NUMBER and is_long(shape):
            return sa.type_coerce(getattr(sa.func, f"of_{function}")(element), TEXT)
        return sa.type_coerce(getattr(sa.func, function)(element), self.raw_type(shape))
