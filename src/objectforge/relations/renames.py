"""New names for objects, fields and picklist values to what every name that follows from them becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from objectforge.expressions.printer import print_expression
from objectforge.expressions.syntax import Text
from objectforge.relations.mentions import (
    ChildName,
    FieldName,
    Meaning,
    ObjectName,
    OwnerName,
    ParentPath,
    SetValue,
    ValueName,
    Values,
)  # fmt: skip
from objectforge.relations.naming import default_children, parent_path
from objectforge.relations.schema import Schema
from objectforge.values.text import fold_key

__all__ = ["NewNames", "Renames"]

_BySet = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Renames:
    """What is called otherwise from now on, all at once; keys are the names until now, of objects too."""

    objects: Mapping[str, str] = field(default_factory=dict[str, str])
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """By object and field."""
    values: Mapping[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    """By object, picklist and value. Of a value set, one picklist that takes its values from it is enough."""


class NewNames:
    """What the names of a schema become. A name that is not renamed, and follows from none, stays."""

    def __init__(self, schema: Schema, renames: Renames) -> None:
        self.schema = schema
        self._objects = renames.objects
        self._fields = {**renames.fields, **_parts(schema, renames)}
        self._sets = _sets(schema, renames)
        self._values = _values(schema, renames, self._sets)

    def object(self, name: str) -> str:
        """The new name of an object."""
        return self._objects.get(name, name)

    def field(self, object_name: str, name: str) -> str:
        """The new name of a field; `object_name` is the one until now."""
        return self._fields.get((object_name, name), name)

    def value(self, object_name: str, field_name: str, value: str) -> str:
        """The new spelling of a picklist's value, or of several joined by `;`."""
        new = self._values.get((object_name, field_name), {})
        return new.get(fold_key(value)) or ";".join(new.get(fold_key(each), each) for each in value.split(";"))

    def of(self, meaning: Meaning) -> tuple[str, str]:
        """How what is meant is written until now and from now on."""
        match meaning:
            case ObjectName(object=name) | OwnerName(object=name):
                return name, self.object(name)
            case FieldName(object=owner, field=name):
                return name, self.field(owner, name)
            case ParentPath(object=owner, field=name):
                return parent_path(name), parent_path(self.field(owner, name))
            case ChildName(object=owner, field=name):
                return self._children(owner, name)
            case ValueName(object=owner, field=name, value=value, quoted=quoted):
                new = self.value(owner, name, value)
                return (_quoted(value), _quoted(new)) if quoted else (value, new)
            case SetValue(value_set=name, value=value):
                return value, self._sets.get(name.lower(), {}).get(fold_key(value), value)
            case Values():
                raise AssertionError("a list of values has no name")

    def _children(self, owner: str, name: str) -> tuple[str, str]:
        lookup = self.schema.objects[owner].lookups[name]
        relation = self.schema.objects[owner].fields[name].type.relation
        assert relation is not None, "a lookup is a relation"
        assert lookup.children is not None, "what a parent names has a name"
        plural = self.schema.metadata.objects[owner].plural
        return lookup.children, relation.children or default_children(
            self.object(owner), plural, self.field(owner, name)
        )


def _quoted(value: str) -> str:
    return print_expression(Text(value, 0, len(value)))


def _parts(schema: Schema, renames: Renames) -> dict[tuple[str, str], str]:
    """The parts of compounds that are renamed."""
    found: dict[tuple[str, str], str] = {}
    for (owner, name), new in renames.fields.items():
        declared = schema.objects[owner].fields[name].type
        found |= {(owner, part): after for part, after in zip(declared.parts(name), declared.parts(new), strict=True)}
    return found


def _sets(schema: Schema, renames: Renames) -> dict[str, dict[str, str]]:
    """New values by value set and old value, both in any case."""
    found: dict[str, dict[str, str]] = {}
    for (owner, name, value), new in renames.values.items():
        rules = schema.objects[owner].fields[name].type.choice_rules
        if rules is not None and rules.value_set is not None:
            found.setdefault(rules.value_set.lower(), {})[fold_key(value)] = new
    return found


def _values(schema: Schema, renames: Renames, sets: _BySet) -> dict[tuple[str, str], dict[str, str]]:
    """New values by picklist and old value in any case; picklists of one value set share them."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for (owner, name, value), new in renames.values.items():
        found.setdefault((owner, name), {})[fold_key(value)] = new
    for owner in schema:
        for each in owner.fields.values():
            rules = each.type.choice_rules
            if rules is not None and rules.value_set is not None and rules.value_set.lower() in sets:
                found.setdefault((owner.name, each.name), {}).update(sets[rules.value_set.lower()])
    return found
