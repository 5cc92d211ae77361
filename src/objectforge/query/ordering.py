"""The order of rows: ascending puts nulls first, descending last, texts by key, picklists by definition, Id at last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Ref, Typed
from objectforge.relations.view import SortKey
from objectforge.values.kinds import ID, Kind

__all__ = ["Order", "compile_order", "compile_place", "id_key", "place_of", "plain_keys"]


@dataclass(frozen=True, slots=True)
class Order:
    """One element of an order. `ref` is what its values are, for cursors; `place` orders a picklist's values."""

    ref: Ref
    element: Element
    descending: bool
    by_place: bool = False

    def clause(self) -> sa.UnaryExpression[Any]:
        """The ORDER BY term."""
        return self.element.desc().nulls_last() if self.descending else self.element.asc().nulls_first()


def id_key(object_name: str, node: str = "") -> Ref:
    """A reference to a record's own id."""
    return Ref(node, (), object_name, "Id", replace(ID, objects=(object_name,)))


def plain_keys(keys: Sequence[SortKey], object_name: str) -> list[SortKey]:
    """The keys with the Id at the end, so that no two rows are equal."""
    own = id_key(object_name)
    return [*keys, *(() if any(key.ref == own for key in keys) else (SortKey(own),))]


def compile_order(keys: Sequence[SortKey], compiler: Compiler) -> list[Order]:
    """The elements of an order of plain keys."""
    orders: list[Order] = []
    for key in keys:
        ref = key.ref
        if ref.type.order and ref.type.kind is Kind.TEXT:
            orders.append(Order(ref, compile_place(ref, compiler), key.descending, by_place=True))
        orders.append(Order(ref, compiler.key(ref), key.descending))
    return orders


def place_of(ref: Ref, value: str | None) -> int | None:
    """A picklist value's place in definition order; values that are not declared come after all that are."""
    if value is None:
        return None
    return ref.type.order.index(value) if value in ref.type.order else len(ref.type.order)


def compile_place(tree: Typed, compiler: Compiler) -> Element:
    """A picklist value's place in definition order; the same as `place_of`."""
    value = compiler.value(tree)
    places = {name: index for index, name in enumerate(tree.type.order)}
    integer = sa.Integer()
    listed = sa.case(
        *((value == sa.literal(name, sa.Text()), sa.literal(place, integer)) for name, place in places.items()),
        else_=sa.literal(len(places), integer),
    )
    return sa.case((value.is_(None), sa.cast(sa.null(), integer)), else_=listed)
