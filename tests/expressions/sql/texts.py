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
_DOUBLES = ["SQRT", "EXP", "LN", "LOG", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN"]
_CLOCKS = ["HOUR", "MINUTE", "SECOND", "MILLISECOND"]
_YEARS = st.sampled_from(["2024", "1900", "0", "9999", "10000", "YEAR(Closes)", "Units", "2000 + Units", "Amount"])
_PARTS = st.sampled_from(["1", "2", "12", "13", "0", "29", "30", "31", "MONTH(Closes)", "DAY(Closes)", "Units", "Fine"])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_quotes = st.sampled_from([_quoted(text) for text in [*TEXTS, "", "ACME", "won", "zero"]])
_instants = st.sampled_from(["2023-11-05T05:30:00Z", "2023-03-12T03:00:00-04:00", "2019-12-31T00:00:00Z"])
_days = st.sampled_from(DAYS)
_ids = st.sampled_from(["Id", "FirmId", "LEFT(Id, 15)", "Firm.Mother.Id", "'0010000000AbCdE'"])
_given = st.sampled_from(["Name", "Code", "TEXT(Units)"])


def _said(texts: list[str]) -> Texts:
    """Texts in quotes, and some put together with a field so that no engine knows them beforehand."""
    quoted = st.sampled_from(texts).map(_quoted)
    return quoted | quoted.map(lambda text: f"(LEFT(Code, 0) & {text})") | _given


_written_days = _said([
    "2024-02-29", "2023-02-29", "2024-2-9", "2024/2/9", "2024年2月9日", "1699-12-31", "4000-12-31", "4001-01-01", "",
    " 2024-01-31 ", "2024-01-31 00:00", "2024-01-31T0:00:00.000", "2024-01-31 00:01", "2024-13-01", "24-01-01",
    "2024-1/2", "2024-04-31",
])  # fmt: skip
_written_moments = _said([
    "2024-02-29 12:30:45", "2024-02-29T12:30:45.123456Z", "2024-2-9 1:2:3", "2024-02-09 24:00:00", "2024-02-09", "x",
    "2024-02-09T23:59+09:00", "2024-02-09 23:59:59 -0530", "2024-02-09T00:00:00,5+14", "2024-02-09 1:2", " ",
    "2024-02-09T1:2:3", "2024-02-09 12:30:45.123456000", "2024-02-09 12:30:45.1234567", "1699-12-31 23:00:00",
    "2024-02-09 12:30:45 Z",
])  # fmt: skip
_written_times = _said([
    "12:30", "1:02", "23:59:59", "23:59:59.999", "00:00:00,5", "12:30:45.1234", "12:30:45.1230", "24:00", "9:5",
    "12:30Z", " 7:00 ",
])  # fmt: skip


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
        _fill("{}({}, {})", st.sampled_from(["BEGINS", "ENDS", "LIKE"]), text, text),
        _fill("IN({}, {}, {}, null)", text, text, text),
        _fill("IN({}, {}, {})", number, number, number),
        _fill("ISNULL({})", number | text | day),
        _fill("{} LIKE {}", text, text),
        _fill("ISNUMBER({})", text),
        _fill("FirmId = LEFT(Id, {})", st.sampled_from(["15", "18", "3"])),
        _fill("{} {} {}", _times(deep - 1), _COMPARE, _times(deep - 1)),
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
        _fill("FIND({}, {}, {})", text, text, inner),
        _fill("({} ^ {})", inner, st.sampled_from(["2", "0", "3", "-1", "-2", "0.5", "7", "200", "201"]) | inner),
        _fill("{}({}, {})", st.sampled_from(["ROUND", "TRUNC"]), inner, inner),
        _fill("{}({})", st.sampled_from(_DOUBLES), inner),
        _fill("ATAN2({}, {})", inner, inner),
        st.sampled_from(["PI()", "PICKLISTCOUNT(Tags)"]),
        _fill("VALUE({})", text),
        _fill("VALUE(TEXT({}))", inner),
        _fill("ASCII({})", text),
        _fill("IFERROR({}, {})", inner, inner),
        _fill("CASE({}, {}, {}, {}, {}, {})", text, text, inner, text, inner, inner),
        _fill("CASE(Id, LEFT(Id, 15), {}, {})", inner, inner),
        _fill("{}({})", st.sampled_from(["ISOWEEK", "ISOYEAR"]), day | _moments(deep - 1)),
        _fill("{}({})", st.sampled_from(_CLOCKS), _times(deep - 1) | _moments(deep - 1)),
        _fill("({} - {})", _times(deep - 1), _times(deep - 1)),
        _fill("UNIXTIMESTAMP({})", _moments(deep - 1) | _times(deep - 1) | day),
        _fill("IFS({}, {}, {}, {}, {})", flag, inner, flag, inner, inner),
        _fill(
            "DISTANCE(GEOLOCATION({}, {}), GEOLOCATION({}, 7), '{}')",
            inner,
            inner,
            inner,
            st.sampled_from(["km", "MI"]),
        ),
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
        _fill("{}({})", st.sampled_from(["UPPER", "LOWER", "TRIM", "INITCAP"]), inner),
        _fill("{}({}, {})", st.sampled_from(["UPPER", "LOWER"]), inner, st.sampled_from(["'tr_TR'", "'en'", "Name"])),
        _fill("{}({}, {})", st.sampled_from(["LEFT", "RIGHT"]), inner, count),
        _fill("MID({}, {}, {})", inner, count, count),
        _fill("SUBSTITUTE({}, {}, {})", inner, inner, inner),
        _fill("TEXT({})", number | day),
        _fill("TEXT({})", st.just("Stage")),
        _fill("IF({}, {}, {})", _flags(deep - 1, condition=condition), inner, inner),
        _fill("BLANKVALUE({}, {})", inner, inner),
        _fill("CASE({}, {}, {}, {})", number, number, inner, inner),
        _fill("SUBSTR({}, {}, {})", inner, count, count),
        _fill("SUBSTR({}, {})", inner, count | number),
        _fill("{}({}, {}, {})", st.sampled_from(["LPAD", "RPAD"]), inner, count, inner),
        _fill("{}({}, {})", st.sampled_from(["LPAD", "RPAD"]), inner, count),
        _fill("REVERSE({})", inner),
        _fill("CHR({})", number | st.sampled_from(["65", "8364", "128512", "55296", "Units"])),
        _fill("HYPERLINK({}, {}, {})", inner, inner, inner),
        _fill("IMAGE({}, {}, {})", inner, inner, number),
        _fill(
            "CASESAFEID({})",
            _ids | inner,
        ),
        st.sampled_from(["(Id & Name)", "('#' & FirmId)", "BR()"]),
        _fill("IFERROR({}, {})", inner, inner),
        _fill("FORMATDURATION({}, {})", number, _flags(deep - 1, condition=condition)),
        _fill("FORMATDURATION({})", number),
        _fill("FORMATDURATION({}, {})", _moments(deep - 1), _moments(deep - 1)),
        _fill("FORMATDURATION({}, {})", _times(deep - 1), _times(deep - 1)),
        _fill("TEXT({})", _times(deep - 1) | _moments(deep - 1)),
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
        _fill("ADDMONTHS({}, {})", leaves, number | st.sampled_from(["1", "-1", "12", "-13", "0", "-1900"])),
        _fill("DATE({}, {}, {})", _YEARS, _PARTS, _PARTS),
        _fill("DATEVALUE({})", _written_days),
        _fill("DATEVALUE(TEXT({}))", leaves),
        _fill("IFERROR({}, {})", leaves, leaves),
        _fill("IFERROR(DATE({}, {}, {}), {})", _YEARS, _PARTS, _PARTS, leaves),
    )


def _moments(deep: int) -> Texts:
    leaves = st.sampled_from(["Seen", "NOW()", "CreatedDate"]) | _instants
    if deep <= 0:
        return leaves
    number = st.sampled_from(["1", "-0.5", "0.000005", "Units", "Fine", "Amount", "1 / 3"])
    return st.one_of(
        leaves,
        _fill("({} {} ({}))", leaves, st.sampled_from("+-"), number),
        _fill("ADDMONTHS({}, {})", leaves, number),
        _fill("FROMUNIXTIME({})", number | st.sampled_from(["1700000000", "-62135596801", "253402300800"])),
        _fill("DATETIMEVALUE({})", st.sampled_from(_DATES) | _written_moments),
        _fill("DATETIMEVALUE(TEXT({}))", leaves),
    )


def _times(deep: int) -> Texts:
    leaves = st.sampled_from(["TIMEVALUE(Seen)", "TIMENOW()", "TIMEVALUE('23:59:59.999')", "TIMEVALUE('0:00')"])
    if deep <= 0:
        return leaves
    number = st.sampled_from(["1", "-0.5", "86399999", "Units", "Fine", "Amount", "1 / 3", "-3600000"])
    return st.one_of(
        leaves,
        _fill("({} {} ({}))", leaves, st.sampled_from("+-"), number),
        _fill("TIMEVALUE({})", _written_times),
        _fill("TIMEVALUE(TEXT({}))", leaves),
    )


def formulas(deep: int = 3) -> Texts:
    """Formulas of every kind."""
    return st.one_of(
        _numbers(deep, condition=False),
        _strings(deep, condition=False),
        _dates(deep, condition=False),
        _moments(deep),
        _times(deep),
        _flags(deep, condition=False),
    )
