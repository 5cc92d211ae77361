"""The date functions of SOQL to SQL: a day, or the number of a part of one."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.granularity import Granularity
from objectforge.values.kinds import Kind
from objectforge.values.periods import Calendar

__all__ = ["date_part"]

_UTC = ZoneInfo("UTC")
_PARTS = {
    "CALENDAR_MONTH": Granularity.MONTH_IN_YEAR,
    "CALENDAR_QUARTER": Granularity.QUARTER_IN_YEAR,
    "DAY_IN_MONTH": Granularity.DAY_IN_MONTH,
    "DAY_IN_WEEK": Granularity.DAY_IN_WEEK,
    "DAY_IN_YEAR": Granularity.DAY_IN_YEAR,
    "FISCAL_MONTH": Granularity.FISCAL_MONTH_IN_YEAR,
    "FISCAL_QUARTER": Granularity.FISCAL_QUARTER_IN_YEAR,
    "WEEK_IN_YEAR": Granularity.WEEK_IN_YEAR,
}


def date_part(compiler: Recursion, tree: t.DatePart) -> Element:
    """The raw element of the function's value."""
    backend, calendar = compiler.backend, compiler.moment.calendar
    value = compiler.value(tree.operand)
    if not tree.local:
        calendar = replace(calendar, zone=_UTC)
    if tree.name == "HOUR_IN_DAY":
        return backend.from_integer(backend.local_hour(value, calendar), tree.type)
    day = backend.local_day(value, calendar) if tree.operand.type.kind is Kind.DATETIME else value
    if tree.name == "DAY_ONLY":
        return day
    return backend.from_integer(_number(compiler, tree.name, day, calendar), tree.type)


def _number(compiler: Recursion, name: str, day: Element, calendar: Calendar) -> Element:
    year, month, of_month = compiler.backend.date_parts(day)
    match name:
        case "CALENDAR_YEAR":
            return year
        case "FISCAL_YEAR":
            started = sa.case((month >= calendar.fiscal_start, sa.literal(0, sa.Integer())), else_=sa.literal(-1))
            named = 1 if calendar.fiscal_named_by == "end" and calendar.fiscal_start > 1 else 0
            return year + started + named
        case "WEEK_IN_MONTH":
            return (of_month - 1) // 7 + 1
        case _:
            return compiler.backend.truncate(day, _PARTS[name], calendar)
