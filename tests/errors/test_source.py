from __future__ import annotations

import pytest

from objectforge.errors.source import Source, Span

SOURCE = Source("a.yaml", "ab\r\ncd\n")


@pytest.mark.parametrize(
    ("expected", "offset"),
    [
        pytest.param((1, 1), 0, id="the beginning"),
        pytest.param((1, 3), 2, id="a line's break"),
        pytest.param((2, 1), 4, id="the next line"),
        pytest.param((3, 1), 7, id="the end"),
    ],
)
def test_a_place_is_a_line_and_a_column_from_one(expected: tuple[int, int], offset: int) -> None:
    span = Span(SOURCE, offset, offset)

    assert expected == SOURCE.position(offset) == (span.line, span.column)
    assert f"a.yaml:{expected[0]}:{expected[1]}" == str(span)


def test_a_line_comes_without_its_break() -> None:
    assert ["ab", "cd", ""] == [SOURCE.line(number) for number in (1, 2, 3)]


def test_two_sources_of_one_text_are_two() -> None:
    assert Source("a.yaml", "x") != Source("a.yaml", "x")
