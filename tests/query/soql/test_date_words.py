"""The forty-four date words against a computation of their own: how many units a day is away from today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from objectforge import Org
from objectforge.values.date_words import DATE_WORDS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN")
NUMBERS = (0, 1, 3)
UNITS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR")
AWAY = (*range(-9, 10), *(sign * days + near for sign in (-1, 1) for days in (30, 60, 90, 91, 182, 274, 365, 731)
                          for near in (-2, -1, 0, 1, 2)))  # fmt: skip


@dataclass(frozen=True)
class Setting:
    zone: str
    week_start: str
    fiscal_start: int
    nows: tuple[str, ...]


SETTINGS = [
    pytest.param(Setting("UTC", "sunday", 1, ("2024-02-29T12:00:00", "2026-12-31T23:59:59")), id="leap day"),
    pytest.param(Setting("America/New_York", "sunday", 2, ("2026-03-08T06:30:00", "2026-11-01T05:30:00")), id="DST"),
    pytest.param(Setting("Asia/Tokyo", "monday", 4, ("2026-03-31T14:59:59", "2026-12-31T15:00:00")), id="year end"),
    pytest.param(Setting("Pacific/Auckland", "saturday", 7, ("2027-06-30T11:00:00", "2028-02-29T10:59:59")), id="June"),
    pytest.param(Setting("America/Santiago", "wednesday", 12, ("2026-09-06T04:00:00", "2026-04-05T03:30:00")),
                 id="no midnight"),
]  # fmt: skip


def number(unit: str, day: date, setting: Setting) -> int:
    """Which of its kind a day is in: units that follow each other have numbers that do."""
    months = day.year * 12 + day.month - 1
    fiscal = months - (setting.fiscal_start - 1)
    match unit:
        case "DAY":
            return day.toordinal()
        case "WEEK":  # the day with the ordinal 1 is a Monday
            return (day.toordinal() - 1 - WEEKDAYS.index(setting.week_start)) // 7
        case "MONTH":
            return months
        case "QUARTER":
            return months // 3
        case "YEAR":
            return months // 12
        case "FISCAL_QUARTER":
            return fiscal // 3
        case _:
            return fiscal // 12


def bounds(word: str, n: int) -> tuple[str, int, int]:
    """The unit of a word, and how far its first and its last one are from today's."""
    special = {"YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
    if word in special:
        return "DAY", special[word], special[word]
    if word in ("LAST_90_DAYS", "NEXT_90_DAYS"):
        return ("DAY", -90, 0) if word.startswith("LAST") else ("DAY", 1, 90)
    unit = next(unit for unit in reversed(UNITS) if unit in word)
    match word.split("_")[0], "_N_" in word:
        case "N", _:
            return unit, -n, -n
        case "LAST", True:
            return unit, -n, 0 if unit == "DAY" else -1
        case "NEXT", True:
            return unit, 1, n
        case _:
            far = {"LAST": -1, "THIS": 0, "NEXT": 1}[word.split("_")[0]]
            return unit, far, far


def holds(op: str, word: str, n: int, day: date | None, today: date, setting: Setting) -> bool:
    if day is None:
        return op in ("!=", "NOT IN")
    unit, first, last = bounds(word, n)
    away = number(unit, day, setting) - number(unit, today, setting)
    inside = first <= away <= last
    match op:
        case "=" | "IN":
            return inside
        case "!=" | "NOT IN":
            return not inside
        case "<":
            return away < first
        case "<=":
            return away <= last
        case ">":
            return away > last
        case _:
            return away >= first


def instant(day: date, zone: ZoneInfo, number: int) -> datetime:
    """The first or the last moment of a day, where clocks are, or one between."""
    if number % 3 == 0:
        start = datetime.combine(day, time(), zone).astimezone(UTC)
        return start if start.astimezone(zone).date() == day else start + timedelta(hours=1)  # a day without midnight
    if number % 3 == 1:
        return datetime.combine(day, time(23, 59, 59, 999999), zone).astimezone(UTC)
    return datetime.combine(day, time(12), zone).astimezone(UTC)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_date_word_means_its_days(setting: Setting, deploy: Callable[..., Org]) -> None:
    zone = ZoneInfo(setting.zone)
    nows = [datetime.fromisoformat(f"{text}Z") for text in setting.nows]
    clock = [nows[0]]
    org = deploy(
        f"settings: {{org: {{timezone: {setting.zone}, week_start: {setting.week_start}, "
        f"fiscal_year: {{start: {setting.fiscal_start}}}}}}}\n"
        "objects: {Thing: {fields: {Due: date, At: datetime}}}",
        clock=lambda: clock[0],
    )
    days: dict[str, date | None] = {"none": None}
    for day in sorted({now.astimezone(zone).date() + timedelta(away) for now in nows for away in AWAY}):
        days[day.isoformat()] = day
    org["Thing"].create_many(
        {"Name": name, "Due": day, "At": day and instant(day, zone, place)}
        for place, (name, day) in enumerate(days.items())
    )
    turn = count()
    for now in nows:
        clock[0], today = now, now.astimezone(zone).date()
        for word, rule in DATE_WORDS.items():
            number_of = next(turn)
            n, op = NUMBERS[number_of % len(NUMBERS)], OPERATORS[number_of % len(OPERATORS)]
            written = f"{word}:{n}" if rule.takes_number else word
            expected = [name for name, day in days.items() if holds(op, word, n, day, today, setting)]
            told = f"({written})" if op.endswith("IN") else written
            for field in ("Due", "At"):
                found = org.query(f"SELECT Name FROM Thing WHERE {field} {op} {told}")
                assert expected == [row.Name for row in found], f"{field} {op} {written} on {today}"
