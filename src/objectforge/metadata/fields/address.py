"""The field type `address`."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Annotated, Any, ClassVar

from pydantic import Field

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.compound import Compound
from objectforge.metadata.fields.geolocation import Latitude, Longitude
from objectforge.metadata.fields.samples import CITIES
from objectforge.metadata.fields.text import Text
from objectforge.metadata.fields.textarea import TextArea
from objectforge.values.locales import Locale

__all__ = ["Address"]

_DEGREE_SCALE = 6


class _Street(TextArea):
    def example(self, random: Random, number: int) -> str:
        return f"{number % 400 + 1} {random.choice(('Main', 'Oak', 'Harbor', 'Station', 'Market'))} Street"


class _Place(Text):
    """A city, state or country; the same draw of `random` gives parts that belong together."""

    part: Annotated[int, Field(exclude=True)] = 0

    def example(self, random: Random, number: int) -> str:
        return CITIES[number % len(CITIES)][self.part]


class _PostalCode(Text):
    def example(self, random: Random, number: int) -> str:
        return f"{random.randrange(10000, 99999)}"


class Address(Compound):
    """A postal address: street, city, state, postal code, country, and where that is."""

    type_name: ClassVar = "address"
    summary: ClassVar = (
        "A postal address in parts: Street, City, State, PostalCode, Country, Latitude, Longitude. Their names begin "
        "as the field's does before `Address`: BillingAddress has BillingCity, and plain Address has City."
    )
    own_words: ClassVar = ("Address", "住所")

    def part_types(self) -> Mapping[str, FieldType]:
        """Street, City, State, PostalCode, Country, Latitude, Longitude."""
        return {
            "Street": _Street(label={"en": "Street", "ja": "町名・番地"}, length=255),
            "City": _Place(label={"en": "City", "ja": "市区郡"}, length=40, part=0),
            "State": _Place(label={"en": "State/Province", "ja": "都道府県"}, length=80, part=1),
            "PostalCode": _PostalCode(label={"en": "Zip/Postal Code", "ja": "郵便番号"}, length=20),
            "Country": _Place(label={"en": "Country", "ja": "国"}, length=80, part=2),
            "Latitude": Latitude(label={"en": "Latitude", "ja": "緯度"}, precision=18, scale=_DEGREE_SCALE),
            "Longitude": Longitude(label={"en": "Longitude", "ja": "経度"}, precision=18, scale=_DEGREE_SCALE),
        }

    def compose(self, parts: Mapping[str, Any], locale: Locale) -> str:
        """The address in lines: from the street to the country, in Japanese from the postal code to the street."""
        street, city, state, code, country = (
            parts.get(key) or "" for key in ("Street", "City", "State", "PostalCode", "Country")
        )
        if locale.code.split("_")[0] == "ja":
            lines = [f"〒{code}" if code else "", f"{state}{city}", street, country]
        else:
            region = f"{state} {code}".strip()
            lines = [street, f"{city}, {region}" if city and region else city or region, country]
        return "\n".join(line for line in lines if line)
