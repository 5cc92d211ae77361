"""One engine to try backend operations on: elements go in, canonical values come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element
from objectforge.values.kinds import ValueType

__all__ = ["Engine"]


@dataclass(frozen=True)
class Engine:
    connection: sa.Connection
    backend: Backend

    def literal(self, value: Any, shape: ValueType) -> Element:
        return self.backend.null(shape) if value is None else self.backend.literal(value, shape)

    def value(self, element: Element, shape: ValueType) -> Any:
        """The canonical value of a raw element."""
        return self._ask(self.backend.decode(element, shape))

    def plain(self, element: Element) -> Any:
        """What the driver gives for an element, a truth as a bool."""
        found = self._ask(element)
        return bool(found) if isinstance(element.type, sa.Boolean) and found is not None else found

    def _ask(self, element: Element) -> Any:
        with self.connection.begin_nested():  # an error of one example is not the next one's
            return self.connection.execute(sa.select(element.label("c"))).scalar_one()

    def ordered(self, values: list[Any], shape: ValueType, key: Any, *, exact: bool = False) -> list[Any]:
        """The values as the engine orders them by a key of theirs."""
        parts = [
            sa.select(self.literal(value, shape).label("v"), sa.literal(index).label("i"))
            for index, value in enumerate(values)
        ]
        rows = sa.union_all(*parts).subquery()
        raw = sa.type_coerce(rows.c.v, self.backend.raw_type(shape))
        found = self.connection.execute(sa.select(rows.c.i).order_by(key(raw), rows.c.i))
        return [values[index] for (index,) in found]
