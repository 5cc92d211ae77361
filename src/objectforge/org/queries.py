"""A SOQL query of an org: `org.query("SELECT ...")`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from objectforge.errors.exceptions import QueryError
from objectforge.expressions.soql.parse import parse_soql
from objectforge.expressions.soql.syntax import Query
from objectforge.org.arguments import check_text
from objectforge.org.bind_paths import values_at_paths
from objectforge.org.bind_places import places_in
from objectforge.org.binds import bind_types, bind_values, check_asked
from objectforge.org.core import Core
from objectforge.org.placed import placed
from objectforge.query.context import Context
from objectforge.query.record import Record
from objectforge.query.soql.clauses import number_of_rows
from objectforge.query.soql.explain import explain
from objectforge.query.soql.memo import Memo, prepared
from objectforge.query.soql.run import records, total
from objectforge.relations.soql.computable import check_computable
from objectforge.relations.soql.params import asked_params, bind_names, row_binds
from objectforge.relations.soql.query import Asked, Counted, Groups, Rows
from objectforge.relations.soql.resolve import USER, resolve_query
from objectforge.relations.soql.settings import Settings
from objectforge.relations.syntax_walk import inside

__all__ = ["QueryResult"]

_FEW = 500
_KEPT = 10_000
"""The characters of queries that are kept with their statements: what is longer is hardly asked again."""


class QueryResult:
    """What a query finds; iterate it for the records, again for those that are there by then.

    Many records are streamed. Whoever stops early leaves the rest unread.
    """

    def __init__(self, core: Core, text: str, strict: bool, binds: Mapping[str, Any], user: str | None) -> None:
        check_text("a query", text)
        self._core, self._text, self._user, self._strict = core, text, user, strict
        self._memo = core.queries if len(text) <= _KEPT else Memo()
        self._query: Query = self._memo.made((text, strict), lambda: parse_soql(text, strict))
        self._params = bind_values(values_at_paths(bind_names(self._query) if binds else (), binds))
        self._types = bind_types(self._params)
        with placed("<query>", text):
            asked = self._core.ask(self._asked, user)
        place = places_in("<query>", text, lambda: inside(self._query))
        check_asked(asked_params(asked), self._params, self._params, place)
        for each in row_binds(asked):
            try:
                number_of_rows(each, self._params)
            except QueryError as wrong:
                raise QueryError(replace(wrong.issue, span=place(each.name))) from wrong
        self.columns: tuple[str, ...] = _keys(asked)

    def __repr__(self) -> str:
        return f"<query {self._query}>"

    def __iter__(self) -> Iterator[Record]:
        if self._is_short():
            with placed("<query>", self._text):
                return iter(self._core.ask(lambda context: list(self._answer(context)), self._user))
        return self._streamed()

    def _streamed(self) -> Iterator[Record]:
        with placed("<query>", self._text):
            yield from self._core.stream(self._answer, self._user)

    @property
    def total(self) -> int:
        """How many records it finds, counted now; of `SELECT COUNT()` what that counts."""
        with placed("<query>", self._text):
            return self._core.ask(
                lambda context: total(self._asked(context), context, self._given(context)), self._user
            )

    def explain(self) -> str:
        """What the engine does for it, the index that would help, and the SQL; nothing is read."""
        with placed("<query>", self._text):
            return self._core.ask(
                lambda context: explain(self._asked(context), context, self._given(context)), self._user
            )

    def __str__(self) -> str:
        return str(self._query)

    def _answer(self, context: Context) -> Iterator[Record]:
        asked, given = self._asked(context), self._given(context)
        return records(prepared(self._memo, self._key(context), asked, context, given), context, given)

    def _asked(self, context: Context) -> Asked:
        """What the query asks of the schema that is there."""
        return self._memo.made(self._key(context), lambda: self._typed(context))

    def _typed(self, context: Context) -> Asked:
        settings = self._core.queries.made(
            (context.version, self._strict), lambda: Settings(context.locale, context.region.currency, self._strict)
        )
        asked = resolve_query(context.schema, self._query, self._text, self._types, settings)
        check_computable(context.schema, asked, self._query, self._text)
        return asked

    def _key(self, context: Context) -> Hashable:
        return context.version, self._text, self._strict, tuple(self._types.items())

    def _given(self, context: Context) -> dict[str, Any]:
        return {**self._params, USER: context.user}

    def _is_short(self) -> bool:
        """Whether it is known to find few records."""
        limit = self._query.limit
        return self._query.counts_only or (limit is not None and getattr(limit, "value", _FEW + 1) <= _FEW)


def _keys(asked: Asked) -> tuple[str, ...]:
    match asked:
        case Rows(items=items):
            return tuple(item.key for item in items)
        case Groups(columns=columns):
            return tuple(column.key for column in columns)
        case Counted():
            return ("expr0",)
