"""Functions on geolocations."""

from __future__ import annotations

import math
from decimal import Decimal

from objectforge.expressions.functions.double import real
from objectforge.expressions.functions.function import NUMBER, PLACE, TEXT, EvaluationError, Function, Place, Site
from objectforge.expressions.functions.shapes import REAL
from objectforge.expressions.syntax import Number, Unary
from objectforge.expressions.typed import Call, Const, Typed
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import to_decimal

__all__ = ["PLACES", "RADIAN", "RADII", "distance"]

RADII = {"km": 6371.009, "mi": 3958.761}
"""The earth's mean radius, by unit."""
RADIAN = math.pi / 180
"""A degree as an angle."""


def _place(latitude: Decimal, longitude: Decimal) -> Place:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise EvaluationError("a latitude is within -90 and 90, a longitude within -180 and 180")
    return latitude, longitude


def _point(value: object) -> Place | None:
    """A place in any of the forms that records have it in: two numbers, by the names of the parts, as a text."""
    match value:
        case (Decimal() as latitude, Decimal() as longitude):
            return latitude, longitude
        case {"Latitude": Decimal() as latitude, "Longitude": Decimal() as longitude}:
            return latitude, longitude
        case str() if ", " in value:
            latitude, longitude = value.split(", ")
            return to_decimal(latitude), to_decimal(longitude)
        case _:
            return None


def _between(start: object, end: object, unit: str) -> Decimal | None:
    first, second = _point(start), _point(end)
    return None if first is None or second is None else _distance(first, second, unit)


def _distance(start: Place, end: Place, unit: str) -> Decimal:
    radius = RADII.get(unit.lower())
    if radius is None:
        raise EvaluationError(f"a distance is in 'km' or 'mi', not {unit!r}")
    (lat1, lon1), (lat2, lon2) = (tuple(float(each) * RADIAN for each in point) for point in (start, end))
    across, along = math.sin((lat2 - lat1) / 2), math.sin((lon2 - lon1) / 2)
    chord = across * across + math.cos(lat1) * math.cos(lat2) * along * along
    return real(2 * radius * math.asin(min(1.0, math.sqrt(chord))))


def distance(
    latitude: Decimal, longitude: Decimal, other_latitude: Decimal, other_longitude: Decimal, unit: str
) -> Decimal:
    """The distance of two places given by their degrees.

    Raises:
        EvaluationError: the degrees are out of range, or there is no such unit.
    """
    return _distance(_place(latitude, longitude), _place(other_latitude, other_longitude), unit)


def _geolocation(site: Site) -> Typed:
    for index, (name, most) in enumerate((("latitude", 90), ("longitude", 180))):
        match site.node(index):
            case Number(value=value) | Unary(operand=Number(value=value)) if value > most:
                message = f"a {name} is within -{most} and {most}"
                site.report("OF337", message, site.node(index), "the latitude comes first, then the longitude")
            case _:
                pass
    return Call("GEOLOCATION", site.args, ValueType(Kind.COMPOUND))


def _rule(site: Site) -> Typed:
    unit = site.args[2]
    if isinstance(unit, Const) and isinstance(unit.value, str) and unit.value.lower() not in ("km", "mi"):
        site.report("OF337", f"there is no unit '{unit.value}'", site.node(2), "write 'km' or 'mi'")
    return Call("DISTANCE", site.args, REAL)


PLACES = (
    Function("GEOLOCATION", "GEOLOCATION(latitude, longitude)", "A place on earth, in degrees.", (NUMBER, NUMBER),
             ValueType(Kind.COMPOUND), run=_place, rule=_geolocation),
    Function("DISTANCE", "DISTANCE(place, place, 'km')", "The distance along the ground, in 'km' or 'mi'.",
             (PLACE, PLACE, TEXT), REAL, run=_between, rule=_rule),
)  # fmt: skip
