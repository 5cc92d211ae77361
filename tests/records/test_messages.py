from __future__ import annotations

import string

import pytest

from objectforge.metadata.fields.problems import WORDS
from objectforge.records.messages import FALLBACK, MESSAGES, code_of, message
from objectforge.records.messages_ja import JAPANESE


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_problem_of_a_value_has_its_message() -> None:
    assert set() == WORDS.keys() - MESSAGES.keys()


def test_both_languages_have_every_message() -> None:
    assert MESSAGES.keys() == JAPANESE.keys()


@pytest.mark.parametrize("key", [pytest.param(key, id=key) for key in MESSAGES])
def test_the_japanese_names_nothing_that_the_english_does_not(key: str) -> None:
    assert names(MESSAGES[key].ja) <= names(MESSAGES[key].en)


@pytest.mark.parametrize(
    ("expected", "locale"),
    [
        pytest.param("Name is 4 characters long; at most 3 are allowed", "en", id="English"),
        pytest.param("Name is 4 characters long; at most 3 are allowed", "fr", id="a language without messages"),
        pytest.param("Nameは4文字あります。3文字以内で入力してください", "ja_JP", id="Japanese"),
    ],
)
def test_a_message_is_in_the_locales_language(expected: str, locale: str) -> None:
    assert expected == message("text_too_long", locale, label="Name", length=4, max_length=3)


def test_an_unknown_key_falls_back() -> None:
    assert MESSAGES[FALLBACK].code == code_of("string_type")
    assert message("string_type", "en", label="Name", reason="odd") == "Name cannot take this value: odd"


def test_a_context_that_lacks_a_name_or_holds_braces_still_gives_a_sentence() -> None:
    assert message("required", "en", label="{x}") == "{x} is required"
    assert message("required", "en") == " is required"
