from __future__ import annotations

import pytest

from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
from objectforge.expressions.near_words import near_date, near_date_word


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("THIS_MONTH", "CURRENT_MONTH", id="current"),
        pytest.param("LAST_FISCAL_QUARTER", "previous_fiscal_quarter", id="previous, small letters"),
        pytest.param("THIS_MONTH", "THIS_MONTHS", id="plural"),
        pytest.param("THIS_YEAR", "THIS_YAER", id="slip"),
        pytest.param("LAST_N_DAYS:30", "LAST_30_DAYS", id="the number inside"),
        pytest.param("LAST_90_DAYS", "LAST_90_DAYS", id="a word that has its number"),
        pytest.param("NEXT_N_FISCAL_YEARS:2", "next 2 fiscal years", id="the number inside, spaces"),
        pytest.param("LAST_N_DAYS:1", "LAST_1_DAY", id="one"),
        pytest.param("N_MONTHS_AGO:3", "3_MONTHS_AGO", id="ago"),
        pytest.param("LAST_N_WEEKS:30", "PAST_N_WEEKS", id="its number missing"),
        pytest.param("TODAY", "CURRENT_DATE", id="current date"),
        pytest.param("NOW()", "now", id="now"),
        pytest.param(None, "Competition", id="nothing near"),
    ],
)
def test_a_word_that_is_nearly_a_date_word_is_told_the_right_one(expected: str | None, text: str) -> None:
    assert expected == near_date_word(text)


@pytest.mark.parametrize("word", sorted(PLAIN_WORDS))
def test_a_date_word_is_nearest_to_itself(word: str) -> None:
    assert word == near_date_word(word)


def test_a_counted_word_is_shown_with_a_number() -> None:
    assert {f"{word}:30" for word in COUNTED_WORDS} == {near_date_word(word) for word in COUNTED_WORDS}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("2026-12-01", "01.12.2026", id="points: the day first"),
        pytest.param("2026-12-01", "12/01/2026", id="slashes: the month first"),
        pytest.param("2026-12-31", "31/12/2026", id="slashes: no such month"),
        pytest.param(None, "31.31.2026", id="no such day"),
        pytest.param(None, "1.5", id="a number"),
    ],
)
def test_a_date_in_another_order_is_told_as_year_month_day(expected: str | None, text: str) -> None:
    assert expected == near_date(text)
