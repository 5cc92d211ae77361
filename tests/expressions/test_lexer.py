from __future__ import annotations

import pytest

from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
from objectforge.expressions.lexer import MOST_CHARACTERS, tokenize
from objectforge.expressions.parser import parse
from objectforge.expressions.syntax import DateWord
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.values.date_words import DATE_WORDS


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        pytest.param(["end"], " \n", id="nothing"),
        pytest.param(["name", "=", "text", "end"], "a=='x'", id="a comparison"),
        pytest.param(["name", "IN", "bind", "end"], "Id IN:ids", id="a bind after a keyword"),
        pytest.param(["name", "bind", "end"], "LIMIT:n", id="a bind after a word of queries"),
        pytest.param(["name", "<", "counted", "end"], "a < LAST_N_DAYS:3", id="a counted date word"),
        pytest.param(["name", "=", "counted", "end"], "a = LAST_N_DAYS : 3", id="white space around the colon"),
        pytest.param(
            ["name", "=", "counted", "name", "end"], "a = N_DAYS_AGO:\n3 x", id="a line break after the colon"
        ),
        pytest.param(
            ["name", "name", "name", "name", "end"], "SELECT Id FROM Account", id="words of queries are names"
        ),
        pytest.param(["name", "-", "-", "number", "end"], "a--.5", id="signs"),
        pytest.param(["date", "datetime", "time", "end"], "2026-04-01 2026-04-01T09:00:00Z 09:00:00Z", id="times"),
        pytest.param(["datetime", "-", "number", "end"], "2026-04-01T09:00:00Z-1", id="an instant less a day"),
        pytest.param(["number", "-", "number", "-", "number", "end"], "2026 - 4 - 1", id="a subtraction"),
        pytest.param(["name", "AND", "!", "name", "OR", "NULL", "end"], "Android&&!Nota||null", id="names and words"),
    ],
)
def test_kinds(kinds: list[str], text: str) -> None:
    assert kinds == [token.kind for token in tokenize(text)]


def test_tokens_know_their_text_and_place() -> None:
    text = "a /* x */ >= 'b c'"
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize("word", sorted(DATE_WORDS))
def test_every_date_word_reads_in_any_case(word: str) -> None:
    written = f"{word}:7" if word in COUNTED_WORDS else word
    for text in (written, written.lower(), written.title(), written.replace(":", " :\t")):
        assert DateWord(word, 7 if word in COUNTED_WORDS else None, 0, len(text)) == parse(text)


def test_there_are_44_date_words() -> None:
    expected = (23, 21, 44)
    assert expected == (len(PLAIN_WORDS), len(COUNTED_WORDS), len(DATE_WORDS))


@pytest.mark.parametrize(
    ("begin", "many", "end"),
    [
        pytest.param("", "/*", "", id="open comments"),
        pytest.param("", "/**/", "/*", id="comments"),
        pytest.param("'", "\\'", "", id="an open text full of escapes"),
        pytest.param("", "a", "é.", id="a long name"),
        pytest.param("", "1", "x", id="a long number"),
        pytest.param("", "1.", "", id="points"),
        pytest.param("", "a:", "", id="colons"),
        pytest.param("", "1:11", "", id="times"),
        pytest.param("", "a_ : 1 ", "", id="spaced date words"),
        pytest.param("", ":x[", "", id="open brackets"),
        pytest.param(":x[0", "][0", "", id="items of items"),
        pytest.param("", " ", "%", id="white space"),
    ],
)
def test_hostile_text_of_the_greatest_length_is_refused_for_what_it_says(begin: str, many: str, end: str) -> None:
    text = begin + many * ((MOST_CHARACTERS - len(begin + end)) // len(many)) + end
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    assert caught.value.code != "OF317"


def test_a_longer_text_is_not_read() -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse("1" * (MOST_CHARACTERS + 1))
    assert ("OF317", MOST_CHARACTERS) == (caught.value.code, caught.value.start)
