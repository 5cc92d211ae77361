"""The date words by how they are written: alone, or with a number after a colon."""

from __future__ import annotations

from objectforge.values.date_words import DATE_WORDS

__all__ = ["COUNTED_WORDS", "PLAIN_WORDS"]

COUNTED_WORDS = frozenset(word for word, rule in DATE_WORDS.items() if rule.takes_number)
"""The words that take a whole number: `LAST_N_DAYS:30`."""

PLAIN_WORDS = DATE_WORDS.keys() - COUNTED_WORDS
"""The words that stand alone: `TODAY`, `THIS_FISCAL_QUARTER`."""
