"""Where a name is mentioned in the metadata, to the definition that uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from objectforge.metadata.metadata import Metadata
from objectforge.metadata.places import Path
from objectforge.relations.mentions import ChildName, FieldName, Meaning, ObjectName, OwnerName, ParentPath, ValueName
from objectforge.relations.resolve import mentions
from objectforge.relations.schema import Object, Schema
from objectforge.upkeep.usage import Use

__all__ = ["uses_of_field", "uses_of_object", "uses_of_value"]

_SECTIONS = {
    "list_views": "list views", "reports": "reports", "dashboards": "dashboards", "layouts": "layouts",
    "value_sets": "value sets",
}  # fmt: skip
_RULES = {"validations": "validation rules", "unique": "unique rules"}
_FIELDS = "fields"
_INDEXES = "indexes"
# What the keys of fields are called where they are told beside the field's name.
_KEYS = {"to": "lookup", "value": "roll-up", "controlled_by": "dependent picklist", "when": "dependent picklist"}


def uses_of_object(schema: Schema, name: str) -> tuple[Use, ...]:
    """What names an object, also as the children of others: lookups to it, its list views and layouts, reports."""

    def is_it(meaning: Meaning) -> bool:
        return isinstance(meaning, ObjectName | OwnerName | ChildName) and meaning.object == name

    return _uses(schema, is_it, itself=("objects", name))


def uses_of_field(schema: Schema, object_name: str, name: str) -> tuple[Use, ...]:
    """What names a field, also by the path it opens or as its parent's children."""

    def is_it(meaning: Meaning) -> bool:
        named = isinstance(meaning, FieldName | ParentPath | ChildName)
        return named and (meaning.object, meaning.field) == (object_name, name)

    setting = [
        _Place(_FIELDS, f"{object_name}.{field.name}", "sets")
        for field in schema.objects[object_name].fields.values()
        if any(name in given for given in field.sets.values())
    ]
    return _uses(schema, is_it, itself=(_FIELDS, f"{object_name}.{name}"), also=setting)


def uses_of_value(schema: Schema, object_name: str, field_name: str, value: str) -> tuple[Use, ...]:
    """What names a picklist value, in any case."""
    wanted = value.lower()

    def is_it(meaning: Meaning) -> bool:
        return (
            isinstance(meaning, ValueName)
            and (meaning.object, meaning.field) == (object_name, field_name)
            and wanted in meaning.value.lower().split(";")
        )

    return _uses(schema, is_it, itself=None)


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    name: str
    key: str = ""


def _uses(
    schema: Schema, is_it: Callable[[Meaning], bool], itself: tuple[str, str] | None, also: Iterable[_Place] = ()
) -> tuple[Use, ...]:
    _, found = mentions(schema.metadata)
    places = [*also, *(_place(schema, mention.path) for mention in found if is_it(mention.meaning))]
    known = [place for place in places if place.key or (place.kind, place.name) != itself]
    gathered: dict[tuple[str, str], dict[str, None]] = {}
    for place in (*known, *_shown_on(schema.metadata, known)):
        gathered.setdefault((place.kind, place.name), {}).update({place.key: None} if place.key else {})
    return tuple(sorted(Use(kind, name, tuple(keys)) for (kind, name), keys in gathered.items()))


def _place(schema: Schema, path: Path) -> _Place:
    section, name, *rest = (str(step) for step in path)
    if section != "objects":
        return _Place(_SECTIONS.get(section, section), name, rest[0] if rest else "")
    owner = schema.objects[name]
    match rest:
        case ["fields", field, *below]:
            return _Place(_FIELDS, f"{name}.{field}", _key(below))
        case ["name_field", *below]:
            return _Place(_FIELDS, f"{name}.{owner.name_field}", _key(below))
        case ["indexes", number, *_]:
            return _Place(_INDEXES, _index(owner, int(number)))
        case [rules, rule, *below] if rules in _RULES:
            return _Place(_RULES[rules], f"{name}.{rule}", below[0] if rules == "validations" and below else "")
        case _:
            return _Place("objects", name, ".".join(rest))


def _key(below: list[str]) -> str:
    """What the key of a field that names something is called."""
    return _KEYS.get(below[0], below[0]) if below else ""


def _index(owner: Object, number: int) -> str:
    keys = ", ".join(f"-{field}" if descending else field for field, descending in owner.indexes[number])
    return f"{owner.name} ({keys})"


def _shown_on(metadata: Metadata, places: Iterable[_Place]) -> Iterator[_Place]:
    """The dashboards that show a report or list view that uses the thing."""
    used = {(place.kind, place.name.lower()) for place in places}
    for name, dashboard in metadata.dashboards.items():
        for row in dashboard.grid:
            for component in row:
                if component.report is not None and ("reports", component.report.lower()) in used:
                    yield _Place("dashboards", name, f"report {component.report}")
                if component.list_view is not None and ("list views", component.list_view.lower()) in used:
                    yield _Place("dashboards", name, f"list view {component.list_view}")
