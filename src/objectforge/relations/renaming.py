"""An org's own metadata with some things renamed: every name of them in it is changed, their histories grow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from objectforge.metadata.document import Definition
from objectforge.metadata.layer import Layer
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence, replaced
from objectforge.metadata.own_data import own_data
from objectforge.metadata.places import Place, walk
from objectforge.metadata.to_yaml import data_to_yaml
from objectforge.relations.histories import grow_histories
from objectforge.relations.mentions import FieldName, Meaning, Mention, ObjectName, OwnerName, ValueName, Values
from objectforge.relations.renames import NewNames, Renames
from objectforge.relations.resolve import mentions
from objectforge.relations.schema import Schema

__all__ = ["rename_references"]

_SHORT = re.compile(r"\s*\w+\s*\(\s*(\w+)\s*\)\s*", re.ASCII)
"""A short form: `lookup(Account)`."""


def rename_references(metadata: Metadata, renames: Renames) -> str:
    """The YAML of the org's own metadata, what is renamed called by its new name wherever it is named.

    What follows from a name - a parent path, the name of the children, the parts of a compound - changes with it.
    Expressions are changed where they name it, character by character; `was:` keeps the name until now.

    Raises:
        MetadataError: the metadata does not resolve, so that it cannot be told what its names stand for.
    """
    schema, found = mentions(metadata)
    layer = metadata.layers[-1]
    names = NewNames(schema, renames)
    edits = _Edits(layer, names)
    for mention in found:
        edits.take(mention, metadata.places.at(*mention.path))
    for place, meaning in _in_extensions(layer, schema):
        edits.rename(place.key, meaning)
    texts = edits.texts()
    changed = tuple(replace(each, definition=_renamed(each.definition, schema, names, texts)) for each in layer.built)
    own = own_data(replace(layer, built=changed))
    return data_to_yaml(layer, grow_histories(own, schema, renames))


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of a scalar's text and what takes its place."""

    start: int
    end: int
    text: str


class _Edits:
    """What is to change in the scalars of a layer. Use once."""

    def __init__(self, layer: Layer, names: NewNames) -> None:
        self._sources = {document.source for document in layer.documents}
        self._names = names
        self._by_scalar: dict[Scalar, set[_Edit]] = {}

    def take(self, mention: Mention, place: Place | None) -> None:
        """Change a name where it is mentioned, if it has another now."""
        match mention.meaning, place:
            case _, None:
                pass
            case Values() as values, Place(node=node):
                for scalar, meaning in _in_values(values, node):
                    self.rename(scalar, meaning)
            case meaning, Place(key=key) if mention.key:
                self.rename(key, meaning, mention.start, mention.end)
            case meaning, Place(node=Scalar() as scalar):
                self.rename(scalar, meaning, mention.start, mention.end)
            case _:
                pass

    def rename(self, scalar: Scalar | None, meaning: Meaning, start: int = 0, end: int | None = None) -> None:
        """Change a stretch of a scalar, where it is what is meant."""
        if scalar is None or scalar.source not in self._sources:
            return
        before, after = self._names.of(meaning)
        if before == after:
            return
        start, end = _stretch(scalar.text, meaning, start, end)
        written = scalar.text[start:end]
        quoted = isinstance(meaning, ValueName) and meaning.quoted
        if quoted:
            after = _in_quotes(written[:1], after)
        if quoted or written.lower() == before.lower():
            self._by_scalar.setdefault(scalar, set()).add(_Edit(start, end, after))

    def texts(self) -> dict[Scalar, str]:
        """The scalars that change, with their new texts."""
        return {scalar: _spliced(scalar.text, edits) for scalar, edits in self._by_scalar.items()}


def _stretch(text: str, meaning: Meaning, start: int, end: int | None) -> tuple[int, int]:
    match meaning:
        case OwnerName():
            return 0, max(text.find("."), 0)
        case ObjectName() if end is None and (short := _SHORT.fullmatch(text)):
            return short.span(1)
        case _:
            return start, len(text) if end is None else end


def _in_quotes(mark: str, literal: str) -> str:
    """A literal in the quotes that were there, where nothing in it has to be escaped."""
    return literal if "\\" in literal or '"' in literal else f"{mark}{literal[1:-1]}{mark}"


def _spliced(text: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _in_values(values: Values, node: Node) -> Iterator[tuple[Scalar, Meaning]]:
    """The values in a list, or in what an override adds and hides, and what they set."""
    match node:
        case Scalar(text=text):
            yield node, ValueName(values.object, values.field, text)
        case Sequence(items=items):
            for item in items:
                yield from _in_values(values, item)
        case Mapping() if (scalar := node.get("value")) is not None:
            yield from _in_values(values, scalar)
            sets = node.get("sets")
            for entry in sets.entries if isinstance(sets, Mapping) else ():
                yield entry.key, FieldName(values.object, entry.key.text)
                if isinstance(entry.value, Scalar):
                    yield entry.value, ValueName(values.object, entry.key.text, entry.value.text)
        case Mapping(entries=entries):
            for entry in entries:
                if entry.key.text in ("add", "hide"):
                    yield from _in_values(values, entry.value)


def _in_extensions(layer: Layer, schema: Schema) -> Iterator[tuple[Place, Meaning]]:
    """The keys by which objects are extended and fields overridden."""
    for built in layer.built:
        owner = schema.object(built.definition.name)
        if built.definition.section != "extend" or owner is None:
            continue
        place = built.definition.place
        yield place, ObjectName(owner.name)
        override = walk(place, ("override",)).node
        for entry in override.entries if isinstance(override, Mapping) else ():
            field = owner.field(entry.key.text)
            if field is not None:
                yield Place(entry.value, entry.key), FieldName(owner.name, field.name)


def _renamed(definition: Definition, schema: Schema, names: NewNames, texts: dict[Scalar, str]) -> Definition:
    name = definition.name
    if definition.section in ("objects", "extend", "list_views", "layouts"):
        written, dot, rest = name.partition(".")
        owner = schema.object(written)
        name = (
            name if owner is None or names.object(owner.name) == owner.name else names.object(owner.name) + dot + rest
        )
    return Definition(definition.section, name, Place(replaced(definition.place.node, texts), definition.place.key))
