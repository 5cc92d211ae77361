"""Exact numbers in PostgreSQL: arithmetic, rounding, sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import MOST, Element, Step
from objectforge.expressions.sql.engine.numbers import Numbers
from objectforge.expressions.sql.postgresql.raw import (
    NUMERIC,
)
from objectforge.values.kinds import ValueType
from objectforge.values.numbers import QUOTIENT_SCALE

__all__ = ["PostgreSQLNumbers"]


class PostgreSQLNumbers(Numbers):
    """NUMERIC throughout."""

    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """Nothing to do: NUMERIC carries its own scale."""
        return element

    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """As they are."""
        return left, right

    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """Twice the quotient cut to a whole number of its last places, then half of that rounded: each operand once.

        NUMERIC's own `/` rounds where it likes.
        """
        bottom = sa.func.nullif(right, sa.literal(Decimal(0), NUMERIC))
        doubled = sa.func.div(left * sa.literal(Decimal(2 * 10**QUOTIENT_SCALE), NUMERIC), bottom)
        units = sa.func.round(doubled * sa.literal(Decimal("0.5"), NUMERIC), 0)
        return sa.type_coerce(units * sa.literal(Decimal(1).scaleb(-QUOTIENT_SCALE), NUMERIC), NUMERIC)

    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """NUMERIC's round is half away from zero."""
        match step:
            case "abs":
                found: Element = sa.func.abs(element)
            case "round":
                found = sa.func.round(element, places)
            case "trunc":
                found = sa.func.trunc(element, places)
            case "to_zero":
                found = sa.func.trunc(sa.func.round(element, places))
            case "below":
                found = sa.func.floor(sa.func.round(element, places))
            case "above":
                found = sa.func.ceil(sa.func.round(element, places))
            case "away":
                settled = sa.func.round(element, places)
                found = sa.func.sign(settled) * sa.func.ceil(sa.func.abs(settled))
        return sa.type_coerce(found, NUMERIC)

    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """By mod, which keeps the sign of the dividend."""
        return sa.type_coerce(sa.func.mod(left, sa.func.nullif(right, sa.literal(Decimal(0), NUMERIC))), NUMERIC)

    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """LEAST and GREATEST pass over nulls, which must not be."""
        name = {"min": "least", "max": "greatest"}[function]
        known = sa.and_(*(element.is_not(None) for element in elements))
        return sa.case((known, sa.type_coerce(getattr(sa.func, name)(*elements), NUMERIC)))

    def comparable(self, element: Element, shape: ValueType) -> Element:
        """As it is."""
        return element

    def whole(self, element: Element, shape: ValueType) -> Element:
        """Without the fraction; a null goes through the limits as a number that no whole one is."""
        if shape.digits - shape.scale <= 12:
            return sa.cast(sa.func.trunc(element), sa.BigInteger())
        none = sa.literal(MOST + Decimal("0.5"), NUMERIC)
        low, high = (sa.literal(Decimal(each), NUMERIC) for each in (-MOST, MOST + 1))
        cut = sa.func.least(sa.func.greatest(sa.func.coalesce(sa.func.trunc(element), none), low), high)
        return sa.cast(sa.func.nullif(cut, none), sa.BigInteger())

    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """As NUMERIC."""
        return sa.cast(element, NUMERIC)

    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """One exact sum."""
        return (sa.type_coerce(sa.func.sum(element), NUMERIC),)

    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The sum itself."""
        return parts[0]

    def total(self, element: Element, shape: ValueType, result: ValueType) -> Element:
        """One exact sum."""
        return sa.type_coerce(sa.func.sum(element), NUMERIC)

    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """Natively."""
        return sa.type_coerce(getattr(sa.func, function)(element), self.raw_type(shape))
