"""The names and values of a schema that are renamed to the stretches of the org's own files that change for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from objectforge.metadata.layer import Layer
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence
from objectforge.metadata.places import Place, walk
from objectforge.relations.mentions import FieldName, Meaning, Mention, ObjectName, OwnerName, ValueName, Values
from objectforge.relations.renames import NewNames
from objectforge.relations.schema import Schema

__all__ = ["Edit", "find_edits", "spliced"]

_SHORT = re.compile(r"\s*\w+\s*\(\s*(\w+)\s*\)\s*", re.ASCII)
"""A short form: `lookup(Account)`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a scalar's text and what takes its place."""

    start: int
    end: int
    text: str


def find_edits(metadata: Metadata, found: Iterable[Mention], names: NewNames) -> dict[Scalar, set[Edit]]:
    """What changes in the scalars of the org's own layer; `found` is what its names stand for."""
    layer = metadata.layers[-1]
    edits = _Edits(layer, names)
    for mention in found:
        edits.take(mention, metadata.places.at(*mention.path))
    for place, meaning in _in_extensions(layer, names.schema):
        edits.rename(place.key, meaning)
    return edits.by_scalar


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """The text with other stretches in it."""
    for edit in sorted(edits, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class _Edits:
    """What is to change in the scalars of a layer. Use once."""

    def __init__(self, layer: Layer, names: NewNames) -> None:
        self._sources = {document.source for document in layer.documents}
        self._names = names
        self.by_scalar: dict[Scalar, set[Edit]] = {}

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
            self.by_scalar.setdefault(scalar, set()).add(Edit(start, end, after))


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
