"""Random orgs for the laws: objects with fields of many kinds, lookups in trees and circles, rows with nulls.

Rows carry made-up Ids (`Deal-2`) until they are written into an org, which gives them real ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from oracle.world import Calendar, Field, Relationship, Row, Value, World

__all__ = ["NAMES", "Draw", "texts_of", "values_of", "worlds", "written"]

Draw = Any  # what st.composite hands in
NAMES = ("Firm", "Deal", "Line", "Visit")
TEXTS = ("acme", "Acme", "ACME", "b", "B_c", "b%c", "É", "é", "straße", "日本", "it's", "x\\y", "Z", "_")
STAGES = ("Won", "open", "Lost", "Éclair")
DAYS = ("1999-12-31", "2020-01-01", "2020-02-29", "2023-03-31", "2023-04-01", "2023-12-31", "2024-01-01", "2024-10-06")
MOMENTS = (
    "2023-03-31T14:59:59", "2023-03-31T15:00:00", "2023-03-12T06:59:59", "2023-12-31T23:30:00", "2024-11-03T05:30:00",
)  # fmt: skip
NUMBERS = ("0", "1", "-1", "2", "3", "7", "10", "0.5", "-2.25", "0.01", "99.99", "0.001", "1.005", "1234567.891")
LARGE: Mapping[int, str] = {0: "999999999999999999", 2: "9999999999999999.99", 6: "-999999999999.999999"}
ALL_FIELDS = (
    Field("Tag", "text"),
    Field("Code", "text", exactly=True),
    Field("Units", "integer"),
    Field("Ratio", "number", 6),
    Field("Rank", "number", 0),
    Field("Cost", "currency", 2, 7),
    Field("Score", "number", 1, 4),
    Field("Amount", "currency", 2),
    Field("Share", "percent", 2),
    Field("Active", "checkbox"),
    Field("Opened", "date"),
    Field("Seen", "datetime"),
    Field("Stage", "picklist", values=STAGES),
)
NAME = Field("Name", "text")


@st.composite
def worlds(draw: Draw, rows: int = 6) -> World:
    """Up to four objects, linked into one graph, with at most `rows` rows each."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    relationships = tuple(draw(_relationships(names)))
    objects = {name: draw(_fields(name, relationships)) for name in names}
    return World(objects, relationships, draw(_rows(objects, relationships, rows)), draw(_calendars()))


@st.composite
def _relationships(draw: Draw, names: tuple[str, ...]) -> list[Relationship]:
    found: list[Relationship] = []
    for place, child in enumerate(names[1:], 1):
        parent = names[draw(st.integers(0, place - 1))]
        lookup = draw(st.sampled_from([f"{parent}Id", parent]))
        found.append(Relationship(child, lookup, parent, parent, f"{child}s"))
    for child in names:
        parent = draw(st.none() | st.sampled_from(names))
        if parent is not None:  # a second way between two objects, or a circle
            found.append(Relationship(child, "SideId", parent, "Side", f"{child}sBeside"))
    return found


@st.composite
def _fields(draw: Draw, name: str, relationships: tuple[Relationship, ...]) -> dict[str, Field]:
    chosen = draw(st.lists(st.sampled_from(ALL_FIELDS), min_size=3, max_size=7, unique_by=lambda field: field.name))
    links = [Field(one.lookup, "id") for one in relationships if one.child == name]
    return {field.name: field for field in (NAME, *chosen, *links)}


def _calendars() -> st.SearchStrategy[Calendar]:
    zones = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"])
    return st.builds(Calendar, zones, st.sampled_from([1, 4, 10]), st.sampled_from(["sunday", "monday", "wednesday"]))


@st.composite
def _rows(
    draw: Draw, objects: Mapping[str, Mapping[str, Field]], relationships: tuple[Relationship, ...], most: int
) -> dict[str, list[Row]]:
    counts = {name: draw(st.sampled_from([0, 1, 2, *range(3, most + 1), most])) for name in objects}
    parents = {(one.child, one.lookup): one.parent for one in relationships}
    rows: dict[str, list[Row]] = {}
    for name, fields in objects.items():
        rows[name] = [{"Id": f"{name}-{number}"} for number in range(counts[name])]
        for row in rows[name]:
            for field in fields.values():
                if field.kind == "id":
                    parent = parents[name, field.name]
                    ids = [f"{parent}-{number}" for number in range(counts[parent])]
                    row[field.name] = draw(st.sampled_from([*ids, *ids, None]))
                else:
                    row[field.name] = draw(values_of(field))
    return rows


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """Values that a record may hold in a field, few enough to meet again."""
    values = texts_of(field)
    if field.kind == "checkbox" or field.name == "Name":
        return st.sampled_from(values)
    return st.sampled_from([*values, *values[:3], None, None])


def texts_of(field: Field) -> list[Value]:
    """The pool from which values and literals for a field are taken."""
    match field.kind:
        case "text":
            return list(TEXTS)
        case "picklist":
            return list(field.values)
        case "checkbox":
            return [False, True]
        case "date":
            return [date.fromisoformat(day) for day in DAYS]
        case "datetime":
            return [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in MOMENTS]
        case "id":
            return []
        case _:
            pool = [Decimal(text) for text in (*NUMBERS, *([LARGE[field.scale]] if field.digits == 18 else []))]
            largest = 10 ** (field.digits - field.scale)
            return [value for value in pool if value == round(value, field.scale) and abs(value) < largest]


def written(world: World) -> dict[str, object]:
    """The org's metadata as YAML would have it, with a list view `all` of every object."""
    calendar = world.calendar
    settings = {
        "timezone": calendar.timezone,
        "fiscal_year": {"start": calendar.fiscal_start},
        "week_start": calendar.week_start,
    }
    links = {(one.child, one.lookup): one for one in world.relationships}
    objects = {
        name: {"fields": {field.name: _written(field, links.get((name, field.name))) for field in _own(fields)}}
        for name, fields in world.objects.items()
    }
    views = {f"{name}.all": {"columns": list(fields)} for name, fields in world.objects.items()}
    return {"settings": {"org": settings}, "objects": objects, "list_views": views}


def _own(fields: Mapping[str, Field]) -> list[Field]:
    return [field for field in fields.values() if field.name != "Name"]


def _written(field: Field, link: Relationship | None) -> dict[str, object]:
    if link:
        return {"type": "lookup", "to": link.parent, "children": link.children}
    options: dict[str, object] = {"type": field.kind}
    if field.kind in {"number", "currency", "percent"}:
        options |= {"scale": field.scale, "precision": field.digits}
    if field.values:
        options["values"] = list(field.values)
    if field.exactly:
        options["case_sensitive"] = True
    return options
