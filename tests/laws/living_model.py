"""A living org in plain Python: what it holds, by identities of its own, whatever things are called at the moment.

Nothing here asks the org. Names, histories and what is held are told apart by keys that the model gives out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["LINKS", "Bin", "Choice", "Field", "Model", "Object", "Row", "folded"]

LINKS = ("lookup", "master_detail")
UNKEPT = ("formula",)


@dataclass
class Choice:
    """A picklist's value."""

    name: str
    history: tuple[str, ...] = ()
    held: bool = False
    label: str | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The name, then those before."""
        return (self.name, *self.history)


@dataclass
class Field:
    """A field: what it is called now and was before, and what of its definition the model needs to know."""

    key: int
    object: int
    name: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    history: tuple[str, ...] = ()
    held: bool = False
    values: list[Choice] = field(default_factory=list[Choice])
    targets: tuple[int, ...] = ()
    """Of a lookup, the keys of objects."""
    reads: int | None = None
    """Of a formula, the field that it doubles."""

    @property
    def path(self) -> tuple[str, ...]:
        """The name, then those before."""
        return (self.name, *self.history)

    @property
    def kept(self) -> bool:
        """Whether records hold values of it."""
        return self.kind not in UNKEPT

    @property
    def declared(self) -> list[Choice]:
        """The values that may be chosen."""
        return [one for one in self.values if not one.held]

    def on(self, option: str) -> bool:
        """Whether an option is set."""
        return bool(self.options.get(option))

    def key_of(self, cell: Any) -> Any:
        """What of a value is compared."""
        return folded(cell) if isinstance(cell, str) and not self.on("case_sensitive") else cell


@dataclass
class Object:
    """An object with its fields, those held too."""

    key: int
    name: str
    history: tuple[str, ...] = ()
    held: bool = False
    fields: dict[int, Field] = field(default_factory=dict[int, Field])
    label: str | None = None
    views: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """Sections such as list_views, with the fields that each shows."""

    @property
    def path(self) -> tuple[str, ...]:
        """The name, then those before."""
        return (self.name, *self.history)

    @property
    def seen(self) -> list[Field]:
        """The fields that are declared."""
        return [one for one in self.fields.values() if not one.held]


@dataclass
class Row:
    """A record: its values by field, and the batch with which it went to the bin."""

    id: str
    object: int
    cells: dict[int, Any] = field(default_factory=dict[int, Any])
    batch: str | None = None


@dataclass
class Bin:
    """The links that deleting emptied: by record and field, the batch and where it led to."""

    links: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict[tuple[str, int], tuple[str, str]])


@dataclass
class Model:
    """All of an org."""

    objects: dict[int, Object] = field(default_factory=dict[int, Object])
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    bin: Bin = field(default_factory=Bin)
    settings: dict[str, Any] = field(default_factory=lambda: {"name": "Living", "timezone": "UTC"})
    next_key: int = 1

    def key(self) -> int:
        """A key that nothing had before."""
        self.next_key += 1
        return self.next_key - 1

    @property
    def seen(self) -> list[Object]:
        """The objects that are declared."""
        return [one for one in self.objects.values() if not one.held]

    def fields(self) -> Iterator[tuple[Object, Field]]:
        """Every field in sight, with its object."""
        return ((one, each) for one in self.seen for each in one.seen)

    def field(self, key: int) -> Field:
        """A field by its key."""
        return next(one.fields[key] for one in self.objects.values() if key in one.fields)

    def in_sight(self, each: Field) -> bool:
        """Whether a field is declared, and its object too."""
        return not each.held and not self.objects[each.object].held

    def rows_of(self, key: int, *, living: bool | None = None) -> list[Row]:
        """An object's records, by id."""
        found = [row for row in self.rows.values() if row.object == key]
        return sorted((row for row in found if living is None or (row.batch is None) is living), key=lambda row: row.id)

    # -- what a file says -----------------------------------------------------------------------------------------
    def written(self) -> dict[str, Any]:
        """The metadata as a mapping: every history in full."""
        found: dict[str, Any] = {"settings": {"org": dict(self.settings)}, "objects": {}}
        for one in self.seen:
            found["objects"][one.name] = self._object(one)
            for section, keys in one.views.items():
                names = [one.fields[key].name for key in keys if key in one.fields and not one.fields[key].held]
                name, body = _shown(section, one.name, names)
                found.setdefault(section, {})[name] = body
        return found

    def _object(self, one: Object) -> dict[str, Any]:
        body: dict[str, Any] = {"fields": {each.name: self._field(one, each) for each in one.seen}}
        if one.label:
            body["label"] = one.label
        return {**body, **_was(one.history)}

    def _field(self, one: Object, each: Field) -> dict[str, Any]:
        body: dict[str, Any] = {"type": each.kind, **each.options, **_was(each.history)}
        if each.values and each.kind in ("picklist", "multipicklist"):
            body["values"] = [
                {"value": value.name, **({"label": value.label} if value.label else {}), **_was(value.history)}
                for value in each.declared
            ]
        if each.targets:
            names = [self.objects[key].name for key in each.targets]
            body["to"] = names if len(names) > 1 else names[0]
        if each.reads is not None:
            body |= {"returns": "number", "scale": 4, "formula": f"{one.fields[each.reads].name} * 2"}
        return body


def folded(text: str) -> str:
    """The text by which texts are compared: ASCII letters without their case."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _was(history: tuple[str, ...]) -> dict[str, Any]:
    return {"was": list(history)} if history else {}


def _shown(section: str, owner: str, names: list[str]) -> tuple[str, dict[str, Any]]:
    match section:
        case "list_views":
            return f"{owner}.all", {"columns": ["Name", *names]}
        case "layouts":
            return f"{owner}.main", {"sections": [{"label": "Facts", "fields": [["Name", *names]]}]}
        case _:
            return f"count_of_{owner}", {"from": owner, "columns": ["Name", *names]}
