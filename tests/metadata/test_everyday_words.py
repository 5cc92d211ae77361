from __future__ import annotations

import pytest

from objectforge.metadata.everyday_words import key_hint, means, value_hint
from objectforge.metadata.fields.registry import field_types
from objectforge.metadata.models import Dashboard, Layout, ListView, ObjectDef, ObjectExtension, Report
from objectforge.metadata.shape import keys_of


@pytest.mark.parametrize(
    ("expected", "key", "model"),
    [
        pytest.param("write `where:`", "filter", ListView, id="filter"),
        pytest.param("write `where:`", "Filters", Report, id="filters in capitals"),
        pytest.param("write `sort:`", "order-by", ListView, id="a dash for an underscore"),
        pytest.param("write `columns:`", "fields", ListView, id="fields of a view"),
        pytest.param("write `rows:`", "group_by", Report, id="group_by"),
        pytest.param("write `from:`", "object", Report, id="object of a report"),
        pytest.param("write `sections: [{label: Details, fields: [Name]}]`", "fields", Layout, id="fields of a layout"),
        pytest.param("write `required: true`", "mandatory", field_types()["text"], id="mandatory"),
        pytest.param("write `length:`", "max_length", field_types()["text"], id="max_length"),
        pytest.param("write `values:`", "options", field_types()["picklist"], id="options"),
        pytest.param("write `to:`", "target", field_types()["lookup"], id="target"),
        pytest.param(
            "`reports:` begins a section of the file: write it at the left margin, beside `objects:`",
            "reports", ObjectDef, id="a section inside an object",
        ),
        pytest.param("did you mean 'label'?", "lable", ObjectDef, id="a slip"),
    ],
)  # fmt: skip
def test_a_word_of_everyday_is_told_the_key_that_it_means(expected: str, key: str, model: type) -> None:
    assert expected == key_hint(key, keys_of(model))


def test_a_field_beside_the_keys_of_its_object_is_sent_under_fields() -> None:
    hint = key_hint("Seats", keys_of(ObjectDef)) or ""

    assert hint.startswith("a field stands under `fields:`, one level deeper; known keys: label, ")


@pytest.mark.parametrize("model", [Dashboard, Layout, ListView, ObjectDef, ObjectExtension, Report])
def test_no_hint_offers_a_key_that_is_refused(model: type) -> None:
    assert set() == {"name", "object", "package", "name_field_name"} & set(keys_of(model))


def test_views_and_layouts_are_offered_inside_their_object() -> None:
    assert ("list_views", "layouts") == keys_of(ObjectDef)[-2:]


def test_only_a_word_that_stands_for_the_key_means_it() -> None:
    assert [True, False] == [means("reference", "to"), means("reference", "from")]


@pytest.mark.parametrize(
    ("expected", "given", "known"),
    [
        pytest.param("write outer; possible: inner, outer", "LEFT", ("inner", "outer"), id="left"),
        pytest.param("write donut; possible: bar, donut", "pie", ("bar", "donut"), id="pie"),
        pytest.param("did you mean 'inner'? possible: inner, outer", "iner", ("inner", "outer"), id="a slip"),
    ],
)
def test_a_value_of_everyday_is_told_the_possible_one(expected: str, given: str, known: tuple[str, ...]) -> None:
    assert expected == value_hint(given, known)
