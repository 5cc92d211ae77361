"""A syntax tree to its canonical text, with no more parentheses than reading it back needs."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import repeat
from typing import assert_never

from objectforge.expressions.powers import ADD, AND, COMPARE, EQUAL, MULTIPLY, NOT, OPERAND, OR, POWERS, UNARY
from objectforge.expressions.syntax import (
    And,
    Binary,
    Bind,
    Boolean,
    Call,
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
    Path,
    SubSelect,
    Text,
    TimeLiteral,
    Unary,
)

__all__ = ["print_explicit", "print_expression"]

_ESCAPES = str.maketrans({"'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


def print_expression(tree: Expression, least: int = 0) -> str:
    """The text of a tree: keywords in capitals, texts in single quotes, one space around operators.

    Parsing it gives the same tree again. An operator weaker than `least` (see `powers`) stands in parentheses.
    """
    return _Printer(explicit=False).print(tree, least)


def print_explicit(tree: Expression) -> str:
    """The text of a condition in a query: AND beside OR, and NOT beside both, stand in parentheses."""
    return _Printer(explicit=True).print(tree, 0)


class _Printer:
    """Prints the nodes of a tree, each level with two calls."""

    __slots__ = ("_explicit",)

    def __init__(self, *, explicit: bool) -> None:
        self._explicit = explicit

    def print(self, tree: Expression, least: int) -> str:
        """The text of a tree where an operator weaker than `least` needs parentheses."""
        power, text = self._render(tree)
        return f"({text})" if power < least else text

    def _render(self, tree: Expression) -> tuple[int, str]:
        match tree:
            case Text(value):
                return OPERAND, _quote(value)
            case Number(value):
                return OPERAND, format(value, "f")
            case Boolean(value):
                return OPERAND, "TRUE" if value else "FALSE"
            case Null():
                return OPERAND, "NULL"
            case DateLiteral(value):
                return OPERAND, value.isoformat()
            case DateTimeLiteral(value):
                return OPERAND, _instant(value)
            case TimeLiteral(value):
                return OPERAND, f"{value.isoformat()}Z"
            case DateWord(word, n):
                return OPERAND, word if n is None else f"{word}:{n}"
            case Path() | Money():
                return OPERAND, str(tree)
            case Bind(name):
                return OPERAND, f":{name}"
            case Call(name, args):
                return OPERAND, f"{name}{self._list(args)}"
            case Unary(op, operand):
                return UNARY, f"{op}{self.print(operand, UNARY)}"
            case Not(operand):
                return NOT, f"NOT {self.print(operand, EQUAL if self._explicit else NOT)}"
            case And(items):
                return self._junction("AND", AND, items)
            case Or(items):
                return self._junction("OR", OR, items)
            case Binary():
                return self._binary(tree)
            case In(operand, items, negated):
                word = "NOT IN" if negated else "IN"
                single = items[0]
                listed = self.print(single, 0) if len(items) == 1 and isinstance(single, Bind) else self._list(items)
                return COMPARE, f"{self.print(operand, COMPARE)} {word} {listed}"
            case InSelect(operand, select, negated):
                word = "NOT IN" if negated else "IN"
                return COMPARE, f"{self.print(operand, COMPARE)} {word} ({self._select(select)})"
            case Like(operand, pattern, negated):
                word = "NOT LIKE" if negated else "LIKE"
                text = _pattern(pattern.value) if isinstance(pattern, Text) else self.print(pattern, ADD)
                return COMPARE, f"{self.print(operand, COMPARE)} {word} {text}"
            case Includes(operand, items, negated):
                word = "EXCLUDES" if negated else "INCLUDES"
                return COMPARE, f"{self.print(operand, COMPARE)} {word} {self._list(items)}"
            case _:
                assert_never(tree)

    def _binary(self, tree: Binary) -> tuple[int, str]:
        power = POWERS[tree.op]
        left = power
        if power == MULTIPLY and isinstance(tree.left, Binary) and (tree.op == "^") != (tree.left.op == "^"):
            left = power + 1
        return power, f"{self.print(tree.left, left)} {tree.op} {self.print(tree.right, power + 1)}"

    def _select(self, select: SubSelect) -> str:
        words = ["SELECT", str(select.column), "FROM", select.object.name]
        if select.alias:
            words.append(select.alias.name)
        if select.where:
            words += ("WHERE", self.print(select.where, 0))
        return " ".join(words)

    def _junction(self, word: str, power: int, items: tuple[Expression, ...]) -> tuple[int, str]:
        if len(items) == 1:
            return OPERAND, f"{word}{self._list(items)}"
        return power, f" {word} ".join(map(self.print, items, repeat(EQUAL if self._explicit else power + 1)))

    def _list(self, items: tuple[Expression, ...]) -> str:
        return f"({', '.join(map(self.print, items, repeat(0)))})"


def _quote(value: str) -> str:
    return _pattern(value.replace("\\", "\\\\"))


def _pattern(value: str) -> str:
    """A LIKE pattern keeps its backslashes: they escape the character after them there too."""
    return f"'{value.translate(_ESCAPES)}'"


def _instant(value: datetime) -> str:
    text = value.isoformat()
    return f"{text.removesuffix('+00:00')}Z" if value.tzinfo is UTC or text.endswith("+00:00") else text
