from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from deal_scope import D, formula

from objectforge.expressions.functions.registry import FUNCTIONS

ID18 = "001000000000001AAA"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (D(3), "ABS(-3)"),
        (D("2.35"), "ROUND(2.345, 2)"),
        (D("-2.35"), "ROUND(-2.345, 2)"),
        (D(1200), "ROUND(1234, -2)"),
        (D("2.34"), "TRUNC(2.349, 2)"),
        (D(1200), "TRUNC(1234, -2)"),
        (D(-1), "FLOOR(-1.3)"),
        (D(-2), "CEILING(-1.3)"),
        (D(-2), "MFLOOR(-1.3)"),
        (D(-1), "MCEILING(-1.3)"),
        (D(1), "CEILING(1 / 9 * 9)"),
        (D(-1), "MOD(-101, 10)"),
        (D("0.5"), "MOD(100.5, -10)"),
        (None, "MOD(5, 0)"),
        (D(1), "MIN(3, 1, 2)"),
        (D(3), "MAX(3, 1, 2)"),
        (D(8), "2 ^ 3"),
        (D("0.125"), "2 ^ -3"),
        (None, "0 ^ -1"),
        (None, "64 ^ 64"),
        (None, "10 ^ 39"),
        (D("1.5"), "2.25 ^ 0.5"),
        (D(3), "SQRT(9)"),
        (D(2), "LOG(100)"),
        (None, "LN(0)"),
        (D(0), "SIN(0)"),
        ("ab", "LEFT('abc', 2)"),
        (None, "LEFT('abc', -1)"),
        ("bc", "RIGHT('abc', 2)"),
        ("b", "MID('abc', 2, 1)"),
        ("bc", "SUBSTR('abc', -2)"),
        (D(3), "LEN('abc')"),
        (D(0), "LEN(Name)"),
        ("xxabc", "LPAD('abc', 5, 'x')"),
        ("ab", "RPAD('abc', 2, 'x')"),
        ("ÀB", "UPPER('àb')"),
        ("İI", "UPPER('iı', 'tr_TR')"),
        ("iı", "LOWER('İI', 'az')"),
        ("Ab Cd", "INITCAP('aB cD')"),
        ("1ab _Cd", "INITCAP('1aB _cD')"),
        ("abc", "TRIM('  abc ')"),
        ("cba", "REVERSE('abc')"),
        ("axc", "SUBSTITUTE('abc', 'b', 'x')"),
        (D(2), "FIND('b', 'abcb')"),
        (D(4), "FIND('b', 'abcb', 3)"),
        (True, "CONTAINS('abc', 'b')"),
        (True, "CONTAINS('abc', Name)"),
        (False, "CONTAINS(Name, 'abc')"),
        (True, "BEGINS('abc', 'ab')"),
        (True, "ENDS('abc', 'bc')"),
        (False, "ENDS(Name, 'c')"),
        (True, "LIKE('abc', 'a_c%')"),
        (False, "LIKE('Abc', 'a%')"),
        (True, r"LIKE('5%', '_\%')"),
        (True, "REGEX('abc', '[a-c]+')"),
        (False, "REGEX('abcd', '[a-c]+')"),
        (D(97), "ASCII('abc')"),
        ("A", "CHR(65)"),
        ("1.5", "TEXT(1.50)"),
        ("2026-04-16", "TEXT(TODAY())"),
        ("2026-04-15 16:30:00Z", "TEXT(NOW())"),
        ("12:30:00.000", "TEXT(TIMEVALUE('12:30:00'))"),
        (D("1.5"), "VALUE(' 1.5 ')"),
        (None, "VALUE('one')"),
        (True, "ISNUMBER('1.5')"),
        (False, "ISNUMBER('one')"),
        ("5", "JSONVALUE('{\"a\": 5}', 'a')"),
        (None, "JSONVALUE('{\"a\": \"\\\\ud800\"}', 'a')"),
        ('<a href="http://x">y &amp; z</a>', "HYPERLINK('http://x', 'y & z')"),
        ('<a href="/?a=1&b=2" target="_blank">x</a>', "HYPERLINK('/?a=1&b=2', 'x', '_blank')"),
        (
            '<a href="/x"><img src="/y?a&b" alt="&lt;" height="5" width="0"/></a>',
            "HYPERLINK('/x', IMAGE('/y?a&b', '<', 5, 0))",
        ),
        (
            '<a href="/x"><img src="/y" alt=""/> go</a>',
            "HYPERLINK('/x', IF(ISBLANK(Name), IMAGE('/y', '') & ' go', null))",
        ),
        ('<a href="/x">&lt;img src="y"/&gt;</a>', "HYPERLINK('/x', '<img src=\"y\"/>')"),
        (date(2026, 4, 16), "TODAY()"),
        (date(2024, 2, 29), "ADDMONTHS(DATE(2024, 1, 31), 1)"),
        (date(2024, 3, 31), "ADDMONTHS(DATE(2024, 2, 29), 1)"),
        (date(2026, 4, 16), "DATEVALUE(NOW())"),
        (date(2026, 1, 2), "DATEVALUE('2026-01-02')"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "DATETIMEVALUE('2026-01-02 03:04:05')"),
        (D(2026), "YEAR(TODAY())"),
        (D(5), "WEEKDAY(TODAY())"),
        (D(16), "ISOWEEK(TODAY())"),
        (D(106), "DAYOFYEAR(TODAY())"),
        (D(1), "HOUR(NOW())"),
        (D(30), "MINUTE(TIMENOW())"),
        (time(1, 30), "TIMEVALUE(NOW())"),
        (datetime(1970, 1, 1, 0, 1, tzinfo=UTC), "FROMUNIXTIME(60)"),
        (D(60), "UNIXTIMESTAMP(FROMUNIXTIME(60.9))"),
        (D(1_112_659_200), "UNIXTIMESTAMP(DATE(2005, 4, 5))"),
        (D(29), "UNIXTIMESTAMP(TIMEVALUE('00:00:29.345'))"),
        (time(1, 0), "TIMEVALUE('23:00:00') + 2 * 60 * 60 * 1000"),
        (time(12, 0), "TIMEVALUE('12:00:00') + 10 * 24 * 60 * 60 * 1000"),
        (None, "TIMEVALUE('01:00:00') - 2 * 60 * 60 * 1000"),
        (None, "TIMEVALUE('12:00:00Z')"),
        ("1:01:01:01", "FORMATDURATION(90061, true)"),
        (True, "ISPICKVAL(Stage, '')"),
        (True, "IN(2, 1, 2, 3)"),
        (False, "IN(Name, '', Name)"),
        (True, "IN(Amount, 0)"),
        ("b", "IFS(1 = 2, 'a', 2 = 2, 'b', 'c')"),
        ("c", "IFS(null, 'a', CloseDate > TODAY(), 'b', 'c')"),
        (False, "AND(true, null)"),
        (True, "NOT(AND(true, CloseDate > TODAY()))"),
        (False, "OR(CloseDate > TODAY(), null)"),
        (None, "NOT(CloseDate > TODAY())"),
        (True, "ISBLANK(CloseDate)"),
        (False, "ISNULL(Name)"),
        (False, "ISNULL(IF(true, null, 'x'))"),
        ("x", "BLANKVALUE(Name, 'x')"),
        (None, "NULLVALUE(Name, 'x')"),
        (D(7), "NULLVALUE(1 / 0, 7)"),
        (ID18, "CASESAFEID('001000000000001')"),
        (False, "ISCLONE()"),
        (D("3.141592653589793"), "ATAN2(0 * -1, -1)"),
        (
            "2777777777777777769444444444444444444444:36:40",
            "FORMATDURATION(9999999999999999969999999999999999999999 * 1000 + 1600)",
        ),
        (None, "TIMEVALUE('01:14:23.3456')"),
        (None, "CHR(0.5)"),
        (None, "IFERROR(CHR(55296), 'x')"),
        (D(0), "PICKLISTCOUNT(Tags)"),
    ],
)
def test_a_function_gives(expected: Any, text: str) -> None:
    assert formula(text) == expected


def test_a_distance_is_right_to_a_kilometre() -> None:
    found = formula("DISTANCE(GEOLOCATION(35.68, 139.77), GEOLOCATION(34.69, 135.50), 'km')")
    assert isinstance(found, Decimal)
    assert round(found) == 403


def test_every_function_says_how_it_is_written() -> None:
    assert len(FUNCTIONS) > 70
    for name, function in FUNCTIONS.items():
        assert function.usage.startswith(f"{name}(")
        assert function.summary.endswith(".")
