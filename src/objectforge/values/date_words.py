"""Date words, `TODAY` or `LAST_N_DAYS:30`: each becomes the days it means, seen from a given day.

The forty-four words and their ranges are SOQL's date literals, as its reference has them
under "Date Formats and Date Literals in WHERE".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from objectforge.values.periods import Calendar, Period, Unit, clamped, unit_at

__all__ = ["DATE_WORDS", "DateWordRule", "resolve"]


@dataclass(frozen=True, slots=True)
class DateWordRule:
    """A range of whole units around the one that holds today.

    It starts `first + first_n * n` units from there and ends before the one `end + end_n * n` units from there.
    """

    unit: Unit
    first: int = 0
    end: int = 1
    first_n: int = 0
    end_n: int = 0

    @property
    def takes_number(self) -> bool:
        """Tell whether the word needs a number after a colon."""
        return bool(self.first_n or self.end_n)


def _rules() -> dict[str, DateWordRule]:
    day = Unit.DAY
    rules = {
        "YESTERDAY": DateWordRule(day, -1, 0),
        "TODAY": DateWordRule(day, 0, 1),
        "TOMORROW": DateWordRule(day, 1, 2),
        # Ninety days back and today, ninety-one in all; the words that look ahead leave today out.
        "LAST_90_DAYS": DateWordRule(day, -90, 1),
        "NEXT_90_DAYS": DateWordRule(day, 1, 91),
        "LAST_N_DAYS": DateWordRule(day, 0, 1, first_n=-1),
        "NEXT_N_DAYS": DateWordRule(day, 1, 1, end_n=1),
        "N_DAYS_AGO": DateWordRule(day, 0, 1, first_n=-1, end_n=-1),
    }
    for unit in Unit:
        if unit is not day:
            name = unit.value.upper()
            rules[f"LAST_{name}"] = DateWordRule(unit, -1, 0)
            rules[f"THIS_{name}"] = DateWordRule(unit, 0, 1)
            rules[f"NEXT_{name}"] = DateWordRule(unit, 1, 2)
            rules[f"LAST_N_{name}S"] = DateWordRule(unit, 0, 0, first_n=-1)
            rules[f"NEXT_N_{name}S"] = DateWordRule(unit, 1, 1, end_n=1)
            rules[f"N_{name}S_AGO"] = DateWordRule(unit, 0, 1, first_n=-1, end_n=-1)
    return rules


DATE_WORDS: Mapping[str, DateWordRule] = MappingProxyType(_rules())
"""Every word, in capitals, with what it means."""


def resolve(word: str, n: int | None, today: date, calendar: Calendar) -> Period:
    """Return the days that a word means on a day, `today` being the org's local date.

    Days before year 1 and after year 9999 are cut off.

    Raises:
        ValueError: there is no such word, it lacks its number or takes none, or the number is negative.
    """
    rule = DATE_WORDS.get(word.upper())
    if rule is None:
        raise ValueError(f"{word} is not a date word")
    if rule.takes_number is (n is None):
        wanted = "needs a number, such as :30" if n is None else "takes no number"
        raise ValueError(f"{word} {wanted}")
    count = n or 0
    if count < 0:
        raise ValueError(f"the number of {word} cannot be negative")
    first = unit_at(today, rule.unit, calendar, rule.first + rule.first_n * count)
    end = unit_at(today, rule.unit, calendar, rule.end + rule.end_n * count)
    return clamped(Period(first, end))
