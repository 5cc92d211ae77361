"""A reader's locale: how numbers, money, dates and times are shown, and which of several labels is read.

The formats are CLDR's, through Babel.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from functools import lru_cache
from zoneinfo import ZoneInfo

import babel
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import NumberPattern, get_currency_precision

from objectforge.values.instants import local_datetime
from objectforge.values.numbers import places, round_half_away

__all__ = ["Locale", "is_locale", "pick_label"]

_FALLBACK = "en"
# Babel computes in the context in force, and Python's rounds to 28 digits.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Locale:
    """A language, perhaps with a country, in the form `ja` or `ja_JP`; `Locale.parse` checks what users write."""

    code: str

    @classmethod
    def parse(cls, code: str) -> Locale:
        """Check a code; `ja-jp` becomes `ja_JP`.

        Raises:
            ValueError: there is no such locale.
        """
        return cls(str(_known(code)))

    def number(self, value: Decimal | int, scale: int | None = None) -> str:
        """Show a number with the locale's separators: as many places as it has, or always `scale` of them."""
        number = Decimal(value) if scale is None else round_half_away(Decimal(value), scale)
        pattern = _pattern(self.code, "number", scale or 0, places(number) if scale is None else scale)
        return _apply(pattern, number, self.code)

    def percent(self, value: Decimal | int, scale: int | None = None) -> str:
        """Show 20 as 20%, with as many places as it has, or always `scale` of them."""
        number = Decimal(value) if scale is None else round_half_away(Decimal(value), scale)
        pattern = _pattern(self.code, "percent", scale or 0, places(number) if scale is None else scale)
        return _apply(pattern, number, self.code)

    def currency(self, value: Decimal | int, currency: str) -> str:
        """Show an amount with its currency's sign and usual places; further places that hold digits stay."""
        number = Decimal(value)
        least = get_currency_precision(currency)
        # With 1 or 2 further digits the yen would look like another currency's cents: shown, but never padded.
        return _apply(_pattern(self.code, "currency", least, max(least, places(number))), number, self.code, currency)

    def date(self, value: dt.date) -> str:
        """Show a date: `Apr 1, 2026`, `2026/04/01`."""
        return format_date(value, "medium", _known(self.code))

    def time(self, value: dt.time) -> str:
        """Show a time of day, its seconds only where it has any."""
        return format_time(value, "medium" if value.second else "short", locale=_known(self.code))

    def datetime(self, instant: dt.datetime, zone: ZoneInfo) -> str:
        """Show an aware datetime as the clocks of a zone do."""
        local = local_datetime(instant, zone)
        joined = str(_known(self.code).datetime_formats["medium"]).replace("'", "")
        return joined.replace("{1}", self.date(local)).replace("{0}", self.time(local.time()))

    def month_and_year(self, value: dt.date) -> str:
        """Show a month: `April 2026`, `2026年4月`."""
        return format_skeleton("yMMMM", value, locale=_known(self.code))

    def month_name(self, number: int) -> str:
        """Name a month, 1 for January."""
        return str(_known(self.code).months["stand-alone"]["wide"][number])

    def day_name(self, number: int) -> str:
        """Name a day of the week, 1 for Sunday."""
        return str(_known(self.code).days["stand-alone"]["wide"][(number - 2) % 7])


def is_locale(code: str) -> bool:
    """Whether a code is one of a locale: a language, perhaps with a script and a country."""
    try:
        _known(code)
    except ValueError:
        return False
    return True


def pick_label(labels: str | Mapping[str, str], locale: Locale) -> str:
    """Choose a label for a reader: of `ja_JP`, of `ja`, in English, or the first there is.

    Raises:
        ValueError: there is no label at all.
    """
    if isinstance(labels, str):
        return labels
    by_code = {_code_key(code): label for code, label in labels.items()}
    for code in _wider(_code_key(locale.code)):
        if code in by_code:
            return by_code[code]
    for label in labels.values():
        return label
    raise ValueError("a label is needed, in one language at least")


def _wider(code: str) -> Iterator[str]:
    parts = code.split("_")
    for length in range(len(parts), 0, -1):
        yield "_".join(parts[:length])
    yield _FALLBACK


def _code_key(code: str) -> str:
    return code.replace("-", "_").lower()


@lru_cache(maxsize=64)
def _known(code: str) -> babel.Locale:
    try:
        return babel.Locale.parse(code.replace("-", "_"))
    except (babel.UnknownLocaleError, ValueError, TypeError) as unknown:
        raise ValueError(f"there is no locale {code!r}; en, ja and pt_BR are some") from unknown


@lru_cache(maxsize=512)
def _pattern(code: str, kind: str, least: int, most: int) -> NumberPattern:
    """Return CLDR's pattern for numbers, percents or amounts, with so many places; Babel's own copies are shared."""
    known = _known(code)
    match kind:
        case "percent":
            shared = known.percent_formats[None]
        case "currency":
            shared = known.currency_formats["standard"]
        case _:
            shared = known.decimal_formats[None]
    pattern = copy.copy(shared)
    pattern.frac_prec = (least, most)
    pattern.scale = 0  # a percent here already counts in hundredths
    return pattern


def _apply(pattern: NumberPattern, value: Decimal, code: str, currency: str | None = None) -> str:
    with localcontext(_EXACT):
        return pattern.apply(value, _known(code), currency=currency, currency_digits=False)
