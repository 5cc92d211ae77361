from __future__ import annotations

import pytest

from objectforge import QueryError, evaluate
from objectforge.expressions.patterns.wildcards import wildcards


@pytest.mark.parametrize(
    ("expected", "pattern", "text"),
    [
        pytest.param(True, "abc", "abc", id="itself"),
        pytest.param(False, "abc", "abcd", id="not more"),
        pytest.param(True, "a%", "a", id="nothing more"),
        pytest.param(True, "%b%", "abc", id="within"),
        pytest.param(True, "a%c", "abbc", id="both ends"),
        pytest.param(False, "ab%bc", "abc", id="both ends share nothing"),
        pytest.param(True, "a%b%c", "a-b-b-c", id="between"),
        pytest.param(False, "a%c%b", "abc", id="in this order"),
        pytest.param(False, "a%b_%c", "abc", id="nothing is used twice"),
        pytest.param(True, "_%_", "ab", id="two at least"),
        pytest.param(False, "_%_", "a", id="one is too few"),
        pytest.param(True, "a\n_", "a\n\n", id="line ends"),
        pytest.param(True, r"5\%%\_", "5% or 5_", id="escaped"),
        pytest.param(True, "a\\", "a\\", id="a backslash at the end"),
        pytest.param(True, "%%", "", id="nothing at all"),
        pytest.param(False, "", "a", id="nothing alone"),
    ],
)
def test_a_text_has_the_form(expected: bool, pattern: str, text: str) -> None:
    assert wildcards(pattern)(text) is expected


@pytest.mark.parametrize("pattern", ["%a" * 400 + "%b", "%a_" * 400 + "%b%", "%" * 900 + "b"])
def test_a_text_is_looked_through_once(pattern: str) -> None:
    assert not wildcards(pattern)("a" * 100_000)


def test_a_pattern_that_is_too_long_is_refused_at_its_place() -> None:
    with pytest.raises(QueryError) as refused:
        evaluate(f"Name LIKE '{'x' * 4001}'", {}, fields={"Name": "text"})
    assert (refused.value.issue.code, refused.value.issue.span is not None) == ("OF317", True)
