import sqlite3
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.text import (
    clean_line,
    clean_lines,
    compare_key,
    fold_key,
    lower_map,
    lower_simple,
    upper_map,
    upper_simple,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("Acme", "  Acme\t\r\n", id="ASCII white space at the ends"),
        pytest.param("東京", "\u3000東京\u00a0\u2003", id="Unicode white space at the ends"),
        pytest.param("a  b", "a  b", id="white space inside stays"),
        pytest.param(None, "", id="empty"),
        pytest.param(None, " \u3000\n", id="only white space"),
        pytest.param("\u200b", "\u200b", id="a zero-width space is not white space"),
    ],
)
def test_one_line_text_is_stripped(expected, text):
    assert expected == clean_line(text)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param("U+000A at position 2", "a\nb", id="a line break"),
        pytest.param("U+0009 at position 2", " a\tb", id="a tab"),
        pytest.param("U+0000 at position 1", "\0", id="NUL"),
        pytest.param("U+001F at position 1", "\x1f", id="a separator that str.strip takes for white space"),
        pytest.param("U+0080 at position 1", "\x80", id="a C1 control"),
        pytest.param("U+D800 at position 2", "a\ud800", id="a lone surrogate"),
    ],
)
def test_control_characters_are_refused_with_their_place(place, text):
    with pytest.raises(ValueError, match=place.replace("+", r"\+")):
        clean_line(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("a\nb\nc\n", "a\r\nb\rc\n", id="all line ends become one"),
        pytest.param("  indented\t", "  indented\t", id="nothing is stripped"),
        pytest.param(None, " \r\n ", id="only white space"),
        pytest.param(None, "", id="empty"),
    ],
)
def test_text_of_many_lines_keeps_its_shape(expected, text):
    assert expected == clean_lines(text)


def test_text_of_many_lines_has_no_control_characters_either():
    with pytest.raises(ValueError, match=r"U\+0007"):
        clean_lines("a\nb\x07")


@given(TEXT)
def test_cleaning_twice_is_cleaning_once(text):
    for clean in (clean_line, clean_lines):
        try:
            once = clean(text)
        except ValueError:
            continue
        assert once is None or once == clean(once)


@given(TEXT)
def test_folding_changes_nothing_but_ascii_capitals(text):
    assert "".join(c.lower() if c.isascii() else c for c in text) == fold_key(text)


@given(a=st.text("aAbBzZ_éÉß 請").filter(lambda t: "\0" not in t), b=st.text("aAbBzZ_éÉß 請"))
def test_sqlite_compares_as_the_key_does(a, b):
    connection = sqlite3.connect(":memory:")
    try:
        row = connection.execute("SELECT ? COLLATE NOCASE < ?, ? COLLATE NOCASE = ?", (a, b, a, b)).fetchone()
    finally:
        connection.close()
    assert (fold_key(a) < fold_key(b), fold_key(a) == fold_key(b)) == (bool(row[0]), bool(row[1]))


def test_a_case_sensitive_key_is_the_text_itself():
    assert (compare_key("Abc", case_sensitive=True), compare_key("Abc")) == ("Abc", "abc")


@pytest.mark.parametrize(
    ("upper", "lower", "text"),
    [
        pytest.param("STRAßE", "straße", "Straße", id="no single capital"),
        pytest.param("ÉCOLE", "école", "École", id="accents"),
        pytest.param("İ", "İ", "İ", id="two small characters for one"),
        pytest.param("ΣΊΣΥΦΟΣ", "σίσυφοσ", "ΣΊΣΥΦΟΣ", id="a final sigma is not special"),
        pytest.param("ＡＢ", "ａｂ", "Ａｂ", id="full width"),
        pytest.param("ﬁ", "ﬁ", "ﬁ", id="a ligature"),
    ],
)
def test_case_changes_one_character_for_one(upper, lower, text):
    assert (upper, lower) == (upper_simple(text), lower_simple(text))


@given(TEXT)
def test_the_maps_do_what_the_functions_do(text):
    assert upper_simple(text) == text.translate(str.maketrans(*upper_map()))
    assert lower_simple(text) == text.translate(str.maketrans(*lower_map()))


def test_every_character_stays_one_character():
    every = "".join(map(chr, range(0x80, sys.maxunicode + 1)))
    assert len(every) == len(upper_simple(every)) == len(lower_simple(every))
