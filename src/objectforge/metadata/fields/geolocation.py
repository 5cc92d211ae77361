"""The field type `geolocation`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Annotated, Any, ClassVar

from pydantic import Field

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.compound import Compound
from objectforge.metadata.fields.number import Number
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.leaves import Whole
from objectforge.values.locales import Locale
from objectforge.values.numbers import plain

__all__ = ["Geolocation", "Latitude", "Longitude"]


class _Degrees(Number):
    """A number of degrees within bounds."""

    bound: ClassVar[int]

    def coerce(self, value: Any) -> Decimal | None:
        """The number if it is between the bounds."""
        found = super().coerce(value)
        if found is not None and abs(found) > self.bound:
            raise problem("out_of_range", value=plain(found), least=-self.bound, most=self.bound)
        return found

    def example(self, random: Random, number: int) -> Decimal:
        """Somewhere between the bounds."""
        top = self.bound * 10**self.scale
        return Decimal(random.randrange(-top, top + 1)).scaleb(-self.scale)


class Latitude(_Degrees):
    """Degrees north (positive) or south."""

    bound: ClassVar = 90


class Longitude(_Degrees):
    """Degrees east (positive) or west."""

    bound: ClassVar = 180


class Geolocation(Compound):
    """A place on the globe: latitude and longitude in degrees."""

    type_name: ClassVar = "geolocation"
    summary: ClassVar = "A place on the globe: Site has SiteLatitude and SiteLongitude, in degrees."

    scale: Annotated[Whole, Field(ge=0, le=15)] = 6

    def part_types(self) -> Mapping[str, FieldType]:
        """Latitude and Longitude."""
        return {
            "Latitude": Latitude(label={"en": "Latitude", "ja": "緯度"}, scale=self.scale),
            "Longitude": Longitude(label={"en": "Longitude", "ja": "経度"}, scale=self.scale),
        }

    def compose(self, parts: Mapping[str, Any], locale: Locale) -> str:
        """Both numbers, latitude first; nothing unless both are known."""
        latitude, longitude = parts.get("Latitude"), parts.get("Longitude")
        if latitude is None or longitude is None:
            return ""
        return f"{plain(latitude)}, {plain(longitude)}"
