from __future__ import annotations

import pytest

from objectforge.change.identity.matching import Shortened, Stored, Tie, Wanted, match_names


def wanted(*paths: str) -> list[Wanted]:
    return [Wanted(tuple(path.split())) for path in paths]


def stored(*paths: str) -> list[Stored]:
    """Numbered from 1; what is held stands in brackets."""
    return [
        Stored(number, tuple(path.strip("[]").split()), active=not path.startswith("["))
        for number, path in enumerate(paths, start=1)
    ]


@pytest.mark.parametrize(
    ("expected", "declared", "known"),
    [
        pytest.param({}, ["A"], [], id="a fresh org has nothing"),
        pytest.param({}, ["B A"], [], id="a history means nothing in a fresh org"),
        pytest.param({"A": 1}, ["A"], ["A"], id="the same name"),
        pytest.param({"a": 1}, ["a"], ["A"], id="the same name in another case"),
        pytest.param({"B": 1}, ["B A"], ["A"], id="a rename"),
        pytest.param({"B": 1}, ["B A"], ["B A"], id="a rename that was applied already"),
        pytest.param({"C": 1}, ["C B A"], ["A"], id="an org that skipped a release"),
        pytest.param({"C": 1}, ["C B A"], ["B A"], id="a chain"),
        pytest.param({"A": 2, "B": 1}, ["A B", "B A"], ["A", "B"], id="a swap"),
        pytest.param({"A": 2, "B": 1}, ["A B", "B A"], ["B A", "A B"], id="a swap that was applied already"),
        pytest.param({"B": 1}, ["B A", "A"], ["A"], id="a name reused for something new"),
        pytest.param({"B": 1, "A": 2}, ["B A", "A"], ["B A", "A"], id="a name reused, applied already"),
        pytest.param({"A": 1}, ["A"], ["[A]"], id="something held comes back"),
        pytest.param({"A": 2}, ["A"], ["[A]", "A W"], id="what is in sight comes first"),
        pytest.param({"A": 1}, ["A"], ["A W"], id="the file lost a history"),
        pytest.param({"C": 1}, ["C B A", "D A"], ["A"], id="more history chooses first"),
    ],
)
def test_each_declared_thing_is_the_stored_one_its_history_ends_with(
    expected: dict[str, int], declared: list[str], known: list[str]
) -> None:
    matched = match_names(wanted(*declared), stored(*known))

    assert expected == matched.found
    assert not matched.problems


def test_two_things_cannot_be_the_same_stored_one() -> None:
    (problem,) = match_names(wanted("B A", "C A"), stored("A")).problems

    assert Tie("B", "C", stored("A")[0]) == problem


@pytest.mark.parametrize(
    ("history", "declared", "known"),
    [
        pytest.param(("B", "A"), "C B", "B A", id="the end was cut off"),
        pytest.param(("A", "Z"), "B A", "B A Z", id="its own history is longer in the org"),
        pytest.param(("C", "B", "A"), "D C A", "B A", id="a link is missing in the middle"),
    ],
)
def test_a_shortened_history_is_told_in_full(history: tuple[str, ...], declared: str, known: str) -> None:
    (problem,) = match_names(wanted(declared), stored(known)).problems

    assert isinstance(problem, Shortened)
    assert history == problem.history


def test_a_history_must_not_bring_back_something_held_in_place_of_what_is_in_sight() -> None:
    (problem,) = match_names(wanted("Y X"), stored("[X]", "X W")).problems

    assert isinstance(problem, Shortened)
    assert ("X", "W") == problem.history
