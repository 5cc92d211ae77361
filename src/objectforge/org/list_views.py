"""A list view to ask: pages and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from objectforge.expressions.parser import parse
from objectforge.expressions.typed import And
from objectforge.org.arguments import check_count
from objectforge.org.bind_paths import values_at_paths
from objectforge.org.bind_places import places_in
from objectforge.org.binds import bind_types, bind_values, check_binds, declared_values
from objectforge.org.core import Core
from objectforge.org.placed import placed_where_defined
from objectforge.org.resolved import Resolved
from objectforge.query.context import Context
from objectforge.query.list_page import ListPage, list_page
from objectforge.query.ordering import id_key
from objectforge.query.page import fetch_page
from objectforge.query.select import Query, count
from objectforge.relations.conditions import resolve_condition, resolve_sort
from objectforge.relations.syntax_walk import binds_in, inside
from objectforge.relations.view import ListView

__all__ = ["ListViewRecords"]


class ListViewRecords:
    """The records that a list view shows."""

    def __init__(self, core: Core, view: Resolved[ListView], user: str | None) -> None:
        self._core, self._view, self._user = core, view, user

    def __repr__(self) -> str:
        return f"<list view {self.view.name}>"

    @property
    def view(self) -> ListView:
        """The list view, resolved."""
        return self._view.by(self._core.state.schema)

    def page(
        self,
        size: int = 50,
        after: str | None = None,
        *,
        sort: Sequence[str] | str | None = None,
        where: str | None = None,
        **params: Any,
    ) -> ListPage:
        """One page.

        Args:
            size: How many rows, 1 to 2,000.
            after: `next` or `previous` of another page of the same question; None for the first page.
            sort: Another order than the view's.
            where: One more condition, ANDed to the view's.
            **params: The values of the view's parameters, and of the binds of `where`.

        Raises:
            QueryError: the cursor is of another question; a parameter, condition or sort is wrong.
        """
        check_count("size", size)
        if not 1 <= size <= _MOST:
            raise ValueError(f"a page has 1 to {_MOST} rows, not {size}")

        def ask(context: Context) -> ListPage:
            view = self._view.by(context.schema)
            query, values = self._query(view, context, sort, where, params)
            shown = replace(query, columns=(*query.columns, ("Id", id_key(query.object))))
            found = fetch_page(_once(shown), context, values, size, after)
            return list_page(view, found, context)

        with placed_where_defined(self._core, "list_views", self.view.name):
            return self._core.ask(ask, self._user)

    def count(self, cap: int | None = 10_000, *, where: str | None = None, **params: Any) -> int:
        """How many rows the view has, counted no further than `cap`."""
        check_count("cap", cap)

        def ask(context: Context) -> int:
            query, values = self._query(self._view.by(context.schema), context, None, where, params)
            return count(query, context, values, cap)

        with placed_where_defined(self._core, "list_views", self.view.name):
            return self._core.ask(ask, self._user)

    def _query(
        self,
        view: ListView,
        context: Context,
        sort: Sequence[str] | str | None,
        where: str | None,
        given: Mapping[str, Any],
    ) -> tuple[Query, dict[str, Any]]:
        obj = context.schema.objects[view.object]
        declared = {name.lower() for name in view.params}
        # without a condition of its own, whatever the view does not know is a mistake
        params = {name: value for name, value in given.items() if where is None or name.lower() in declared}
        values = declared_values(view.params, view.defaults, params, f"the list view {view.name}", context)
        condition = view.where
        if where is not None:
            own = {name: value for name, value in given.items() if name not in params}
            own = bind_values(values_at_paths(binds_in(where), own) if own else own)
            types = {name: field.value_type() for name, field in view.params.items()}
            more = resolve_condition(context.schema, obj, where, types | bind_types(own))
            place = places_in("where", where, lambda: inside(parse(where)))
            check_binds(more, own | values, own, place)
            condition = more if condition is None else And((condition, more))
            values = values | own
        order = view.sort
        if sort is not None:
            order = resolve_sort(context.schema, obj, [sort] if isinstance(sort, str) else list(sort))
        columns = tuple((column.key, column.ref) for column in view.columns)
        return Query(view.object, columns, condition, order), values


_MOST = 2000


def _once(query: Query) -> Query:
    """The query with every column key once."""
    return replace(query, columns=tuple(dict(query.columns).items()))
