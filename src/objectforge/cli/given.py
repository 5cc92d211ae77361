"""The texts of `--param` to values: numbers, dates, datetimes, true, false and null as SOQL writes them, else texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from objectforge.expressions import syntax
from objectforge.expressions.parser import parse
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["values_of"]


def values_of(given: Mapping[str, str]) -> dict[str, Any]:
    """The values by name; a list is written with its parentheses, `ids=('a', 'b')`."""
    return {name: _value(text) for name, text in given.items()}


def _value(text: str) -> Any:
    try:
        tree = parse(f"x IN {text}" if text.startswith("(") else text)
    except ExpressionSyntaxError:
        return text
    match tree:
        case syntax.In(items=items):
            return [_literal(item, text) for item in items]
        case _:
            return _literal(tree, text)


def _literal(tree: syntax.Expression, text: str) -> Any:
    match tree:
        case syntax.Unary(op="-", operand=syntax.Number(value=value)):
            return -value
        case (
            syntax.Number(value=value)
            | syntax.Boolean(value=value)
            | syntax.DateLiteral(value=value)
            | syntax.DateTimeLiteral(value=value)
            | syntax.TimeLiteral(value=value)
            | syntax.Text(value=value)
        ):
            return value
        case syntax.Null():
            return None
        case _:
            return text
