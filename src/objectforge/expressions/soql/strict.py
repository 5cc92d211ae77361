"""A query that was read to the first place where Salesforce's API would not take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from objectforge.expressions.lexer import Token
from objectforge.expressions.soql.strict_conditions import StrictConditions
from objectforge.expressions.soql.strict_errors import refuse
from objectforge.expressions.soql.strict_tokens import check_tokens
from objectforge.expressions.soql.strict_values import check_value
from objectforge.expressions.soql.syntax import Child, Column, Query

__all__ = ["check_strict"]


def check_strict(text: str, tokens: Sequence[Token], query: Query) -> None:
    """Check a query that was read from these tokens.

    Raises:
        ExpressionSyntaxError: the API's grammar is narrower at some place.
    """
    check_tokens(text, tokens)
    _Strict(tokens).query(query)


class _Strict:
    """The checks of one text, child queries included."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._conditions = StrictConditions(tokens)
        self._starts = {token.start: number for number, token in enumerate(tokens[:-1])}

    def query(self, query: Query) -> None:
        for item in query.items:
            match item:
                case Column(value=value, alias=alias):
                    check_value(value)
                    if alias and self._tokens[self._starts[alias.start] - 1].text.upper() == "AS":
                        refuse("an alias follows without AS", alias.start, alias.end, f"write {alias.name} alone")
                case Child(query=child):
                    self.query(child)
                case _:
                    pass
        for condition in (query.where, query.having):
            if condition is not None:
                self._conditions.check(condition)
        for value in (*(query.group.by if query.group else ()), *(sort.by for sort in query.sorts)):
            check_value(value)
        self._last_clauses(query)

    def _last_clauses(self, query: Query) -> None:
        if query.mode == "SYSTEM_MODE":
            self._word(query, "SYSTEM_MODE", "only Apex has SYSTEM_MODE")
        if query.all_rows:
            self._word(query, "ALL", "only Apex has ALL ROWS")
        if "UPDATE" in query.purposes:
            self._word(query, "UPDATE", "only Apex has FOR UPDATE")
        if len(query.purposes) > 1:
            self._word(query, "FOR", "there is one FOR")
        if len(query.updates) > 1:
            self._word(query, "UPDATE", "there is one word after UPDATE")

    def _word(self, query: Query, word: str, message: str) -> NoReturn:
        """Refuse the last such word of the query."""
        inside = (token for token in reversed(self._tokens) if query.start <= token.start < query.end)
        token = next(token for token in inside if token.text.upper() == word)
        refuse(message, token.start, token.end, "leave it out")
