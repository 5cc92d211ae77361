from __future__ import annotations

import io

import pytest

from objectforge.query.render.screen import Screen


class Terminal(io.StringIO):
    def __init__(self, encoding: str | None) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("expected", "encoding"),
    [
        pytest.param(False, "utf-8", id="UTF-8"),
        pytest.param(False, None, id="a stream of texts"),
        pytest.param(True, "ascii", id="ASCII"),
        pytest.param(True, "cp932", id="a code page that draws boxes double"),
    ],
)
def test_boxes_are_drawn_where_they_come_out(expected: bool, encoding: str | None) -> None:
    assert expected == Screen.of(Terminal(encoding)).ascii


def test_a_terminals_width_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert Screen.of(Terminal("utf-8")).width == 77


def test_what_is_no_terminal_has_a_hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert [Screen.of(io.StringIO()).width, Screen.of(None).width] == [100, 100]


def test_a_terminal_is_never_too_narrow_to_draw_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "5")
    assert Screen.of(Terminal("utf-8")).width == 40
