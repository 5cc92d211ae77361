"""Values as people of the United States read them, and distances on a sphere, in plain Python."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["About", "distance", "formatted"]

_RADII = {"km": 6371.0, "mi": 3958.8}


@dataclass(frozen=True, eq=False)
class About:
    """A number that others are equal to that differ by a hundred-thousandth of it, as radii of the earth do."""

    value: float

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decimal) and math.isclose(float(other), self.value, rel_tol=1e-5)


def formatted(value: Any, zone: ZoneInfo) -> str | None:
    """What FORMAT gives."""
    match value:
        case None:
            return None
        case bool():
            return "Yes" if value else "No"
        case datetime():
            local = value.astimezone(zone)
            half = "AM" if local.hour < 12 else "PM"
            return f"{formatted(local.date(), zone)}, {local.hour % 12 or 12}:{local.minute:02}\u202f{half}"
        case date():
            return f"{value:%b} {value.day}, {value.year}"
        case int() | Decimal():
            return f"{value:,}"
        case _:
            return str(value)


def distance(start: tuple[float, float] | None, end: tuple[float, float] | None, unit: str) -> float | None:
    """The length of the arc between two places: the angle between the lines to them from the centre."""
    if start is None or end is None:
        return None
    a, b = _line(start), _line(end)
    across = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    along = sum(x * y for x, y in zip(a, b, strict=True))
    return _RADII[unit.lower()] * math.atan2(math.hypot(*across), along)


def _line(place: tuple[float, float]) -> tuple[float, float, float]:
    latitude, longitude = (math.radians(each) for each in place)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)
