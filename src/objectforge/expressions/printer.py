"""A syntax tree to its canonical text, with no more parentheses than reading it back needs."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import repeat
from typing import assert_never

from objectforge.expressions.powers import ADD, AND, COMPARE, MULTIPLY, NOT, OPERAND, OR, POWERS, UNARY
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
    Like,
    Not,
    Null,
    Number,
    Or,
    Path,
    Text,
    TimeLiteral,
    Unary,
)

__all__ = ["print_expression"]

_ESCAPES = str.maketrans({"'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


def print_expression(tree: Expression) -> str:
    """The text of a tree: keywords in capitals, texts in single quotes, one space around operators.

    Parsing it gives the same tree again, apart from the offsets.
    """
    return _print(tree, 0)


def _print(tree: Expression, least: int) -> str:
    """The text of a tree where an operator weaker than `least` needs parentheses."""
    power, text = _render(tree)
    return f"({text})" if power < least else text


def _render(tree: Expression) -> tuple[int, str]:
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
        case Path():
            return OPERAND, str(tree)
        case Bind(name):
            return OPERAND, f":{name}"
        case Call(name, args):
            return OPERAND, f"{name}{_list(args)}"
        case Unary(op, operand):
            return UNARY, f"{op}{_print(operand, UNARY)}"
        case Not(operand):
            return NOT, f"NOT {_print(operand, NOT)}"
        case And(items):
            return _junction("AND", AND, items)
        case Or(items):
            return _junction("OR", OR, items)
        case Binary():
            return _binary(tree)
        case In(operand, items, negated):
            word = "NOT IN" if negated else "IN"
            single = items[0]
            listed = _print(single, 0) if len(items) == 1 and isinstance(single, Bind) else _list(items)
            return COMPARE, f"{_print(operand, COMPARE)} {word} {listed}"
        case Like(operand, pattern, negated):
            word = "NOT LIKE" if negated else "LIKE"
            text = _pattern(pattern.value) if isinstance(pattern, Text) else _print(pattern, ADD)
            return COMPARE, f"{_print(operand, COMPARE)} {word} {text}"
        case Includes(operand, items, negated):
            word = "EXCLUDES" if negated else "INCLUDES"
            return COMPARE, f"{_print(operand, COMPARE)} {word} {_list(items)}"
        case _:
            assert_never(tree)


def _binary(tree: Binary) -> tuple[int, str]:
    power = POWERS[tree.op]
    left = power
    if power == MULTIPLY and isinstance(tree.left, Binary) and (tree.op == "^") != (tree.left.op == "^"):
        left = power + 1
    return power, f"{_print(tree.left, left)} {tree.op} {_print(tree.right, power + 1)}"


def _junction(word: str, power: int, items: tuple[Expression, ...]) -> tuple[int, str]:
    if len(items) == 1:
        return OPERAND, f"{word}{_list(items)}"
    return power, f" {word} ".join(map(_print, items, repeat(power + 1)))


def _list(items: tuple[Expression, ...]) -> str:
    return f"({', '.join(map(_print, items, repeat(0)))})"


def _quote(value: str) -> str:
    return _pattern(value.replace("\\", "\\\\"))


def _pattern(value: str) -> str:
    """A LIKE pattern keeps its backslashes: they escape the character after them there too."""
    return f"'{value.translate(_ESCAPES)}'"


def _instant(value: datetime) -> str:
    text = value.isoformat()
    return f"{text.removesuffix('+00:00')}Z" if value.tzinfo is UTC or text.endswith("+00:00") else text
