"""A name in the place of a value to an amount in a currency, where it looks like one: `USD5000`, `eur99.50`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from objectforge.expressions.lexer import Token
from objectforge.expressions.syntax import Money

__all__ = ["read_money"]

_MONEY = re.compile(r"([a-z]{3})(0|[1-9][0-9]*)", re.ASCII | re.IGNORECASE)
_BEFORE = frozenset({"=", "!=", "<", "<=", ">", ">=", ",", "IN"})
_AFTER = frozenset({"AND", "OR", ",", "name", "end"})


def read_money(tokens: Sequence[Token], at: int) -> Money | None:
    """The amount whose name token is the one before `at`, with the decimals that may follow it; None for a name.

    It is compared with something: on the right of a comparison, or in a list, parentheses around it or not.
    """
    token = tokens[at - 1]
    found = _MONEY.fullmatch(token.text)
    if found is None:
        return None
    left, right = at - 2, at
    while left > 0 and tokens[left].kind == "(":
        left -= 1
    if tokens[left].kind not in _BEFORE:
        return None
    currency, digits = found.groups()
    following = tokens[at]
    if following.start == token.end and following.kind == "number":
        return Money(currency, Decimal(digits + following.text), token.start, following.end)
    while tokens[right].kind == ")":
        right += 1
    return Money(currency, Decimal(digits), token.start, token.end) if tokens[right].kind in _AFTER else None
