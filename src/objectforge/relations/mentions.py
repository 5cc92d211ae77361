"""What a name in the metadata stands for, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.metadata.places import Path

__all__ = [
    "ChildName",
    "FieldName",
    "Meaning",
    "Mention",
    "ObjectName",
    "OwnerName",
    "ParentPath",
    "SetValue",
    "ValueName",
    "Values",
]


@dataclass(frozen=True, slots=True)
class ObjectName:
    """An object by its name."""

    object: str


@dataclass(frozen=True, slots=True)
class OwnerName:
    """The object before the dot of a definition's name; a definition inside its object has none."""

    object: str


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field of an object, parts of compounds included."""

    object: str
    field: str


@dataclass(frozen=True, slots=True)
class ParentPath:
    """A lookup by the path it opens: `Account` of AccountId."""

    object: str
    field: str


@dataclass(frozen=True, slots=True)
class ChildName:
    """A lookup seen from its parent, by the name of the children; `object` is the child."""

    object: str
    field: str


@dataclass(frozen=True, slots=True)
class ValueName:
    """A value of a picklist, or several joined by `;`. In an expression it is `quoted`."""

    object: str
    field: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """All the declared values of a picklist, with what they set."""

    object: str
    field: str


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value of a value set, where no field's but a parameter's."""

    value_set: str
    value: str


Meaning = ObjectName | OwnerName | FieldName | ParentPath | ChildName | ValueName | SetValue | Values


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a path of the metadata: its key, or a stretch of the text there, all of it without an `end`."""

    meaning: Meaning
    path: Path
    start: int = 0
    end: int | None = None
    key: bool = False
