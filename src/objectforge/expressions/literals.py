"""Literal tokens to the nodes that hold their values: texts, numbers, dates, times and date words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from objectforge.errors.issue import suggest
from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
from objectforge.expressions.lexer import Token
from objectforge.expressions.syntax import DateLiteral, DateTimeLiteral, DateWord, Number, Text, TimeLiteral
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.values.text import storable

__all__ = ["read_counted", "read_date", "read_datetime", "read_number", "read_pattern", "read_text", "read_time"]

_ESCAPE = re.compile(
    r"\\(u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2} | u[0-9A-Fa-f]{4} | .)", re.DOTALL | re.VERBOSE
)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_ESCAPES = {
    **_CONTROLS,
    **{letter.upper(): char for letter, char in _CONTROLS.items()},
    **{char: char for char in "\"'\\%_"},
}
_KEPT_IN_PATTERNS = frozenset("%_\\")

_DATETIME = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?",
    re.ASCII | re.IGNORECASE,
)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z)?", re.ASCII | re.IGNORECASE)
_DIGITS_OF_N = 6


def read_text(token: Token) -> Text:
    r"""A text with its escapes resolved: `\n \r \t \b \f \" \' \\ \u00e9`, and `\%` and `\_` as the bare sign."""
    raw = token.text[1:-1]
    return Text(_unescape(raw, token.start, pattern=False) if "\\" in raw else raw, token.start, token.end)


def read_pattern(source: str, start: int, end: int) -> Text:
    r"""The text literal at `source[start:end]` as a LIKE pattern: `\%`, `\_` and `\\` stay two characters.

    So a backslash in a pattern's value always escapes the character after it.
    """
    return Text(_unescape(source[start + 1 : end - 1], start, pattern=True), start, end)


def _unescape(raw: str, start: int, *, pattern: bool) -> str:
    def replace(match: re.Match[str]) -> str:
        char = match[1]
        if len(char) > 1 and storable(found := _character(char)):  # NUL and half of a pair are no characters
            return found
        if char not in _ESCAPES:
            at = start + 1 + match.start()
            hint = r"""write \\ for a backslash; known escapes: \n \r \t \b \f \" \' \\ \% \_ \u00e9"""
            raise ExpressionSyntaxError("OF304", f"unknown escape '\\{char}' in a text", at, at + len(match[0]), hint)
        return match[0] if pattern and char in _KEPT_IN_PATTERNS else _ESCAPES[char]

    return _ESCAPE.sub(replace, raw)


def _character(written: str) -> str:
    r"""The character of `u00e9`, or of the two halves `ud83d\ude00`, as programs in Java write those above FFFF."""
    units = [int(digits, 16) for digits in re.split(r"\\?u", written)[1:]]
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "surrogatepass")


def read_number(token: Token) -> Number:
    """An exact number, with as many places as were written."""
    return Number(Decimal(token.text), token.start, token.end)


def read_date(token: Token) -> DateLiteral:
    """A calendar day, written year-month-day with four, two and two digits."""
    return DateLiteral(_day(token, token.text), token.start, token.end)


def read_datetime(token: Token) -> DateTimeLiteral:
    """An instant: a day, T, a time of day, and its zone as Z or an offset."""
    found = _DATETIME.fullmatch(token.text)
    if found is None:
        raise _wrong(token, f"'{token.text}' is not a date and time", "write it like 2026-04-01T09:00:00Z")
    day, hour, minute, second, fraction, zulu, sign, offset_hours, offset_minutes = found.groups()
    on = _day(token, day)
    at = _clock(token, hour, minute, second, fraction)
    if zulu:
        zone = UTC
    elif sign:
        offset = timedelta(hours=int(offset_hours), minutes=int(offset_minutes))
        if offset > timedelta(hours=14) or int(offset_minutes) > 59:
            raise _wrong(token, f"there is no time zone {sign}{offset_hours}:{offset_minutes}", "write it like +09:00")
        zone = timezone(-offset if sign == "-" else offset)
    else:
        hint = f"write {token.text}Z for UTC, or an offset such as {token.text}+09:00"
        raise _wrong(token, f"the time zone is missing after '{token.text}'", hint)
    instant = datetime.combine(on, at, zone)
    try:
        instant.astimezone(UTC)
    except OverflowError as past:
        raise _wrong(token, f"the calendar has no moment '{token.text}'", "in UTC years go from 0001 to 9999") from past
    return DateTimeLiteral(instant, token.start, token.end)


def read_time(token: Token) -> TimeLiteral:
    """A time of day, which ends in Z."""
    found = _TIME.fullmatch(token.text)
    if found is None:
        raise _wrong(token, f"'{token.text}' is not a time of day", "write it like 12:30:00Z")
    hour, minute, second, fraction, zulu = found.groups()
    at = _clock(token, hour, minute, second, fraction)
    if not zulu:
        raise _wrong(token, f"a time of day ends in Z, found '{token.text}'", f"write {at.isoformat()}Z")
    return TimeLiteral(at, token.start, token.end)


def read_counted(token: Token) -> DateWord:
    """A date word with its number, `LAST_N_DAYS:30`.

    Raises:
        ExpressionSyntaxError: there is no such word, it takes no number, or the number is none.
    """
    before, _, after = token.text.rpartition(":")
    name, digits = before.partition("/*")[0].strip(), after.strip()
    word = name.upper()
    if word in COUNTED_WORDS:
        if re.fullmatch(r"[0-9]+", digits) and len(digits) <= _DIGITS_OF_N:
            return DateWord(word, int(digits), token.start, token.end)
        message = f"a whole number of at most {_DIGITS_OF_N} digits follows '{name}:', found '{digits[:20]}'"
        raise ExpressionSyntaxError("OF315", message, token.start, token.end, f"write {word}:30")
    if word in PLAIN_WORDS:
        raise ExpressionSyntaxError("OF315", f"'{name}' takes no number", token.start, token.end, f"write {word}")
    hint = suggest(word, sorted(COUNTED_WORDS), what="known words", limit=0)
    raise ExpressionSyntaxError("OF315", f"no date word '{name}' takes a number", token.start, token.end, hint)


def _day(token: Token, text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        hint = "write year-month-day with two digits each, 2026-04-01; spaces make it a subtraction: 2026 - 4 - 1"
        raise _wrong(token, f"'{text}' is not a date", hint)
    try:
        return date.fromisoformat(text)
    except ValueError:
        hint = "write year-month-day, for example 2026-04-01"
        raise _wrong(token, f"the calendar has no day '{text}'", hint) from None


def _clock(token: Token, hour: str, minute: str, second: str | None, fraction: str | None) -> time:
    try:
        return time(int(hour), int(minute), int(second or 0), int((fraction or "0")[:6].ljust(6, "0")))
    except ValueError:
        hint = "hours run from 00 to 23, minutes and seconds from 00 to 59"
        raise _wrong(token, f"the clock has no time '{token.text}'", hint) from None


def _wrong(token: Token, message: str, hint: str) -> ExpressionSyntaxError:
    return ExpressionSyntaxError("OF306", message, token.start, token.end, hint)
