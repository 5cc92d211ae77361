"""How tightly each operator binds: the one table that the parser and the printer share."""

from __future__ import annotations

__all__ = ["ADD", "AND", "COMPARE", "EQUAL", "MULTIPLY", "NOT", "OPERAND", "OR", "POWERS", "UNARY"]

OR, AND, NOT, EQUAL, COMPARE, ADD, MULTIPLY, UNARY, OPERAND = range(10, 100, 10)

POWERS = {
    "OR": OR,
    "AND": AND,
    **dict.fromkeys(("=", "!="), EQUAL),
    **dict.fromkeys(("<", "<=", ">", ">=", "IN", "LIKE", "INCLUDES", "EXCLUDES", "NOT"), COMPARE),
    **dict.fromkeys(("+", "-", "&"), ADD),
    **dict.fromkeys(("*", "/", "^"), MULTIPLY),
}
"""Infix operators by the kind of their token; `NOT` there is the one of NOT IN and NOT LIKE.

`^` stands beside `*` and `/` because mixing them needs parentheses: readers disagree about 2 * 3 ^ 2.
"""
