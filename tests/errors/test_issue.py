from __future__ import annotations

import pytest

from objectforge.errors.issue import Issue, Severity, closest, render, sort_issues, suggest
from objectforge.errors.source import Source, Span

TEXT = "type: curency\nlabel: 請求書 x\n"
SOURCE = Source("a.yaml", TEXT)


def at(word: str) -> Span:
    start = TEXT.index(word)
    return Span(SOURCE, start, start + len(word))


def test_an_issue_shows_its_line_a_caret_and_the_hint() -> None:
    issue = Issue("OF104", "unknown field type 'curency'", at("curency"), "did you mean 'currency'?")

    assert render(issue) == str(issue)
    assert [
        "a.yaml:1:7: OF104 unknown field type 'curency'",
        "    1 | type: curency",
        "      |       ^^^^^^^  did you mean 'currency'?",
    ] == render(issue).splitlines()


def test_a_caret_stands_below_wide_characters() -> None:
    assert "      |               ^" == render(Issue("OF104", "odd", at("x"))).splitlines()[-1]


def test_an_issue_without_a_place_is_its_message_and_hint() -> None:
    assert "warning: OF104 odd\n   type it" == render(Issue("OF104", "odd", None, "type it", Severity.WARNING))


def test_a_second_place_is_shown_with_its_own_line() -> None:
    found = render(Issue("OF104", "odd", at("label"), related=(("first defined here", at("type")),))).splitlines()

    assert ["   first defined here: a.yaml:1:1", "    1 | type: curency", "      | ^^^^"] == found[3:]


def test_a_long_line_is_shown_around_the_place() -> None:
    source = Source("long", "a" * 1000 + "!" + "b" * 1000)
    _, line, caret = render(Issue("OF104", "odd", Span(source, 1000, 1001))).splitlines()

    assert "!" == line[caret.index("^")]
    assert len(line) < 200


def test_an_issue_needs_a_documented_code() -> None:
    with pytest.raises(AssertionError, match="OF999"):
        Issue("OF999", "odd")


def test_issues_stand_in_reading_order_without_doubles() -> None:
    first, second, nowhere = Issue("OF104", "b", at("type")), Issue("OF102", "a", at("label")), Issue("OF104", "c")

    assert (nowhere, first, second) == sort_issues([second, first, nowhere, second])


@pytest.mark.parametrize(
    ("expected", "word", "known"),
    [
        pytest.param("currency", "curency", ["checkbox", "currency"], id="a slip"),
        pytest.param("Name", "NAME", ["Name"], id="another case"),
        pytest.param(None, "Owner", ["Name"], id="nothing like it"),
        pytest.param(None, "Owner", [], id="nothing known"),
        pytest.param("Name", "name", ["Name", "NAME"], id="the first of two that differ in case"),
    ],
)
def test_the_closest_word_is_the_one_meant(expected: str | None, word: str, known: list[str]) -> None:
    assert expected == closest(word, known)


@pytest.mark.parametrize(
    ("expected", "word", "known", "limit"),
    [
        pytest.param("did you mean 'Name'? known: Name, Stage", "Nam", ["Name", "Stage"], 12, id="a slip"),
        pytest.param("known: Name, Stage", "x", ["Name", "Stage"], 12, id="nothing like it"),
        pytest.param("did you mean 'Name'?", "Nam", ["Name", "Stage"], 0, id="a slip among many"),
        pytest.param("known: a, b, ...", "xyz", ["a", "b", "c"], 1, id="too many to list"),
        pytest.param(None, "xyz", ["a", "b", "c"], 0, id="nothing like it among many"),
        pytest.param(None, "x", [], 12, id="nothing known"),
    ],
)
def test_a_hint_names_what_was_meant_and_what_is_known(
    expected: str | None, word: str, known: list[str], limit: int
) -> None:
    assert expected == suggest(word, known, limit=limit)
