"""How an engine keeps values: what is computed with, what goes in as a bind, what comes out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.storage_types import (
    Day,
    Flag,
    Instant,
    JsonText,
    PlainText,
    RecordId,
    ScaledDecimal,
    TimeOfDay,
)

__all__ = ["Forms", "decoded"]


def decoded(value_type: ValueType) -> sa.types.TypeEngine[Any]:
    """The column type that turns a raw element of a value type into its Python value."""
    match value_type.kind:
        case Kind.NUMBER:
            return ScaledDecimal(value_type.digits, value_type.scale)
        case Kind.BOOLEAN:
            return Flag()
        case Kind.DATE:
            return Day()
        case Kind.DATETIME:
            return Instant()
        case Kind.TIME:
            return TimeOfDay()
        case Kind.ID:
            return RecordId()
        case Kind.JSON:
            return JsonText()
        case _:
            return PlainText()


class Forms(ABC):
    """The forms of values: raw elements, binds, results."""

    @abstractmethod
    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""

    @abstractmethod
    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind."""

    def decode(self, element: Element, value_type: ValueType) -> Element:
        """A raw element as a result column that yields canonical Python values."""
        if isinstance(element, sa.BindParameter):  # of which type_coerce would change what is sent
            element = sa.cast(element, self.raw_type(value_type))
        return sa.type_coerce(element, self.result_type(value_type))

    def result_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The column type that turns raw elements of a value type into Python values."""
        return decoded(value_type)

    def raw(self, column: Element, value_type: ValueType) -> Element:
        """A stored column as a raw element."""
        return sa.type_coerce(column, self.raw_type(value_type))

    def literal(self, value: Any, value_type: ValueType) -> Element:
        """A canonical Python value as a raw element."""
        return sa.literal(self.encode(value, value_type), self.raw_type(value_type))

    def null(self, value_type: ValueType) -> Element:
        """A typed null."""
        return sa.cast(sa.null(), self.raw_type(value_type))

    @abstractmethod
    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """The canonical value of a raw value that came back as it is."""
