"""A name, or digits, that is nearly a date word or a date to the one that was meant."""

from __future__ import annotations

import re
from datetime import date

from objectforge.errors.issue import closest
from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS

__all__ = ["near_date", "near_date_word"]

_BEGINNINGS = {
    "CURRENT_": "THIS_", "PREVIOUS_": "LAST_", "PREV_": "LAST_", "PRIOR_": "LAST_", "PAST_": "LAST_",
    "COMING_": "NEXT_", "FOLLOWING_": "NEXT_", "UPCOMING_": "NEXT_",
}  # fmt: skip
_COUNTED = re.compile(r"(LAST|NEXT)_(\d+)_([A-Z_]+?)S?")
_AGO = re.compile(r"(\d+)_([A-Z_]+?)S?_AGO")
_NOW = frozenset({"NOW", "CURRENT_TIMESTAMP", "SYSDATE", "GETDATE"})
_POINTS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def near_date_word(text: str) -> str | None:
    """The date word to type for `THIS_MONTHS`, `CURRENT_MONTH` or `LAST 30 DAYS`; None where nothing is near."""
    word = "_".join(text.upper().replace("-", " ").replace("_", " ").split())
    if word in _NOW:
        return "NOW()"
    for beginning, meant in _BEGINNINGS.items():
        if word.startswith(beginning):
            word = meant + word.removeprefix(beginning)
    word = {"THIS_DAY": "TODAY", "THIS_DATE": "TODAY", "LAST_DAY": "YESTERDAY", "NEXT_DAY": "TOMORROW"}.get(word, word)
    if word in PLAIN_WORDS:
        return word
    for pattern, shape in ((_COUNTED, r"\1_N_\3S:\2"), (_AGO, r"N_\2S_AGO:\1")):
        match = pattern.fullmatch(word)
        if match and (found := match.expand(shape)).partition(":")[0] in COUNTED_WORDS:
            return found
    if word in COUNTED_WORDS:
        return f"{word}:30"
    if (singular := word.removesuffix("S")) in PLAIN_WORDS:
        return singular
    near = closest(word, sorted(PLAIN_WORDS | COUNTED_WORDS)) if "_" in word or len(word) > 4 else None
    return f"{near}:30" if near in COUNTED_WORDS else near


def near_date(text: str) -> str | None:
    """The date to type for `01.12.2026`, day first, or `12/01/2026`, month first; None where it is no date."""
    found = _POINTS.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    month, day = (first, second) if "/" in text and first <= 12 else (second, first)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
