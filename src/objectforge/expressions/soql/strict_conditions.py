"""A condition that was read to the first place where Salesforce's API wants parentheses, a field or a literal."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.lexer import Token
from objectforge.expressions.soql.strict_errors import refuse
from objectforge.expressions.soql.strict_values import check_value
from objectforge.expressions.syntax import (
    And,
    Binary,
    Boolean,
    DateLiteral,
    DateTimeLiteral,
    DateWord,
    Expression,
    In,
    Includes,
    InSelect,
    Like,
    Money,
    Not,
    Null,
    Number,
    Or,
    Text,
    TimeLiteral,
    Unary,
)

__all__ = ["StrictConditions"]

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class StrictConditions:
    """Checks conditions against the tokens that they were read from: a tree has no parentheses."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts = {token.start: number for number, token in enumerate(tokens[:-1])}
        self._ends = {token.end: number for number, token in enumerate(tokens[:-1])}

    def check(self, condition: Expression) -> None:
        """Check a condition and all below it.

        Raises:
            ExpressionSyntaxError: the API's grammar is narrower at some place.
        """
        match condition:
            case And(items) | Or(items):
                self._check_chain(condition, items)
            case Not(operand):
                if isinstance(operand, Not) and not self._in_parentheses(operand):
                    refuse("NOT after NOT stands in parentheses", operand.start, operand.end, "write NOT (NOT ...)")
                self.check(operand)
            case Binary(op, left, right) if op in _COMPARISONS:
                self._check_operand(left)
                if self._in_parentheses(right):
                    refuse("literals stand without parentheses", right.start, right.end, "leave them out")
                _check_literal(right)
            case In(operand, items):
                self._check_operand(operand)
                for item in items:
                    _check_literal(item)
            case Includes(operand, items):
                self._check_operand(operand)
                for item in items:
                    if not isinstance(item, Text):
                        refuse("INCLUDES and EXCLUDES take texts", item.start, item.end, "write ('a;b', 'c')")
            case InSelect(operand, select):
                self._check_operand(operand)
                if select.where is not None:
                    self.check(select.where)
            case Like(operand, pattern, negated):
                if condition.start != operand.start and not self._in_parentheses(operand):
                    refuse("LIKE stands behind a field", condition.start, condition.end, "write Name LIKE 'a%'")
                self._check_operand(operand)
                if negated:
                    refuse("there is no NOT LIKE", condition.start, condition.end, "write (NOT Name LIKE 'a%')")
                if not isinstance(pattern, Text) or self._in_parentheses(pattern):
                    refuse("LIKE takes one text", pattern.start, pattern.end, "write LIKE 'a%'")
            case _:
                hint = "write IsWon = true for a checkbox"
                refuse("a condition is a comparison", condition.start, condition.end, hint)

    def _check_chain(self, chain: And | Or, items: tuple[Expression, ...]) -> None:
        first = self._tokens[self._starts[chain.start]]
        if first.kind in ("AND", "OR"):
            refuse(f"{first.kind} stands between conditions", first.start, first.end, f"write a {first.kind} b")
        for item in items:
            if isinstance(item, And | Or | Not) and not self._in_parentheses(item):
                word = "NOT" if isinstance(item, Not) else "AND beside OR"
                hint = "write (NOT a) AND b" if word == "NOT" else "write (a AND b) OR c, or a AND (b OR c)"
                refuse(f"{word} stands in parentheses", item.start, item.end, hint)
            self.check(item)

    def _check_operand(self, value: Expression) -> None:
        if self._in_parentheses(value):
            refuse("fields stand without parentheses", value.start, value.end, "leave them out")
        check_value(value)

    def _in_parentheses(self, node: Expression) -> bool:
        """Whether parentheses stand right around the node."""
        before = self._tokens[self._starts[node.start] - 1]
        after = self._tokens[self._ends[node.end] + 1]
        return before.kind == "(" and after.kind == ")"


def _check_literal(value: Expression) -> None:
    match value:
        case Text() | Number() | Money() | Boolean() | Null() | DateLiteral() | DateTimeLiteral() | TimeLiteral():
            pass
        case DateWord() | Unary(operand=Number()):
            pass
        case _:
            refuse("a literal is expected here", value.start, value.end, "write a text, a number or a date")
