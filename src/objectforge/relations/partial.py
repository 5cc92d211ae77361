"""An org's own metadata with a part of it given anew: what is renamed on the way is renamed in all that stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from objectforge.errors.issue import Issue
from objectforge.metadata.document import Definition
from objectforge.metadata.expand import expand_name_field
from objectforge.metadata.loading import Loaded
from objectforge.metadata.metadata import OWN, Given, Metadata, collect_text, load_given, merge_given
from objectforge.metadata.nodes import Entry, Mapping, Node, Scalar, to_data
from objectforge.metadata.nodes import Sequence as Items
from objectforge.metadata.overlay import Item, matches
from objectforge.relations.renames import Renames
from objectforge.relations.renaming import rename_references
from objectforge.relations.resolve import examine
from objectforge.relations.schema import Schema

__all__ = ["collect_partial", "renames_in"]


def collect_partial(base: str, given: Iterable[Given]) -> tuple[Metadata | None, tuple[Issue, ...]]:
    """What an org's own metadata and what is given define together, and every issue.

    See `Metadata.merged`. Here the rest of the base also names by its new name what a given item says it `was`.
    """
    loaded = load_given(given)
    metadata, _ = collect_text(base, OWN)
    schema = examine(metadata)[0] if metadata is not None else None
    if metadata is not None and schema is not None:
        renames = renames_in(schema, loaded)
        if renames != Renames():
            base = rename_references(metadata, renames)
    return merge_given(base, loaded)


def renames_in(schema: Schema, given: Loaded) -> Renames:
    """What the given documents call otherwise than the org's own metadata, which is that of the schema."""
    found = _Found(schema)
    layer = schema.metadata.layers[-1]
    base = [built.definition for built in layer.built]
    wanted = [definition for document in given.documents for definition in document.definitions]
    for section in ("objects", "extend", "value_sets"):
        for before, after in _pairs(_of(base, section), _of(wanted, section)):
            found.compare(section, before, after)
    return Renames(found.objects, found.fields, found.values)


def _of(definitions: Iterable[Definition], section: str) -> list[Entry]:
    places = [(each.place.key, each.place.node) for each in definitions if each.section == section]
    return [Entry(key, node) for key, node in places if key is not None]


def _pairs(base: Sequence[Entry], given: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """What is the same thing in both."""
    found = matches(*([Item.of(each.key.text, each.value) for each in entries] for entries in (base, given)))
    for number, before in found.items():
        yield base[before], given[number]


@dataclass(slots=True)
class _Found:
    """The renames found so far."""

    schema: Schema
    objects: dict[str, str] = field(default_factory=dict[str, str])
    fields: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    values: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])

    def compare(self, section: str, before: Entry, after: Entry) -> None:
        """Compare two definitions of one thing."""
        if section == "value_sets":
            self._compare_set(before, after)
            return
        owner = self.schema.object(before.key.text)
        if owner is None:
            return
        if section == "objects":
            if _renamed(before, after):
                self.objects[owner.name] = after.key.text
            self._compare_name_field(owner.name, owner.name_field, after.value)
        for old, new in _pairs(_members(before.value), _members(after.value)):
            declared = owner.field(old.key.text)
            if declared is None:
                continue
            if _renamed(old, new):
                self.fields[owner.name, declared.name] = new.key.text
            self._compare_values(owner.name, declared.name, old.value, new.value)

    def _compare_set(self, before: Entry, after: Entry) -> None:
        """Values of a value set are renamed by way of one of the picklists that take theirs from it."""
        for owner in self.schema:
            for each in owner.fields.values():
                rules = each.type.choice_rules
                if rules is not None and rules.value_set and rules.value_set.lower() == before.key.text.lower():
                    self._compare_values(owner.name, each.name, before.value, after.value)
                    return

    def _compare_name_field(self, owner: str, name: str, given: Node) -> None:
        written = given.get("name_field") if isinstance(given, Mapping) else None
        if written is None:
            return
        after, _, _ = expand_name_field(to_data(written))
        if name.lower() in Item.of(after, written).was:
            self.fields[owner, name] = after

    def _compare_values(self, owner: str, name: str, before: Node, after: Node) -> None:
        for old, new in _pairs(_values(before), _values(after)):
            if _renamed(old, new):
                self.values[owner, name, old.key.text] = new.key.text


def _renamed(before: Entry, after: Entry) -> bool:
    return before.key.text.lower() != after.key.text.lower()


def _members(body: Node) -> Sequence[Entry]:
    """The fields of an object or an extension."""
    fields = body.get("fields") if isinstance(body, Mapping) else None
    return fields.entries if isinstance(fields, Mapping) else ()


def _values(declared: Node) -> list[Entry]:
    """The values of a picklist or a value set in short or long form, each with its text as key."""
    listed = declared.get("values") if isinstance(declared, Mapping) else declared
    found: list[Entry] = []
    for item in listed.items if isinstance(listed, Items) else ():
        text = item.get("value") if isinstance(item, Mapping) else item
        if isinstance(text, Scalar):
            found.append(Entry(text, item))
    return found
