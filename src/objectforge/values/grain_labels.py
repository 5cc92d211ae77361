"""How the value of a grain is written for people: `April 2026`, `2026 Q2`, `FY2026 Q1`."""

from __future__ import annotations

from datetime import date

from objectforge.values.grains import Grain, part
from objectforge.values.locales import Locale
from objectforge.values.periods import Calendar

__all__ = ["grain_label"]


def grain_label(value: date | int, grain: Grain, calendar: Calendar, locale: Locale) -> str:
    """Return the label of a group: `value` is a unit's first day, or the int of a part.

    Raises:
        TypeError: an int where the grain is a unit, or a date where it is a part.
    """
    if isinstance(value, date) is grain.is_part:
        raise TypeError(f"the value of {grain} is {'an int' if grain.is_part else 'a date'}, not {value!r}")
    return (
        _unit_label(value, grain, calendar, locale)
        if isinstance(value, date)
        else _part_label(value, grain, calendar, locale)
    )


def _unit_label(first: date, grain: Grain, calendar: Calendar, locale: Locale) -> str:
    match grain:
        case Grain.MONTH:
            return locale.month_and_year(first)
        case Grain.QUARTER:
            return f"{first.year:04} Q{part(first, Grain.QUARTER_IN_YEAR, calendar)}"
        case Grain.YEAR:
            return f"{first.year:04}"
        case Grain.FISCAL_QUARTER:
            quarter = part(first, Grain.FISCAL_QUARTER_IN_YEAR, calendar)
            return f"FY{calendar.fiscal_year_name(first):04} Q{quarter}"
        case Grain.FISCAL_YEAR:
            return f"FY{calendar.fiscal_year_name(first):04}"
        case _:
            return first.isoformat()


def _part_label(value: int, grain: Grain, calendar: Calendar, locale: Locale) -> str:
    match grain:
        case Grain.DAY_IN_WEEK:
            return locale.day_name(value)
        case Grain.MONTH_IN_YEAR:
            return locale.month_name(value)
        case Grain.FISCAL_MONTH_IN_YEAR:
            return locale.month_name((value + calendar.fiscal_start - 2) % 12 + 1)
        case Grain.QUARTER_IN_YEAR | Grain.FISCAL_QUARTER_IN_YEAR:
            return f"Q{value}"
        case Grain.HOUR_IN_DAY:
            return f"{value:02}:00"
        case _:
            return str(value)
