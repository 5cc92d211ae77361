"""Calls that each engine runs by itself on raw elements: SQLite in the evaluator's Python, PostgreSQL spelled out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from objectforge.expressions import typed as t
from objectforge.expressions.functions.function import Accept
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.functions.build import Build, constant, is_constant, refuse_growth
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, TEXT, TIME, Kind, ValueType, number

__all__ = ["CALLED", "called", "operand"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = number(1, 0)


def called(compiler: Recursion, call: t.Call) -> Element:
    """The raw element of a call; of one whose arguments are all known, its value."""
    if is_constant(call):
        return constant(compiler, call)
    refuse_growth(call, call.name)
    function = FUNCTIONS[call.name]
    operands = [operand(compiler, arg, function.accept(index)) for index, arg in enumerate(call.args)]
    element = compiler.backend.call(call.name, operands, call.type)
    return compiler.backend.fitting(element) if compiler.overflows(call) else element


def operand(compiler: Recursion, tree: t.Typed, accept: Accept) -> Operand:
    """An argument, a literal null in a form that the function accepts."""
    match tree.type.kind:
        case Kind.NULL:
            value_type = next((each for each in _FORMS if each.kind in accept.kinds), TEXT)
            return Operand(compiler.backend.null(value_type), value_type)
        case Kind.TEXT | Kind.MULTI | Kind.ID:
            return Operand(compiler.text(tree), TEXT)
        case _:
            return Operand(compiler.value(tree), tree.type)


def _local(call: Build) -> Build:
    """The form of a function that sees of a datetime the local day or time."""

    def build(compiler: Recursion, tree: t.Call) -> Element:
        (argument,) = tree.args
        if argument.type.kind is not Kind.DATETIME:
            return call(compiler, tree)
        if is_constant(tree):
            return constant(compiler, tree)
        refuse_growth(tree, tree.name)
        backend, calendar = compiler.backend, compiler.moment.calendar
        instant = compiler.value(argument)
        if FUNCTIONS[tree.name].accept(0).fits(TIME):
            local = Operand(backend.local_clock(instant, calendar), TIME)
        else:
            local = Operand(backend.local_day(instant, calendar), DATE)
        return backend.call(tree.name, [local], tree.type)

    return build


def _from_unix(compiler: Recursion, call: t.Call) -> Element:
    if is_constant(call):
        return constant(compiler, call)
    refuse_growth(call, call.name)
    (seconds,) = call.args
    given = operand(compiler, seconds, FUNCTIONS["FROMUNIXTIME"].accept(0))
    epoch = compiler.backend.literal(_EPOCH, DATETIME)
    return compiler.backend.shift_seconds(epoch, compiler.backend.whole(given.element, given.type))


_FORMS: tuple[ValueType, ...] = (_NUMBER, TEXT, DATE, TIME, DATETIME, BOOLEAN)
CALLED: Mapping[str, Build] = {
    **dict.fromkeys(
        (
            "ACOS", "ADDMONTHS", "ASCII", "ASIN", "ATAN", "ATAN2", "CASESAFEID", "CHR", "COS", "DATE", "DATETIMEVALUE",
            "EXP", "FORMATDURATION", "HYPERLINK", "IMAGE", "INITCAP", "ISNUMBER", "LN", "LOG", "LPAD",
            "PICKLISTCOUNT", "REVERSE", "RPAD", "SIN", "SQRT", "SUBSTR", "TAN", "UNIXTIMESTAMP", "VALUE",
        ),
        called,
    ),
    **dict.fromkeys(("HOUR", "ISOWEEK", "ISOYEAR", "MILLISECOND", "MINUTE", "SECOND", "TIMEVALUE"), _local(called)),
    **dict.fromkeys(("BR", "GETSESSIONID", "ISCLONE", "PI", "TIMENOW"), constant),
    "FROMUNIXTIME": _from_unix,
}  # fmt: skip
