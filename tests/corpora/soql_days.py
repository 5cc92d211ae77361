"""The forty-four date words of SOQL in plain Python, as its reference has them: the first day and the day behind."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["days"]


def days(word: str, n: int | None, today: date) -> tuple[date, date]:
    """The days that a word means, the last one excluded. Weeks begin on Sunday, fiscal years in January."""
    one = timedelta(1)
    match word:
        case "LAST_90_DAYS":
            return today - 90 * one, today + one
        case "NEXT_90_DAYS":
            return today + one, today + 91 * one
        case "LAST_N_DAYS":
            return today - (n or 0) * one, today + one
        case "NEXT_N_DAYS":
            return today + one, today + ((n or 0) + 1) * one
        case _:
            pass
    simple = {"YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
    if word in simple:
        return today + simple[word] * one, today + (simple[word] + 1) * one
    if word.endswith("_AGO"):
        unit = word.removeprefix("N_").removesuffix("_AGO")
        return _unit(unit, today, -(n or 0), 1)
    for prefix, step in (("LAST_N_", -1), ("NEXT_N_", 1)):
        if word.startswith(prefix):
            unit, count = word.removeprefix(prefix), n or 0
            return _unit(unit, today, -count if step < 0 else 1, count)
    for prefix, step in (("LAST_", -1), ("THIS_", 0), ("NEXT_", 1)):
        if word.startswith(prefix):
            return _unit(word.removeprefix(prefix) + "S", today, step, 1)
    raise ValueError(word)


def _unit(unit: str, today: date, steps: int, count: int) -> tuple[date, date]:
    """So many units, the first of them so many after the one that today is in."""
    if unit == "DAYS":
        return today + timedelta(steps), today + timedelta(steps + count)
    if unit == "WEEKS":
        sunday = today - timedelta((today.weekday() + 1) % 7)
        return sunday + timedelta(7 * steps), sunday + timedelta(7 * (steps + count))
    width = {"MONTHS": 1, "QUARTERS": 3, "YEARS": 12}[unit.removeprefix("FISCAL_")]
    months = today.year * 12 + today.month - 1
    first = months - months % width + steps * width
    return _month(first), _month(first + count * width)


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
