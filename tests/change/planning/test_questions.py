from __future__ import annotations

import pytest

from objectforge.change.planning.questions import Candidate, Question, ask, question


def things(*names: str, kind: str = "text") -> list[Candidate]:
    return [Candidate(name, kind, (name,)) for name in names]


@pytest.mark.parametrize(
    ("expected", "gone", "new"),
    [
        pytest.param([], [], things("A"), id="nothing vanishes"),
        pytest.param([], things("A"), [], id="nothing is new"),
        pytest.param([("Fax", "Telefax")], things("Fax"), things("Telefax"), id="alike by name"),
        pytest.param([("Fax", "Zip")], things("Fax"), things("Zip"), id="of one kind"),
        pytest.param([], things("Fax"), things("Fax2", kind="date"), id="of another kind"),
        pytest.param([("Fax", "Telefax")], things("Fax"), things("Zip", "Telefax"), id="the likeliest"),
        pytest.param(
            [("Fax", "Telefax"), ("Zip", "ZipCode")], things("Fax", "Zip"), things("ZipCode", "Telefax"), id="each once"
        ),
        pytest.param(
            [("Now", "Before")],
            [Candidate("Now", "text", ("Now", "Before"))],
            things("Nov", "Before"),
            id="an earlier name above all",
        ),
    ],
)
def test_each_vanishing_thing_is_asked_about_with_the_new_one_most_like_it(
    expected: list[tuple[str, str]], gone: list[Candidate], new: list[Candidate]
) -> None:
    assert expected == [(one.name, other.name) for one, other in ask(gone, new)]


@pytest.mark.parametrize(
    ("alike", "name", "fields"),
    [
        pytest.param(True, "Store", {"code", "area"}, id="the same fields"),
        pytest.param(True, "Shops", {"other"}, id="a like name"),
        pytest.param(False, "Invoice", {"total", "due"}, id="neither"),
    ],
)
def test_objects_are_alike_by_their_fields_or_their_names(alike: bool, name: str, fields: set[str]) -> None:
    shop = Candidate("Shop", "object", ("Shop",), frozenset({"code", "area"}))

    assert alike == bool(list(ask([shop], [Candidate(name, "object", (name,), frozenset(fields))])))


def test_a_question_says_what_to_write() -> None:
    text = str(Question("field", "Shop.Fax", "Shop.Telefax", ("Fax",)))

    assert "? is Shop.Telefax the field Shop.Fax under a new name?" in text
    assert "`was: Fax`" in text
    assert "allow=['Shop.Fax']" in text


def test_an_earlier_name_is_asked_about_as_one_of_older_metadata() -> None:
    text = str(question("field", "Shop.", Candidate("Telefax", "phone", ("Telefax", "Fax")), Candidate("fax", "phone")))

    assert "? the field Shop.fax was renamed, the org has it as Shop.Telefax: is this metadata older?" in text
    assert "write `was: [Telefax, Fax]` with it" in text
