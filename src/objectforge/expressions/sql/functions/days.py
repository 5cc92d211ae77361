"""The present, the parts of dates, and the day of an instant."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.functions.build import Build, guarded
from objectforge.expressions.sql.functions.called import called
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.granularity import Granularity
from objectforge.values.kinds import DATE, DATETIME, Kind

__all__ = ["DAYS"]


def _today(compiler: Recursion, call: t.Call) -> Element:
    return compiler.backend.literal(compiler.moment.today, DATE)


def _now(compiler: Recursion, call: t.Call) -> Element:
    return compiler.backend.literal(compiler.moment.now, DATETIME)


def _part(granularity: Granularity) -> Build:
    def build(compiler: Recursion, call: t.Call) -> Element:
        day = _day(compiler, call.args[0])
        found = compiler.backend.truncate(day, granularity, compiler.moment.calendar)
        return compiler.backend.from_integer(found, call.type)

    return build


def _year(compiler: Recursion, call: t.Call) -> Element:
    day = _day(compiler, call.args[0])
    return compiler.backend.from_integer(compiler.backend.date_parts(day)[0], call.type)


def _day(compiler: Recursion, tree: t.Typed) -> Element:
    return compiler.backend.null(DATE) if tree.type.kind is Kind.NULL else compiler.value(tree)


def _date_value(compiler: Recursion, call: t.Call) -> Element:
    (operand,) = call.args
    match operand.type.kind:
        case Kind.DATETIME:
            return compiler.backend.local_day(compiler.value(operand), compiler.moment.calendar)
        case Kind.DATE | Kind.NULL:
            return _day(compiler, operand)
        case _:
            return called(compiler, call)


DAYS: Mapping[str, Build] = {
    "DATEVALUE": guarded(_date_value),
    "DAY": _part(Granularity.DAY_IN_MONTH),
    "DAYOFYEAR": guarded(_part(Granularity.DAY_IN_YEAR)),
    "MONTH": _part(Granularity.MONTH_IN_YEAR),
    "NOW": _now,
    "TODAY": _today,
    "WEEKDAY": _part(Granularity.DAY_IN_WEEK),
    "YEAR": _year,
}
