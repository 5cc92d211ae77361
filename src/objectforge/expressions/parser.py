"""Text to the syntax tree of one expression: a Pratt parser over the lexer's tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from objectforge.expressions.binds import read_bind
from objectforge.expressions.diagnosis import (
    bad_list,
    empty_expression,
    leftover,
    mixed_power,
    needs_condition,
    no_value,
    one_pattern,
    too_deep,
    unclosed,
)
from objectforge.expressions.lexer import Token, tokenize
from objectforge.expressions.literals import (
    read_counted,
    read_date,
    read_datetime,
    read_number,
    read_pattern,
    read_text,
    read_time,
)
from objectforge.expressions.money import read_money
from objectforge.expressions.names import read_name
from objectforge.expressions.powers import AND, COMPARE, MULTIPLY, NOT, OR, POWERS, UNARY
from objectforge.expressions.select_errors import too_many_selects
from objectforge.expressions.sub_select import read_sub_select, starts_sub_select
from objectforge.expressions.syntax import (
    And,
    Binary,
    Boolean,
    Call,
    Expression,
    In,
    Includes,
    InSelect,
    Like,
    Not,
    Null,
    Or,
    Text,
    Unary,
)

__all__ = ["MAX_DEPTH", "MAX_SELECTS", "Parser", "parse"]

MAX_DEPTH = 200
"""The most levels of a tree, and the most parentheses, calls and pending operators around one place.

It keeps every pass over a tree, recursive as they are, inside Python's own limit. Chains of AND and OR and the items
of a list are one level, however many they are; a chain of any other operator is a level per operator.
"""

MAX_SELECTS = 20
"""The most queries inside each other: child queries and those of IN (SELECT ...)."""


def parse(text: str) -> Expression:
    """Read a condition or a formula.

    Raises:
        ExpressionSyntaxError: the text is not one expression.
    """
    tokens = tokenize(text)
    if tokens[0].kind == "end":
        raise empty_expression(text)
    parser = Parser(text, tokens)
    tree = parser.expression()
    if parser.token.kind != "end":
        raise leftover(tokens, parser.position)
    return tree


class Parser:
    """Reads expressions from a list of tokens, from `position` on, which stays at the first token not read.

    A grammar around expressions (SOQL) reads its own words from the same list and calls `expression` between them;
    with `currencies` set, `USD5000` is an amount.
    """

    __slots__ = ("_currencies", "_depth", "_height", "_selects", "position", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], position: int = 0, *, currencies: bool = False) -> None:
        self.text = text
        self.tokens = tokens
        self.position: int = position
        self._currencies = currencies
        self._selects = 0  # that are open
        self._depth = 0
        self._height = 0  # of the node read last, in levels

    @property
    def token(self) -> Token:
        """The first token not read yet."""
        return self.tokens[self.position]

    def expression(self, floor: int = 0) -> Expression:
        """Read an expression whose operators all bind tighter than `floor` (see `powers`).

        Raises:
            ExpressionSyntaxError: no expression starts here, or it goes wrong on the way.
        """
        tokens = self.tokens
        token = tokens[self.position]
        start = token.start
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(token, MAX_DEPTH)
        read = self._operands.get(token.kind)
        if read is None:
            raise no_value(tokens, self.position)
        self.position += 1
        self._height = 1
        left = read(self, token)
        multiplied = ""
        while True:
            token = tokens[self.position]
            kind = token.kind
            power = POWERS.get(kind, 0)
            if power <= floor:
                self._depth -= 1
                return left
            height = self._height
            suffix = self._suffixes.get(kind)
            if suffix is not None:
                left = suffix(self, left, start)
            else:
                if power == MULTIPLY:
                    if multiplied and (kind == "^") != (multiplied == "^"):
                        raise mixed_power(token, multiplied)
                    multiplied = kind
                self.position += 1
                right = self.expression(power)
                left = Binary(kind, left, right, start, tokens[self.position - 1].end)
            if power != MULTIPLY:
                multiplied = ""
            self._grow(height, token)

    def items(self, opening: Token) -> tuple[Expression, ...]:
        """Read `a, b, c)` after an opening parenthesis, which must not be empty."""
        items: list[Expression] = []
        tallest = 0
        while True:
            token = self.tokens[self.position]
            if token.kind == "name" and self.tokens[self.position + 1].kind in (",", ")"):  # most are a name alone
                self.position += 1
                self._height = 1
                items.append(self._name(token))
            else:
                items.append(self.expression())
            if self._height > tallest:
                tallest = self._height
            token = self.tokens[self.position]
            if token.kind == ",":
                self.position += 1
            elif token.kind == ")":
                self.position += 1
                self._height = tallest
                return tuple(items)
            else:
                raise unclosed(self.tokens, self.position, opening)

    def open_select(self, token: Token) -> None:
        """Go into a query inside another; `close_select` leaves it again.

        Raises:
            ExpressionSyntaxError: too many are open.
        """
        self._selects += 1
        if self._selects > MAX_SELECTS:
            raise too_many_selects(token, MAX_SELECTS)

    @property
    def inside(self) -> bool:
        """Whether what is read stands inside a query that is open."""
        return self._selects > 0

    def close_select(self) -> None:
        """Leave a query inside another."""
        self._selects -= 1

    def _grow(self, beside: int, token: Token) -> None:
        """Put a node over what was read last and what stands beside it."""
        height = self._height
        self._height = height = (height if height > beside else beside) + 1
        if height > MAX_DEPTH:
            raise too_deep(token, MAX_DEPTH)

    def _end(self) -> int:
        return self.tokens[self.position - 1].end

    # Operands: each is called with the token it starts with, already passed.

    def _name(self, token: Token) -> Expression:
        opening = self.tokens[self.position]
        if opening.kind != "(":
            if self._currencies and (money := read_money(self.tokens, self.position)):
                self.position += money.end > token.end  # the decimals are a token of their own
                return money
            return read_name(token)
        return self._call(token, opening)

    def _call(self, token: Token, opening: Token) -> Expression:
        self.position += 1
        args: tuple[Expression, ...] = ()
        if self.tokens[self.position].kind == ")":
            self.position += 1
        else:
            args = self.items(opening)
            self._grow(0, token)
        return Call(token.text, args, token.end, token.start, self._end())

    def _group(self, token: Token) -> Expression:
        inner = self.expression()
        if self.tokens[self.position].kind != ")":
            raise unclosed(self.tokens, self.position, token)
        self.position += 1
        return inner

    def _sign(self, token: Token) -> Expression:
        operand = self.expression(UNARY)
        self._grow(0, token)
        return Unary(token.kind, operand, token.start, self._end())

    def _not(self, token: Token) -> Expression:
        if token.kind == "!":
            operand = self.expression(UNARY)
        else:
            following = self.tokens[self.position : self.position + 2]
            if [each.kind for each in following] == ["(", ")"]:
                raise needs_condition(token, following[1])
            operand = self.expression(NOT)
        self._grow(0, token)
        return Not(operand, token.start, self._end())

    def _junction(self, token: Token) -> Expression:
        """AND(a, b) and OR(a, b); the words stand before an operand only as functions."""
        opening = self.tokens[self.position]
        if opening.kind != "(" or not token.text.isalpha():
            raise no_value(self.tokens, self.position - 1)
        self.position += 1
        if self.tokens[self.position].kind == ")":
            raise needs_condition(token, self.tokens[self.position])
        items = self.items(opening)
        self._grow(0, token)
        return (And if token.kind == "AND" else Or)(items, token.start, self._end())

    def _word_call(self, token: Token) -> Expression:
        """IN(a, b, c) and INCLUDES(field, 'a'), which formulas spell as functions."""
        opening = self.tokens[self.position]
        if opening.kind != "(":
            raise no_value(self.tokens, self.position - 1)
        return self._call(token, opening)

    def _like_call(self, token: Token) -> Expression:
        """LIKE(text, 'a%'), the operator as formulas also spell it."""
        call = self._word_call(token)
        if not isinstance(call, Call) or len(call.args) != 2:
            return call
        operand, pattern = call.args
        if isinstance(pattern, Text):
            pattern = read_pattern(self.text, pattern.start, pattern.end)
        return Like(operand, pattern, False, token.start, self._end())

    # Suffixes: each is called with its operator not yet passed.

    def _chain(self, left: Expression, start: int) -> Expression:
        kind = self.tokens[self.position].kind
        power = AND if kind == "AND" else OR
        items = [left]
        tallest = 0
        while self.tokens[self.position].kind == kind:
            self.position += 1
            items.append(self.expression(power))
            if self._height > tallest:
                tallest = self._height
        self._height = tallest
        return (And if kind == "AND" else Or)(tuple(items), start, self._end())

    def _negated(self, left: Expression, start: int) -> Expression:
        suffix = {"IN": Parser._in, "LIKE": Parser._like}.get(self.tokens[self.position + 1].kind)
        if suffix is None:
            raise leftover(self.tokens, self.position)
        self.position += 1
        return suffix(self, left, start, negated=True)

    def _in(self, left: Expression, start: int, *, negated: bool = False) -> Expression:
        if starts_sub_select(self.tokens, self.position + 1):
            return self._in_select(left, start, negated)
        return In(left, self._list(), negated, start, self._end())

    def _in_select(self, left: Expression, start: int, negated: bool) -> Expression:
        opening = self.tokens[self.position + 1]
        self.position += 2
        self.open_select(opening)
        self._height = 1
        select = read_sub_select(self, opening)
        self.close_select()
        return InSelect(left, select, negated, start, self._end())

    def _includes(self, left: Expression, start: int) -> Expression:
        negated = self.tokens[self.position].kind == "EXCLUDES"
        return Includes(left, self._list(), negated, start, self._end())

    def _list(self) -> tuple[Expression, ...]:
        """The list after IN, INCLUDES or EXCLUDES: in parentheses, or one bind."""
        at = self.position
        opening = self.tokens[at + 1]
        self.position += 2
        if opening.kind == "bind":
            self._height = 1
            return (self._bind(opening),)
        if opening.kind != "(" or self.tokens[self.position].kind == ")":
            raise bad_list(self.tokens, at)
        return self.items(opening)

    def _like(self, left: Expression, start: int, *, negated: bool = False) -> Expression:
        at = self.position
        self.position += 1
        if self.tokens[self.position].kind == "(" and self._is_text_list(self.position + 1):
            raise one_pattern(self.tokens, at)
        pattern = self.expression(COMPARE)
        if isinstance(pattern, Text):
            pattern = read_pattern(self.text, pattern.start, pattern.end)
        return Like(left, pattern, negated, start, self._end())

    def _is_text_list(self, at: int) -> bool:
        return [token.kind for token in self.tokens[at : at + 2]] == ["text", ","]

    def _bind(self, token: Token) -> Expression:
        return read_bind(token, self.tokens[self.position])

    # What the kind of a token means before a value, and after one.

    _operands: ClassVar[dict[str, Callable[[Parser, Token], Expression]]] = {
        "name": _name,
        "text": lambda _, token: read_text(token),
        "number": lambda _, token: read_number(token),
        "(": _group,
        "-": _sign,
        "+": _sign,
        "NOT": _not,
        "!": _not,
        "AND": _junction,
        "OR": _junction,
        "TRUE": lambda _, token: Boolean(True, token.start, token.end),
        "FALSE": lambda _, token: Boolean(False, token.start, token.end),
        "NULL": lambda _, token: Null(token.start, token.end),
        "IN": _word_call,
        "INCLUDES": _word_call,
        "EXCLUDES": _word_call,
        "LIKE": _like_call,
        "counted": lambda _, token: read_counted(token),
        "bind": _bind,
        "date": lambda _, token: read_date(token),
        "datetime": lambda _, token: read_datetime(token),
        "time": lambda _, token: read_time(token),
    }

    _suffixes: ClassVar[dict[str, Callable[[Parser, Expression, int], Expression]]] = {
        "AND": _chain,
        "OR": _chain,
        "NOT": _negated,
        "IN": _in,
        "LIKE": _like,
        "INCLUDES": _includes,
        "EXCLUDES": _includes,
    }
