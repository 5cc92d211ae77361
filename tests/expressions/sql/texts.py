"""Random texts of expressions, each of a kind that is known, over the fields of `world`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from world import DAYS, TEXTS

__all__ = ["conditions", "formulas"]

Texts = st.SearchStrategy[str]
Draw = Any

_NUMBERS = ["Amount", "Fine", "Units", "Share", "Firm.Size", "Firm.Rate", "Firm.Mother.Size", "Net", "Long", "Age"]
_STRINGS = ["Name", "Code", "Stage", "Firm.City", "Firm.Mother.City", "Label", "Firm.Name"]
_DATES = ["Closes", "Firm.Since", "Firm.Mother.Since"]
_FLAGS = ["Won", "Firm.Open", "Late", "Firm.Mother.Open"]
_LITERALS = ["0", "1", "2", "-1", "0.5", "0.005", "1.0049", "3", "100", "12345678901234567890.5", "999999999999999999"]
_WORDS = [
    "TODAY", "YESTERDAY", "TOMORROW", "THIS_WEEK", "LAST_MONTH", "THIS_QUARTER", "THIS_FISCAL_YEAR",
    "LAST_FISCAL_QUARTER", "LAST_N_DAYS:30", "NEXT_N_DAYS:2", "N_DAYS_AGO:1", "THIS_YEAR",
    "LAST_90_DAYS", "N_FISCAL_YEARS_AGO:3",
]  # fmt: skip
_PATTERNS = ["a%", "%e", "A_me", "%", "_", "b\\_c", "%\\%c", "É%", "%日%", "___", "%B%", "\\\\", "%\\\\c", "😀", ""]
_GROUPS = ["'Red'", "'red;BLUE', 'green'", "'none'"]
_COMPARE = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_quotes = st.sampled_from([_quoted(text) for text in [*TEXTS, "", "ACME", "won", "zero"]])
_instants = st.sampled_from(["2023-11-05T05:30:00Z", "2023-03-12T03:00:00-04:00", "2019-12-31T00:00:00Z"])
_days = st.sampled_from(DAYS)


def _fill(template: str, *parts: Texts) -> Texts:
    return st.tuples(*parts).map(lambda found: template.format(*found))


def conditions(deep: int = 2) -> Texts:
    """Conditions: comparisons, lists, patterns, periods, joined."""
    return _flags(deep, condition=True)


def _flags(deep: int, *, condition: bool) -> Texts:
    number, text = _numbers(deep - 1, condition=condition), _strings(deep - 1, condition=condition)
    day, instant = _dates(deep - 1, condition=condition), _moments(deep - 1)
    plain = [
        st.sampled_from(_FLAGS),
        _fill("{} {} {}", number, _COMPARE, number),
        _fill("{} {} {}", text, _COMPARE, text),
        _fill("{} {} {}", day, _COMPARE, day),
        _fill("{} {} {}", instant, _COMPARE, instant),
        _fill("{} {} {}", day | instant, _COMPARE, st.sampled_from(_WORDS)),
        _fill("{} {} null", number | text | day | instant, st.sampled_from(["=", "!="])),
        _fill("{} {} ({}, {}, null)", text, st.sampled_from(["IN", "NOT IN"]), _quotes, _quotes),
        _fill("{} IN ({}, {})", number, st.sampled_from(_LITERALS), st.sampled_from(_LITERALS)),
        _fill("{} NOT IN ({}, {})", day, _days, _days),
        _fill("{} {} '{}'", text, st.sampled_from(["LIKE", "NOT LIKE"]), st.sampled_from(_PATTERNS)),
        _fill("Tags {} ({})", st.sampled_from(["INCLUDES", "EXCLUDES"]), st.sampled_from(_GROUPS)),
        _fill("ISBLANK({})", number | text | day),
        _fill("ISPICKVAL(Stage, {})", _quotes),
        _fill("CONTAINS({}, {})", text, text),
        _fill("BEGINS({}, {})", text, text),
    ]  # fmt: skip
    if condition:
        plain.append(_fill("{} {} {}", instant, _COMPARE, _days))
    if deep <= 0:
        return st.one_of(plain)
    inner = _flags(deep - 1, condition=condition)
    return st.one_of(
        *plain,
        _fill("NOT ({})", inner),
        _fill("({}) AND ({})", inner, inner),
        _fill("({}) OR ({})", inner, inner),
        _fill("AND({}, {})", inner, inner),
        _fill("OR({}, NOT({}), {})", inner, inner, inner),
        _fill("IF({}, {}, {})", inner, inner, inner),
    )


def _numbers(deep: int, *, condition: bool) -> Texts:
    leaves = st.sampled_from(_NUMBERS) | st.sampled_from(_LITERALS)
    if deep <= 0:
        return leaves
    inner, text, day = (make(deep - 1, condition=condition) for make in (_numbers, _strings, _dates))
    flag = _flags(deep - 1, condition=condition)
    places = st.sampled_from(["-2", "0", "1", "3", "20"])
    return st.one_of(
        leaves,
        _fill("({} {} {})", inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        _fill("(-{})", inner),
        _fill("IF({}, {}, {})", flag, inner, inner),
        _fill("BLANKVALUE({}, {})", inner, inner),
        _fill("NULLVALUE({}, {})", inner, inner),
        _fill("CASE({}, {}, {}, {}, {}, {})", inner, inner, inner, inner, inner, inner),
        _fill("CASE({}, {}, {}, {}, {}, {})", text, _quotes, inner, _quotes, inner, inner),
        _fill("{}({}, {})", st.sampled_from(["ROUND", "TRUNC"]), inner, places),
        _fill("{}({})", st.sampled_from(["ABS", "FLOOR", "CEILING", "MFLOOR", "MCEILING"]), inner),
        _fill("{}({}, {})", st.sampled_from(["MIN", "MAX", "MOD"]), inner, inner),
        _fill("{}({})", st.sampled_from(["YEAR", "MONTH", "DAY", "WEEKDAY", "DAYOFYEAR"]), day),
        _fill("({} - {})", day, day),
        _fill("({} - {})", _moments(deep - 1), _moments(deep - 1)),
        _fill("LEN({})", text),
        _fill("FIND({}, {})", text, text),
    )


def _strings(deep: int, *, condition: bool) -> Texts:
    leaves = st.sampled_from(_STRINGS) | _quotes
    if deep <= 0:
        return leaves
    inner, number, day = (make(deep - 1, condition=condition) for make in (_strings, _numbers, _dates))
    count = st.sampled_from(["-1", "0", "1", "2", "3.9", "100", "Units", "LEN(Name)"])
    return st.one_of(
        leaves,
        _fill("({} & {})", inner, inner | number | day),
        _fill("{}({})", st.sampled_from(["UPPER", "LOWER", "TRIM"]), inner),
        _fill("{}({}, {})", st.sampled_from(["LEFT", "RIGHT"]), inner, count),
        _fill("MID({}, {}, {})", inner, count, count),
        _fill("SUBSTITUTE({}, {}, {})", inner, inner, inner),
        _fill("TEXT({})", number | day),
        _fill("TEXT({})", st.just("Stage")),
        _fill("IF({}, {}, {})", _flags(deep - 1, condition=condition), inner, inner),
        _fill("BLANKVALUE({}, {})", inner, inner),
        _fill("CASE({}, {}, {}, {})", number, number, inner, inner),
    )


def _dates(deep: int, *, condition: bool) -> Texts:
    leaves = st.sampled_from(_DATES) | _days | st.just("TODAY()")
    if deep <= 0:
        return leaves
    number = st.sampled_from(["1", "-31", "1.9", "Units", "Amount", "4000000", "Fine", "12345678901234567890"])
    return st.one_of(
        leaves,
        _fill("({} {} {})", leaves, st.sampled_from("+-"), number),
        _fill("DATEVALUE({})", _moments(deep - 1)),
        _fill("IF({}, {}, {})", _flags(deep - 1, condition=condition), leaves, leaves),
        _fill("BLANKVALUE({}, {})", leaves, leaves),
    )


def _moments(deep: int) -> Texts:
    leaves = st.sampled_from(["Seen", "NOW()", "CreatedDate"]) | _instants
    if deep <= 0:
        return leaves
    number = st.sampled_from(["1", "-0.5", "0.000005", "Units", "Fine", "Amount", "1 / 3"])
    return leaves | _fill("({} {} ({}))", leaves, st.sampled_from("+-"), number)


def formulas(deep: int = 3) -> Texts:
    """Formulas of every kind."""
    return st.one_of(
        _numbers(deep, condition=False),
        _strings(deep, condition=False),
        _dates(deep, condition=False),
        _moments(deep),
        _flags(deep, condition=False),
    )
