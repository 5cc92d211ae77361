"""The 44 words that name a day or a range of days relative to today, as SOQL spells them."""

from __future__ import annotations

__all__ = ["COUNTED_WORDS", "DATE_WORDS", "PLAIN_WORDS"]

_UNITS = ("WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR")

PLAIN_WORDS = frozenset(
    {"YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS"}
    | {f"{when}_{unit}" for when in ("LAST", "THIS", "NEXT") for unit in _UNITS}
)
"""The words that stand alone: `TODAY`, `THIS_FISCAL_QUARTER`."""

COUNTED_WORDS = frozenset(
    word for unit in ("DAY", *_UNITS) for word in (f"LAST_N_{unit}S", f"NEXT_N_{unit}S", f"N_{unit}S_AGO")
)
"""The words that take a whole number after a colon: `LAST_N_DAYS:30`."""

DATE_WORDS = PLAIN_WORDS | COUNTED_WORDS
"""All 44 of them."""
