from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.address import Address
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.geolocation import Geolocation
from objectforge.metadata.fields.person_name import PersonName
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale

ENGLISH, JAPANESE = Locale("en"), Locale("ja_JP")


@pytest.mark.parametrize(
    ("expected", "whole", "name"),
    [
        pytest.param(
            "BillingStreet BillingCity BillingState BillingPostalCode BillingCountry BillingLatitude BillingLongitude",
            Address(),
            "BillingAddress",
            id="standard address",
        ),
        pytest.param(
            "OfficeStreet__c OfficeCity__c OfficeState__c OfficePostalCode__c OfficeCountry__c OfficeLatitude__c "
            "OfficeLongitude__c",
            Address(),
            "Office__c",
            id="custom address",
        ),
        pytest.param("Salutation FirstName MiddleName LastName Suffix", PersonName(), "Name", id="name"),
        pytest.param("SiteLatitude__c SiteLongitude__c", Geolocation(), "Site__c", id="custom place"),
        pytest.param("SiteLatitude SiteLongitude", Geolocation(), "Site", id="place"),
    ],
)
def test_parts_are_named_after_the_whole(expected: str, whole: FieldType, name: str) -> None:
    assert expected.split() == list(whole.parts(name))
    assert not whole.stored
    assert not whole.writable
    assert Kind.COMPOUND is whole.value_type().kind


def test_only_the_last_name_is_required() -> None:
    assert [name for name, part in PersonName().parts("Name").items() if part.required] == ["LastName"]


def test_parts_are_labelled_after_the_whole() -> None:
    parts = Address(label={"en": "Billing Address", "ja": "請求先住所"}).parts("BillingAddress")
    assert parts["BillingCity"].label == {"en": "Billing City", "ja": "市区郡(請求先)"}
    assert PersonName().parts("Name")["FirstName"].label == {"en": "First Name", "ja": "名"}


@pytest.mark.parametrize(
    ("expected", "part", "value"),
    [
        pytest.param("out_of_range", "SiteLatitude", "90.000001", id="beyond the pole"),
        pytest.param("out_of_range", "SiteLongitude", -181, id="beyond the antimeridian"),
        pytest.param("too_many_decimals", "SiteLatitude", "1.0000001", id="finer than the scale"),
    ],
)
def test_degrees_have_bounds(expected: str, part: str, value: str | int) -> None:
    field = Geolocation().parts("Site")[part]
    assert Decimal("-90.000000") == field.coerce(-90)
    with pytest.raises(PydanticCustomError) as refused:
        field.coerce(value)
    assert expected == refused.value.type


def test_a_whole_is_not_written() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Address().coerce({"Street": "x"})
    assert refused.value.type == "not_writable"


@pytest.mark.parametrize(
    ("expected", "whole", "parts", "locale"),
    [
        pytest.param("1 Elm\nAustin, TX 78701\nUSA", Address(), "1 Elm|Austin|TX|78701|USA", ENGLISH, id="English"),
        pytest.param("Austin", Address(), "|Austin|||", ENGLISH, id="city alone"),
        pytest.param("TX", Address(), "||TX||", ENGLISH, id="state alone"),
        pytest.param("〒100-0001\n東京都港区\n1-1", Address(), "1-1|港区|東京都|100-0001|", JAPANESE, id="Japanese"),
        pytest.param("", Address(), "||||", ENGLISH, id="nothing"),
        pytest.param("Ann B. Lee Jr.", PersonName(), "Dr.|Ann|B.|Lee|Jr.", ENGLISH, id="name"),
        pytest.param("山田 花子", PersonName(), "|花子||山田|", JAPANESE, id="Japanese name"),
        pytest.param("Lee", PersonName(), "|||Lee|", ENGLISH, id="last name alone"),
        pytest.param("35.5, 139.25", Geolocation(), "35.5|139.25", ENGLISH, id="place"),
        pytest.param("", Geolocation(), "35.5|", ENGLISH, id="half a place"),
    ],
)
def test_the_whole_is_composed_of_its_parts(expected: str, whole: FieldType, parts: str, locale: Locale) -> None:
    values = {key: text or None for key, text in zip(whole.part_keys("X"), parts.split("|"), strict=False)}
    if isinstance(whole, Geolocation):
        values = {key: text and Decimal(text) for key, text in values.items()}
    assert expected == whole.compose(values, locale)
