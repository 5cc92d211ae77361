from __future__ import annotations

import pytest

from objectforge.errors.codes import CODES
from objectforge.expressions.parser import parse
from objectforge.expressions.syntax_error import ExpressionSyntaxError


@pytest.mark.parametrize(
    ("code", "at", "words", "text"),
    [
        pytest.param("OF301", "", "write one", "", id="empty"),
        pytest.param("OF301", " /* x */ ", "write one", " /* x */ ", id="a comment alone"),
        pytest.param("OF302", "“", "straight quote", "Name = “x”", id="typographic quotes"),
        pytest.param("OF302", "–", "minus sign", "a – b", id="a dash"),
        pytest.param("OF302", "（", "write (", "f（1）", id="a full-width parenthesis"),
        pytest.param("OF302", "\u200b", "delete it", "a\u200b = 1", id="an invisible character"),
        pytest.param("OF302", ";", "delete it", "a = 1;", id="a semicolon"),
        pytest.param("OF302", "{", "without {! }", "{!Amount} > 1", id="a merge field"),
        pytest.param("OF302", ".", "both sides of a dot", "Account..Name", id="two dots"),
        pytest.param("OF302", "?", "IF(condition, a, b)", "a ? b", id="a question mark"),
        pytest.param("OF303", "'x", "close it with '", "f(a, 'x", id="an open text"),
        pytest.param("OF303", "'x\\'", r"write \\", "'x\\'", id="an escaped closing quote"),
        pytest.param("OF304", r"\q", r"write \\", r"a = 'x\q'", id="an unknown escape"),
        pytest.param("OF304", r"\ud800", r"write \\", r"a = '\ud800'", id="half of a surrogate pair"),
        pytest.param("OF304", r"\u0000", r"write \\", r"a = '\u0000'", id="no character at all"),
        pytest.param("OF304", r"\q", r"write \\", r"a LIKE 'x\q'", id="an unknown escape in a pattern"),
        pytest.param("OF305", "1.5e6", "write the number out", "a > 1.5e6", id="an exponent"),
        pytest.param("OF305", "5.", "write 5 or 5.0", "a > 5.", id="a bare point"),
        pytest.param("OF305", "30days", "starts with a letter", "a > 30days", id="a unit"),
        pytest.param("OF306", "2026-4-1", "2026-04-01", "a = 2026-4-1", id="a date with single digits"),
        pytest.param("OF306", "2026/04/01", "2026-04-01", "a = 2026/04/01", id="a date with slashes"),
        pytest.param("OF306", "2026-02-30", "year-month-day", "a = 2026-02-30", id="no such day"),
        pytest.param("OF306", "2026-04-01T09:00:00", "09:00:00Z", "a = 2026-04-01T09:00:00", id="no zone"),
        pytest.param("OF306", "2026-04-01T09:00:00+99:00", "+09:00", "a=2026-04-01T09:00:00+99:00", id="no such zone"),
        pytest.param(
            "OF306", "0001-01-01T00:00:00+09:00", "0001 to 9999", "a = 0001-01-01T00:00:00+09:00", id="before all years"
        ),
        pytest.param("OF306", "12:30:00", "write 12:30:00Z", "a = 12:30:00", id="a time without Z"),
        pytest.param("OF306", "12:61:00Z", "from 00 to 59", "a = 12:61:00Z", id="no such minute"),
        pytest.param("OF307", "/*", "close it with */", "a /* b", id="an open comment"),
        pytest.param("OF308", "=>", "write >=", "a => 1", id="an arrow"),
        pytest.param("OF308", "!==", "write !=", "a !== 1", id="three signs"),
        pytest.param("OF308", "&&&", "AND", "a &&& b", id="three ampersands"),
        pytest.param("OF308", "|", "OR", "a | b", id="a single bar"),
        pytest.param("OF308", "IS", "x = null", "a IS NULL", id="IS NULL"),
        pytest.param("OF308", "BETWEEN", "AND x <= high", "a BETWEEN 1 AND 2", id="BETWEEN"),
        pytest.param("OF308", "THEN", "IF(condition, a, b)", "a = 'x' THEN", id="THEN"),
        pytest.param("OF309", "", "after 'AND'", "a AND", id="a trailing operator"),
        pytest.param("OF309", "AND", "before 'AND'", "AND b", id="a leading operator"),
        pytest.param("OF309", "OR", "delete one", "a AND OR b", id="two words"),
        pytest.param("OF309", "=", "leave the = away", "=Amount", id="the equal sign of a default"),
        pytest.param("OF309", ")", "delete the comma", "f(a,)", id="a trailing comma"),
        pytest.param("OF309", "*", "count()", "count(*)", id="a star"),
        pytest.param("OF310", "a", "IF(condition, a, b)", "IF a > 1", id="IF without parentheses"),
        pytest.param("OF310", "Name", "a name has no spaces", "First Name = 'x'", id="a name with a space"),
        pytest.param("OF310", "'s'", r"write \'", "a = 'it''s'", id="a doubled quote"),
        pytest.param("OF310", ",", "write 1000", "a > 1,000", id="a thousands separator"),
        pytest.param("OF310", "09:00:00", "2026-04-01T09:00:00Z", "a = 2026-04-01 09:00:00", id="a space for the T"),
        pytest.param("OF310", "not", "NOT a = b", "a not = b", id="NOT after the value"),
        pytest.param("OF310", ",", "NOT takes one condition", "NOT(a, b)", id="NOT of two"),
        pytest.param("OF311", "(", "write the )", "f(a", id="an open parenthesis"),
        pytest.param("OF311", ")", "delete it", "a)", id="a stray parenthesis"),
        pytest.param("OF312", "^", "a * (b ^ c)", "a * b ^ c", id="a power after a product"),
        pytest.param("OF312", "/", "(a ^ b) / c", "a ^ b / c", id="a quotient after a power"),
        pytest.param("OF314", "()", "at least one value", "a IN ()", id="an empty list"),
        pytest.param("OF314", "'a'", "write IN ('a')", "a not in 'a'", id="no list"),
        pytest.param("OF314", "AND()", "AND(a, b)", "AND()", id="AND of nothing"),
        pytest.param("OF314", "(", "OR x LIKE", "a LIKE ('x', 'y')", id="a list of patterns"),
        pytest.param("OF315", "LAST_N_DAYS", "LAST_N_DAYS:30", "a = LAST_N_DAYS", id="a date word without its number"),
        pytest.param("OF315", "TODAY:3", "write TODAY", "a = TODAY:3", id="a number too many"),
        pytest.param("OF315", "LAST_N_DAY:3", "'LAST_N_DAYS'", "a = LAST_N_DAY:3", id="a date word misspelt"),
        pytest.param(
            "OF315", "LAST_N_DAY : 3", "LAST_N_DAYS", "a = LAST_N_DAY : 3", id="no date word before the colon"
        ),
        pytest.param("OF302", ":", "LAST_N_DAYS:30", "a = b : 3", id="a number after a field's colon"),
        pytest.param("OF316", ":m.keySet(", ":keyset", "a IN :m.keySet()", id="a bind that calls"),
        pytest.param("OF316", "i", ":ids[0]", "a = :ids[i].Id", id="a place that is no number"),
        pytest.param("OF316", "]", ":ids[0]", "a = :ids[]", id="no place in the brackets"),
        pytest.param("OF315", "LAST_N_DAYS:9999999", "LAST_N_DAYS:30", "a = LAST_N_DAYS:9999999", id="a big number"),
    ],
)
def test_a_mistake_is_named_in_its_place_with_the_edit(code: str, at: str, words: str, text: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    error = caught.value
    assert code == error.code
    assert at == text[error.start : error.end]
    assert error.hint is not None
    assert words in error.hint
    assert code in CODES
    assert code in str(error)
