from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.multipicklist import MultiPicklist
from objectforge.metadata.fields.picklist import Picklist
from objectforge.metadata.fields.values import PicklistValue
from objectforge.values.locales import Locale

TIERS = ["Gold", {"value": "Silver", "label": {"en": "Argent", "ja": "銀"}}, {"value": "Tin", "active": False}]


def picklist(**parameters: Any) -> Picklist:
    return Picklist.model_validate({"values": TIERS, **parameters})


def multipicklist(**parameters: Any) -> MultiPicklist:
    return MultiPicklist.model_validate({"values": TIERS, **parameters})


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("Gold", "Gold", id="as declared"),
        pytest.param("Gold", " GOLD ", id="any case"),
        pytest.param(None, "", id="empty"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_value_takes_its_declared_spelling(expected: str | None, given: str | None) -> None:
    assert expected == picklist().coerce(given)


@pytest.mark.parametrize(
    ("expected", "context", "given"),
    [
        pytest.param(
            "not_a_value_close", {"value": "Glod", "values": "Gold, Silver", "closest": "Gold"}, "Glod", id="mistyped"
        ),
        pytest.param("not_a_value", {"value": "Platinum", "values": "Gold, Silver"}, "Platinum", id="unknown"),
        pytest.param("inactive_value", {"value": "Tin", "values": "Gold, Silver"}, "tin", id="inactive"),
        pytest.param("text_wanted", {"value": "5"}, 5, id="no text"),
    ],
)
def test_other_values_are_refused(expected: str, context: dict[str, str], given: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        picklist().coerce(given)
    assert expected == refused.value.type
    assert context == refused.value.context


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("Platinum", "Platinum", id="unknown"),
        pytest.param("Tin", "TIN", id="inactive"),
        pytest.param("Gold", "gold", id="declared"),
    ],
)
def test_an_unrestricted_picklist_takes_any_text(expected: str, given: str) -> None:
    assert expected == picklist(restricted=False).coerce(given)


@pytest.mark.parametrize(
    ("key", "parameters"),
    [
        pytest.param("values", {"values": []}, id="no values"),
        pytest.param("value_set", {"value_set": "Tiers"}, id="both"),
        pytest.param("values", {"values": ["a", "A"]}, id="twice but for capitals"),
        pytest.param("values", {"values": ["a", " "]}, id="empty value"),
        pytest.param("values", {"values": [" a"]}, id="white space"),
        pytest.param("values", {"values": ["a\nb"]}, id="line break"),
        pytest.param("values", {"values": ["x" * 256]}, id="long value"),
        pytest.param(
            "values", {"values": [{"value": "a", "default": True}, {"value": "b", "default": True}]}, id="two defaults"
        ),
        pytest.param("default", {"values": [{"value": "a", "default": True}], "default": "a"}, id="default twice"),
        pytest.param("default", {"default": "Iron"}, id="default is no value"),
        pytest.param("default", {"default": "Tin"}, id="default is inactive"),
        pytest.param("when", {"when": {"Japan": ["Gold"]}}, id="when alone"),
        pytest.param("controlled_by", {"controlled_by": "Country"}, id="controlled_by alone"),
        pytest.param("when", {"controlled_by": "Country", "when": {"Japan": ["Iron"]}}, id="when with no value"),
        pytest.param("case_sensitive", {"case_sensitive": True}, id="case"),
    ],
)
def test_parameters_that_contradict_each_other_are_refused(key: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ParameterError) as refused:
        picklist(**parameters).check()
    assert key == refused.value.key


def test_a_value_set_fills_in_the_values() -> None:
    field = Picklist(value_set="Region")
    field.check()
    assert field.choices == ()
    filled = field.resolved((PicklistValue(value="West"), PicklistValue(value="East")), sort=True)
    assert filled.choice_rules.value_set == "Region"
    assert filled.value_type().order == ("East", "West")
    assert filled.coerce("EAST") == "East"
    assert field.choices == ()
    filled.overridden({"required": True}).check()


def test_what_depends_on_a_value_set_is_checked_once_it_is_filled_in() -> None:
    values = (PicklistValue(value="West"), PicklistValue(value="East"))
    field = Picklist.model_validate({"value_set": "Region", "default": "North"})
    field.check()
    with pytest.raises(ParameterError) as refused:
        field.resolved(values).check()
    assert refused.value.key == "default"
    field = Picklist.model_validate({"value_set": "Region", "controlled_by": "Country", "when": {"Japan": "North"}})
    field.check()
    with pytest.raises(ParameterError) as refused:
        field.resolved(values).check()
    assert refused.value.key == "when"
    Picklist(value_set="Region", default="East").resolved(values).check()


def test_sorted_values_are_in_the_order_of_their_labels() -> None:
    assert picklist(sorted=True).value_type().order == ("Silver", "Gold", "Tin")
    assert picklist().value_type().order == ("Gold", "Silver", "Tin")


@pytest.mark.parametrize(
    ("expected", "code"), [pytest.param("Argent", "en", id="English"), pytest.param("銀", "ja_JP", id="Japanese")]
)
def test_labels_are_shown(expected: str, code: str) -> None:
    assert expected == picklist().display("Silver", Locale(code))
    assert f"Gold; {expected}" == multipicklist().display("Gold;Silver", Locale(code))


@pytest.mark.parametrize(
    ("expected", "controlling"),
    [
        pytest.param(("Tokyo", "Osaka"), "japan", id="any case"),
        pytest.param(("Lyon",), "France", id="another"),
        pytest.param((), "Spain", id="not mentioned"),
        pytest.param((), None, id="nothing"),
        pytest.param(("Tokyo", "Osaka", "Lyon"), "Japan;France", id="several"),
    ],
)
def test_a_controlling_value_allows_values(expected: tuple[str, ...], controlling: str | None) -> None:
    field = Picklist.model_validate(
        {
            "values": ["Tokyo", "Osaka", "Lyon"],
            "controlled_by": "Country",
            "when": {"Japan": ["Osaka", "Tokyo"], "France": "lyon"},
        }
    )
    field.check()
    assert expected == field.allowed_with(controlling)


def test_without_a_controlling_field_all_active_values_are_allowed() -> None:
    assert picklist().allowed_with("anything") == ("Gold", "Silver")


def test_an_override_adds_and_hides_values() -> None:
    changed = picklist(label="Tier").overridden({"required": True, "values": {"add": ["Robotics"], "hide": ["gold"]}})
    assert changed.active == ("Silver", "Robotics")
    assert [choice.value for choice in changed.choices] == ["Gold", "Silver", "Tin", "Robotics"]
    assert changed.required
    assert changed.label == "Tier"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"values": {"hide": ["Iron"]}}, id="hides what is not there"),
        pytest.param({"values": {"add": ["GOLD"]}}, id="adds what is there"),
    ],
)
def test_an_override_of_values_is_checked(changes: dict[str, Any]) -> None:
    with pytest.raises(ParameterError) as refused:
        picklist().overridden(changes)
    assert refused.value.key == "values"


def test_an_override_knows_only_add_and_hide() -> None:
    with pytest.raises(ValidationError) as refused:
        picklist().overridden({"values": {"remove": ["Gold"]}})
    assert refused.value.errors()[0]["loc"] == ("values", "remove")


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("Gold;Silver", "silver; GOLD", id="definition order"),
        pytest.param("Gold", "Gold;gold;", id="each once"),
        pytest.param("Gold;Silver", ["Silver", "Gold"], id="list"),
        pytest.param("Silver", ("Silver", None), id="tuple"),
        pytest.param(None, "", id="empty"),
        pytest.param(None, [], id="empty list"),
        pytest.param(None, ";", id="only separators"),
    ],
)
def test_several_values_are_one_text_in_definition_order(expected: str | None, given: Any) -> None:
    assert expected == multipicklist().coerce(given)


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("not_a_value", "Gold;Platinum", id="unknown value"),
        pytest.param("text_wanted", [5], id="list of numbers"),
        pytest.param("text_wanted", {"Gold"}, id="set"),
    ],
)
def test_wrong_sets_of_values_are_refused(expected: str, given: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        multipicklist().coerce(given)
    assert expected == refused.value.type


def test_an_unrestricted_multipicklist_puts_other_values_last_and_refuses_separators_in_one() -> None:
    field = multipicklist(restricted=False)
    assert field.coerce("Other;Silver") == "Silver;Other"
    with pytest.raises(PydanticCustomError) as refused:
        field.coerce(["a;b"])
    assert refused.value.type == "semicolon_in_value"


def test_the_default_may_be_marked_at_a_value() -> None:
    assert Picklist.model_validate({"values": ["a", {"value": "b", "default": True}]}).initial == "b"
    both = [{"value": "a", "default": True}, {"value": "b", "default": True}]
    assert MultiPicklist.model_validate({"values": both}).initial == "a;b"
