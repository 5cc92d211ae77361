"""Dates to the grains of reports: first days of units, and parts as ints, in the org's calendar.

The week of the year is Salesforce's: January 1st to 7th is week 1. A datetime counts on the org's local day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, get_args

from oracle.world import Calendar

__all__ = ["DATE_GRAINS", "GRAINS", "Grain", "grain_of"]

Grain = Literal[
    "day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year", "hour_in_day", "day_in_week",
    "day_in_month", "day_in_year", "week_in_year", "month_in_year", "quarter_in_year", "fiscal_month_in_year",
    "fiscal_quarter_in_year",
]  # fmt: skip
GRAINS: tuple[Grain, ...] = get_args(Grain)
DATE_GRAINS: tuple[Grain, ...] = tuple(one for one in GRAINS if one != "hour_in_day")


def grain_of(value: date, grain: Grain, calendar: Calendar) -> date | int:
    """The unit's first day, or the part of the date."""
    local = calendar.local(value) if isinstance(value, datetime) else None
    day = local.date() if local else value
    year_start = date(day.year, 1, 1)
    fiscal_month = (day.month - calendar.fiscal_start) % 12
    match grain:
        case "day":
            return day
        case "week":
            return day - timedelta(days=(day.weekday() - calendar.first_weekday) % 7)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "year":
            return year_start
        case "fiscal_quarter":
            return _months_before(day, fiscal_month % 3)
        case "fiscal_year":
            return _months_before(day, fiscal_month)
        case "hour_in_day":
            assert local
            return local.hour
        case "day_in_week":
            return (day.weekday() + 1) % 7 + 1
        case "day_in_month":
            return day.day
        case "day_in_year":
            return (day - year_start).days + 1
        case "week_in_year":
            return (day - year_start).days // 7 + 1
        case "month_in_year":
            return day.month
        case "quarter_in_year":
            return (day.month - 1) // 3 + 1
        case "fiscal_month_in_year":
            return fiscal_month + 1
        case "fiscal_quarter_in_year":
            return fiscal_month // 3 + 1


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
