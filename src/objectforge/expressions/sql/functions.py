"""The functions of the language that have a SQL form, by name: each makes an element of a typed call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, Kind

if TYPE_CHECKING:
    from objectforge.expressions.sql.backend import Element
    from objectforge.expressions.sql.compiler import Compiler

__all__ = ["FUNCTIONS", "UnsupportedInSql"]


class UnsupportedInSql(Exception):
    """A function that only Python computes; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


Build = Callable[["Compiler", t.Call], "Element"]
_ZERO = Decimal(0)


def _if(compiler: Compiler, call: t.Call) -> Element:
    condition, yes, no = call.args
    return sa.case((compiler.truth(condition), _branch(compiler, yes, call)), else_=_branch(compiler, no, call))


def _case(compiler: Compiler, call: t.Call) -> Element:
    subject, *rest = call.args
    *pairs, otherwise = rest
    whens: list[tuple[Element, Element]] = []
    for value, result in zip(pairs[::2], pairs[1::2], strict=True):
        same = compiler.truth(t.Compare("=", subject, value, exact=True))
        whens.append((same, _branch(compiler, result, call)))
    return sa.case(*whens, else_=_branch(compiler, otherwise, call))


def _branch(compiler: Compiler, tree: t.Typed, call: t.Call) -> Element:
    return compiler.number(tree, call.type) if call.type.kind is Kind.NUMBER else compiler.value(tree)


def _is_blank(compiler: Compiler, call: t.Call) -> Element:
    (operand,) = call.args
    value = compiler.value(operand)
    blank = value.is_(None)
    if operand.type.kind in (Kind.TEXT, Kind.MULTI):
        blank = sa.or_(blank, value == "")
    yes, no = (compiler.backend.literal(flag, BOOLEAN) for flag in (True, False))
    return sa.case((blank, yes), else_=no)


def _or_else(compiler: Compiler, call: t.Call) -> Element:
    operand, otherwise = call.args
    first, second = _branch(compiler, operand, call), _branch(compiler, otherwise, call)
    if operand.type.kind in (Kind.TEXT, Kind.MULTI):
        first = sa.func.nullif(first, "")
    return sa.func.coalesce(first, second)


def _today(compiler: Compiler, call: t.Call) -> Element:
    return compiler.backend.literal(compiler.moment.today, DATE)


def _now(compiler: Compiler, call: t.Call) -> Element:
    return compiler.backend.literal(compiler.moment.now, DATETIME)


def _date_part(index: int) -> Build:
    def build(compiler: Compiler, call: t.Call) -> Element:
        return compiler.backend.from_integer(
            compiler.backend.date_parts(compiler.value(call.args[0]))[index], call.type
        )

    return build


def _abs(compiler: Compiler, call: t.Call) -> Element:
    (operand,) = call.args
    negative = compiler.truth(t.Compare("<", operand, t.Const(_ZERO, operand.type)))
    return sa.case((negative, compiler.value(t.Negate(operand, call.type))), else_=_branch(compiler, operand, call))


def _text(name: str) -> Build:
    def build(compiler: Compiler, call: t.Call) -> Element:
        function: Any = getattr(sa.func, name)
        return sa.type_coerce(function(compiler.value(call.args[0])), sa.Text())

    return build


def _length(compiler: Compiler, call: t.Call) -> Element:
    length = sa.func.length(sa.func.coalesce(compiler.value(call.args[0]), ""))
    return compiler.backend.from_integer(sa.type_coerce(length, sa.BigInteger()), call.type)


FUNCTIONS: Mapping[str, Build] = {
    "ABS": _abs,
    "BLANKVALUE": _or_else,
    "CASE": _case,
    "DAY": _date_part(2),
    "IF": _if,
    "ISBLANK": _is_blank,
    "ISNULL": _is_blank,
    "LEN": _length,
    "MONTH": _date_part(1),
    "NOW": _now,
    "NULLVALUE": _or_else,
    "TODAY": _today,
    "TRIM": _text("trim"),
    "YEAR": _date_part(0),
}
