from __future__ import annotations

import pytest

from objectforge.query.render.fitting import one_line, pad, shorten, width_of, wrap


@pytest.mark.parametrize(
    ("expected", "text", "width"),
    [
        pytest.param("Acme", "Acme", 4, id="a text that fits"),
        pytest.param("Acm…", "Acme Inc", 4, id="a text that does not"),
        pytest.param("Acme…", "Acme Inc", 6, id="no space before the ellipsis"),
        pytest.param("日本…", "日本語です", 6, id="two columns per character"),
        pytest.param("日本…", "日本語です", 5, id="half a character is none"),
        pytest.param("…", "日本", 1, id="room for nothing"),
    ],
)
def test_a_text_is_shortened(expected: str, text: str, width: int) -> None:
    assert expected == shorten(text, width, "…")
    assert width_of(expected) <= width


def test_three_dots_never_take_more_than_there_is() -> None:
    assert shorten("Acme", 2, "...") == ".."


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("a b c", "a\n\n b\tc ", id="breaks and tabs"),
        pytest.param("red [31m", "red\x1b[31m", id="an escape sequence"),
        pytest.param("a b", "a\u202eb", id="a mark that turns the writing"),
        pytest.param("日本 語", "日本\u3000語", id="an ideographic space"),
        pytest.param("", "\x00", id="nothing to see"),
    ],
)
def test_nothing_in_a_cell_moves_the_cursor(expected: str, text: str) -> None:
    assert expected == one_line(text)


def test_numbers_are_padded_on_the_left() -> None:
    assert (pad("7", 3, right=True), pad("7", 3), pad("日", 3)) == ("  7", "7  ", "日 ")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(["one two", "three"], "one two three", id="between words"),
        pytest.param(["one", "two"], "one\ntwo", id="at its own breaks"),
        pytest.param(["xxxxxxxx", "xx"], "x" * 10, id="inside a long word"),
        pytest.param(["日本語の", "長い文"], "日本語の長い文", id="where there are no spaces"),
        pytest.param(["日本語", "だ。次の", "文"], "日本語だ。次の文", id="no full stop at the start of a line"),
        pytest.param([], "", id="nothing"),
        pytest.param(["a", "", "b"], "a\n\nb", id="an empty line"),
    ],
)
def test_a_long_text_is_wrapped(expected: list[str], text: str) -> None:
    assert expected == wrap(text, 8)


def test_a_column_too_narrow_for_any_character_still_ends() -> None:
    assert wrap("日本", 1) == ["日", "本"]
