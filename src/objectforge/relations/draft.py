"""Objects found by name while a schema is being resolved, and the names that are missing through other mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import replace

from objectforge.errors.issue import closest
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.names import api_name
from objectforge.metadata.nodes import Mapping, Scalar
from objectforge.relations.naming import default_children, parent_path
from objectforge.relations.schema import Field, Object

__all__ = ["Draft", "Missing"]


def _may_link(written: str) -> bool:
    """Whether a type as written is a lookup's, or none at all, which may have been meant to be one."""
    cls = field_type(written.partition("(")[0].strip())
    return cls is None or "children" in cls.model_fields


class Missing:
    """The names that were defined but are wrong: their absence is no mistake of whoever uses them."""

    def __init__(self, metadata: Metadata) -> None:
        self._names: set[tuple[str, str]] = set()
        self._objects: set[str] = set()
        self._children: set[str] = set()
        for path in metadata.broken:
            match path:
                case ("objects", str(name)):
                    self._objects.add(name.lower())
                case ("objects", str(name), "fields", str(field), *_):
                    self.add(name, field)
                    self.add(name, api_name(field))
                    self._add_link(metadata, name, field)
                case ("objects", str(name), "name_field", *_):
                    self._objects.add(name.lower())
                case ("objects", str(name), str(key)) if closest(key, ["fields"]):
                    self._objects.add(name.lower())
                case ("objects", str(name), str(key)):  # perhaps a field that stands one level too high
                    self.add(name, key)
                case _:
                    pass

    def _add_link(self, metadata: Metadata, object_name: str, field: str) -> None:
        """A wrong field may have been a lookup: whichever its parent was, its children have no name there."""
        node = metadata.places.written("objects", object_name, "fields", field)
        declared = metadata.objects.get(object_name)
        match node:
            case Mapping():
                given, kind = node.get("children"), node.get("type")
            case _:
                given, kind = None, node
        if isinstance(given, Scalar):
            self._children.add(given.text.lower())
        elif not isinstance(kind, Scalar) or _may_link(kind.text):
            name = default_children(object_name, declared.plural if declared else None, field)
            self._children.add(name.lower())

    def add(self, object_name: str, field: str) -> None:
        """A field is missing, and with it the path that it would open as a lookup."""
        self._names |= {(object_name.lower(), name.lower()) for name in (field, parent_path(field))}

    def add_children(self, object_name: str, field: str, parents: Iterable[str], given: str | None) -> None:
        """A lookup is missing, and with it the name of the children on its parents."""
        self.add(object_name, field)
        name = given or default_children(object_name, None, field)
        self._names |= {(parent.lower(), name.lower()) for parent in parents}

    def has_object(self, name: str) -> bool:
        """Whether the object itself is missing."""
        return name.lower() in self._objects

    def has(self, object_name: str, name: str) -> bool:
        """Whether something of that name is missing on the object."""
        owner, key = object_name.lower(), name.lower()
        return owner in self._objects or (owner, key) in self._names or key in self._children


class Draft:
    """The objects resolved so far, by name in any case."""

    def __init__(self, objects: AnyMapping[str, Object], missing: Missing) -> None:
        self.objects = dict(objects)
        self.lost = missing
        self._names = {name.lower(): name for name in objects}

    def object(self, name: str) -> Object | None:
        """The object of that name, in any case."""
        own = self._names.get(name.lower())
        return None if own is None else self.objects[own]

    def put(self, *fields: Field) -> None:
        """Put fields of one object in the place of those of the same names."""
        if fields:
            owner = self.objects[fields[0].object]
            changed = {**owner.fields, **{field.name: field for field in fields}}
            self.objects[owner.name] = replace(owner, fields=changed)

    def missing(self, object_name: str, name: str) -> bool:
        """Whether the object lacks something of that name only because its definition is wrong."""
        return self.lost.has(object_name, name)
