"""How the value of a granularity is written for people: `April 2026`, `2026 Q2`, `FY2026 Q1`."""

from __future__ import annotations

from datetime import date

from objectforge.values.granularity import Granularity, part
from objectforge.values.locales import Locale
from objectforge.values.periods import Calendar

__all__ = ["granularity_label"]


def granularity_label(value: date | int, granularity: Granularity, calendar: Calendar, locale: Locale) -> str:
    """Return the label of a group: `value` is a unit's first day, or the int of a part.

    Raises:
        TypeError: an int where the granularity is a unit, or a date where it is a part.
    """
    if isinstance(value, date) is granularity.is_part:
        raise TypeError(f"the value of {granularity} is {'an int' if granularity.is_part else 'a date'}, not {value!r}")
    return (
        _unit_label(value, granularity, calendar, locale)
        if isinstance(value, date)
        else _part_label(value, granularity, calendar, locale)
    )


def _unit_label(first: date, granularity: Granularity, calendar: Calendar, locale: Locale) -> str:
    match granularity:
        case Granularity.MONTH:
            return locale.month_and_year(first)
        case Granularity.QUARTER:
            return f"{first.year:04} Q{part(first, Granularity.QUARTER_IN_YEAR, calendar)}"
        case Granularity.YEAR:
            return f"{first.year:04}"
        case Granularity.FISCAL_QUARTER:
            quarter = part(first, Granularity.FISCAL_QUARTER_IN_YEAR, calendar)
            return f"FY{calendar.fiscal_year_name(first):04} Q{quarter}"
        case Granularity.FISCAL_YEAR:
            return f"FY{calendar.fiscal_year_name(first):04}"
        case _:
            return first.isoformat()


def _part_label(value: int, granularity: Granularity, calendar: Calendar, locale: Locale) -> str:
    match granularity:
        case Granularity.DAY_IN_WEEK:
            return locale.day_name(value)
        case Granularity.MONTH_IN_YEAR:
            return locale.month_name(value)
        case Granularity.FISCAL_MONTH_IN_YEAR:
            return locale.month_name((value + calendar.fiscal_start - 2) % 12 + 1)
        case Granularity.QUARTER_IN_YEAR | Granularity.FISCAL_QUARTER_IN_YEAR:
            return f"Q{value}"
        case Granularity.HOUR_IN_DAY:
            return f"{value:02}:00"
        case _:
            return str(value)
