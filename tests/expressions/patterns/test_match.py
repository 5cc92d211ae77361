from __future__ import annotations

import pytest

from objectforge import QueryError, evaluate
from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.patterns.match import compiled, has_form
from objectforge.expressions.patterns.problem import PatternError


@pytest.mark.parametrize(
    ("expected", "pattern", "text"),
    [
        pytest.param(True, "[0-9]{3}-[0-9]{2}", "123-45", id="a plain form"),
        pytest.param(False, "b", "abc", id="a part is not the whole"),
        pytest.param(True, "^abc$", "abc", id="anchors change nothing"),
        pytest.param(False, "abc", "abc\n", id="no line end at the end is forgiven"),
        pytest.param(True, "a|bc", "bc", id="either"),
        pytest.param(True, "", "", id="nothing"),
        pytest.param(False, r"\d+", "\u0663", id="a digit is one of ten"),
        pytest.param(True, r"\D", "\u0663", id="other digits are none"),
        pytest.param(False, r"\w+", "\u00e9", id="a word has plain letters"),
        pytest.param(True, r"[\w\s-]+", "a b-c", id="escapes in a class"),
        pytest.param(True, r"[^\W\d]+", "abc", id="escapes in a class that excludes"),
        pytest.param(True, r"\p{L}+", "\u00e9a", id="letters of all languages"),
        pytest.param(False, r"\p{Alpha}+", "\u00e9a", id="plain letters"),
        pytest.param(True, r"[\p{Upper}\P{Punct}]\pL", "Aa", id="properties in a class"),
        pytest.param(False, ".*", "a\nb", id="a dot is no line end"),
        pytest.param(False, ".", "\u2028", id="nor one of the rarer ones"),
        pytest.param(True, "(?s).*", "a\nb", id="but with its flag it is"),
        pytest.param(True, "(?i)abc", "aBC", id="letters in any case"),
        pytest.param(False, "a(?i:b)c", "aBC", id="in a group alone"),
        pytest.param(True, r"\Qa.b\E.", "a.bc", id="quoted"),
        pytest.param(True, r"\x41\u0042\0103\e\cA", "ABC\x1b\x01", id="characters by number"),
        pytest.param(True, r"\-\_\@\ \é", "-_@ é", id="escapes that need be none"),
        pytest.param(True, "[]a][^]]", "]a", id="a bracket that comes first"),
        pytest.param(True, "[a-z&&[^b]]+", "ac", id="classes in classes"),
        pytest.param(False, "[a-z&&[^b]]+", "ab", id="and what they exclude"),
        pytest.param(True, "[+--]+[~~]", "+,-~", id="signs that mean more to the engine"),
        pytest.param(True, "[[:a]]+", ":a", id="a class that is no word"),
        pytest.param(True, r"(?<year>\d{4})", "2024", id="a group with a name"),
        pytest.param(True, r"(?u)a\Z", "a", id="the end, and a flag that changes nothing"),
        pytest.param(True, r"\R\h\v", "\r\n\t\n", id="line ends and blanks"),
        pytest.param(True, "(a*)+b", "aab", id="repeats of repeats"),
        pytest.param(True, "a+?b??", "aab", id="lazy repeats"),
    ],
)
def test_a_form_is_read_as_java_reads_it(expected: bool, pattern: str, text: str) -> None:
    assert has_form(text, pattern) is expected


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        pytest.param(r"^(?=.*\d)(?!.*x)[a-z0-9]+$", ["a1", "1"], ["a", "x1", "A1"], id="both kinds"),
        pytest.param(r"((?=.*\d)(?=.*[a-z]).{3,5})", ["ab1"], ["abc", "a1", "a1bcde"], id="in a group of its own"),
        pytest.param(r"^(?:(?=.*\d).+)$", ["ab1"], ["abc"], id="in a group between anchors"),
        pytest.param(r"(?=a)\w+|(?!b)\d+", ["ax", "12"], ["xa", "a-"], id="of each choice"),
        pytest.param(r"(?i)(?=.*A)(?!.*B).+|c", ["xa", "C"], ["ab", "x"], id="in any case"),
        pytest.param(r"(?=(?!ab)a).*", ["ac"], ["ab", "ba"], id="within each other"),
        pytest.param(r"(?=.{3}$)[a-z]*", ["abc"], ["abcd", "ab"], id="to the end"),
        pytest.param(r"(?=((?!b).)$)[a-z]*", ["a"], ["b", "aa"], id="to the end, within each other"),
        pytest.param(r"(?=[(]|\))..", ["(a", ")b"], ["ab"], id="parentheses that are none"),
        pytest.param("(?!abc)", [""], ["abc", "a"], id="and nothing else"),
    ],
)
def test_a_form_may_look_ahead_at_its_start(pattern: str, good: list[str], bad: list[str]) -> None:
    assert [True] * len(good) == [has_form(text, pattern) for text in good]
    assert [False] * len(bad) == [has_form(text, pattern) for text in bad]


@pytest.mark.parametrize(
    ("expected", "pattern"),
    [
        pytest.param("cannot have a look ahead but at its start", "a(?=b).*", id="a look ahead"),
        pytest.param("cannot have a look ahead but at its start", "(?:(?!ab).)*", id="a look ahead, repeated"),
        pytest.param("cannot have a look back", "(?<=a)b", id="a look back"),
        pytest.param(r"cannot have a reference to a group: \1", r"(a)\1", id="a reference"),
        pytest.param("cannot have a reference to a group", r"(?<n>a)\k<n>", id="a reference by name"),
        pytest.param("cannot have a possessive repeat: ++", "a++b", id="possessive"),
        pytest.param("cannot have an atomic group", "(?>a)b", id="atomic"),
        pytest.param("unclosed group", "(", id="no end of a group"),
        pytest.param("unclosed group", "(?=a", id="no end of a look ahead"),
        pytest.param("unopened group", "a)(b", id="no start of a group"),
        pytest.param("unclosed", "[a", id="no end of a class"),
        pytest.param("a backslash at its end", "a\\", id="a backslash at the end"),
        pytest.param("cannot begin a group with (?x)", "(?x)a", id="a flag that is not known"),
        pytest.param("cannot begin a group with (?P<", "(?P<n>a)", id="a group of another language"),
        pytest.param("repetition operator missing expression", "*a", id="a repeat of nothing"),
        pytest.param("is too large", "((a{1000}){1000}){1000}", id="too large"),
        pytest.param("is too large", "a{99999999999999999999}", id="a large number"),
        pytest.param("not a regular expression", "(" * 5000 + ")" * 5000, id="too deep"),
        pytest.param("is too deep", "(" * 500 + "(?=a)" + ")" * 500, id="too deep a look ahead"),
        pytest.param("not a regular expression", r"\p{Nothing}", id="no such property"),
    ],
)
def test_what_cannot_be_tested_at_once_is_said(expected: str, pattern: str) -> None:
    with pytest.raises(PatternError, match=r".") as wrong:
        compiled(pattern)
    assert expected in str(wrong.value)
    assert wrong.value.hint


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a*)*b", "(a|aa)+b", "(?=(a+)+$)a*", "(.*a){20}"])
def test_a_text_is_read_once(pattern: str) -> None:
    assert not has_form("a" * 100_000 + "!", pattern)


def test_too_long_a_text_for_a_large_form_has_no_answer() -> None:
    with pytest.raises(EvaluationError, match="too large for so long a text"):
        has_form("a" * 100_000, "(a{0,100}){0,100}")


def test_half_a_character_has_no_form() -> None:
    assert not has_form("\ud800", ".")


def test_a_literal_is_judged_and_points_at_itself() -> None:
    with pytest.raises(QueryError) as refused:
        evaluate("REGEX('b', '(?<=a)b')", {}, fields={})
    assert refused.value.issue.code == "OF337"
    assert refused.value.issue.span is not None
    assert "AND(REGEX(...), NOT(REGEX(...)))" in (refused.value.issue.hint or "")


def test_a_computed_form_that_is_none_is_null_or_raises() -> None:
    fields = {"Name": "text"}
    assert evaluate("REGEX('a', Name)", {"Name": "(?<=a)b"}, fields=fields) is None
    with pytest.raises(EvaluationError, match="look back"):
        evaluate("REGEX('a', Name)", {"Name": "(?<=a)b"}, fields=fields, strict=True)
