"""Files of metadata with some things renamed in them, where they stand, and their `was:` grown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as AnySequence

from objectforge.errors.source import Source
from objectforge.metadata.document import Document
from objectforge.metadata.emit import emit_inline
from objectforge.metadata.expand import expand_field
from objectforge.metadata.loading import load_text
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.nodes import Data, Mapping, Node, Scalar, Sequence, locate, to_data
from objectforge.metadata.patches import Patch, insert_key, patched, put_first, put_value
from objectforge.metadata.scalars import resolve as resolve_scalar
from objectforge.relations.edits import Edit, find_edits, spliced
from objectforge.relations.renames import NewNames, Renames
from objectforge.relations.resolve import mentions
from objectforge.relations.schema import Schema
from objectforge.values.text import fold_key

__all__ = ["rename_in_files"]

_SIMPLE = re.compile(r"[\w.:]+|'[\w ]+'|\"[\w ]+\"")
"""What can stand in a scalar of any style as it is, a quoted literal where another one stood."""


def rename_in_files(metadata: Metadata, renames: Renames) -> dict[str, str]:
    """The org's own files that change, by their names, with their new texts.

    As `rename_references`, but in the files as they are written: only the names change, and `was:` is put in.

    Raises:
        MetadataError: the metadata does not resolve, so that it cannot be told what its names stand for.
    """
    schema, found = mentions(metadata)
    names = NewNames(schema, renames)
    edits = find_edits(metadata, found, names)
    patches = [patch for scalar, changes in edits.items() for patch in _spliced(scalar, changes)]
    documents = metadata.layers[-1].documents
    patches += _name_fields(documents, schema, renames)
    changed = _again(documents, patches)
    for were in (_values_were, _fields_were, _objects_were):  # from the inside, for one may hold another
        changed = _again(changed, were(changed, schema, renames))
    both = zip(documents, changed, strict=True)
    return {after.source.name: after.source.text for before, after in both if before is not after}


def _again(documents: AnySequence[Document], patches: Iterable[Patch]) -> list[Document]:
    """The documents, those that change read once more."""
    texts = patched(patches)
    return [_read(each, texts[each.source]) if each.source in texts else each for each in documents]


def _read(document: Document, text: str) -> Document:
    loaded = load_text(Source(document.source.name, text), document.folder)
    assert not loaded.issues, "names and values are put in as YAML has them"
    return loaded.documents[0]


def _spliced(scalar: Scalar, changes: Iterable[Edit]) -> Iterator[Patch]:
    """The changes in the text of a scalar where they can stand as they are, else all of it in quotes."""
    changes = sorted(changes, key=lambda each: each.start)
    whole = spliced(scalar.text, changes)
    spans = [locate(scalar, each.start, each.end) for each in changes]
    raw = scalar.source.text
    plain = raw[scalar.start : scalar.end] == scalar.text
    simple = all(
        _SIMPLE.fullmatch(each.text) and raw[span.start : span.end] == scalar.text[each.start : each.end]
        for each, span in zip(changes, spans, strict=True)
    )
    if simple and not (plain and not isinstance(resolve_scalar(whole), str)):
        for each, span in zip(changes, spans, strict=True):
            yield Patch(scalar.source, span.start, span.end, each.text)
    else:
        yield Patch(scalar.source, scalar.start, scalar.end, emit_inline(whole))


def _name_fields(documents: Iterable[Document], schema: Schema, renames: Renames) -> Iterator[Patch]:
    """What says the new names of name fields."""
    for (owner, before), after in renames.fields.items():
        if schema.objects[owner].name_field == before:
            for body in _bodies(documents, ("objects",), owner):
                yield _name_field(body, after)


def _name_field(body: Node, name: str) -> Patch:
    written = body.get("name_field") if isinstance(body, Mapping) else None
    match written:
        case Mapping() if (given := written.get("name")) is not None:
            return put_value(given, name)
        case Mapping():
            return insert_key(written, "name", name)
        case None:
            field = {"name": name}
            return (
                insert_key(body, "name_field", field)
                if isinstance(body, Mapping)
                else put_value(body, {"name_field": field})
            )
        case _:
            return put_value(written, {"name": name, **_long(written)})


def _values_were(documents: AnySequence[Document], schema: Schema, renames: Renames) -> Iterator[Patch]:
    """What keeps the values until now."""
    for (owner, field, before), after in renames.values.items():
        rules = schema.objects[owner].fields[field].type.choice_rules
        if rules is not None and rules.value_set is not None:
            holders = _bodies(documents, ("value_sets",), rules.value_set)
        else:
            holders = _fields(documents, renames.objects.get(owner, owner), renames.fields.get((owner, field), field))
        for holder in holders:
            yield from (_value_with_was(item, before) for item in _values(holder, after))


def _fields_were(documents: AnySequence[Document], schema: Schema, renames: Renames) -> Iterator[Patch]:
    """What keeps the names of fields until now."""
    for (owner, before), after in renames.fields.items():
        name = renames.objects.get(owner, owner)
        if before == schema.objects[owner].name_field:
            bodies = _bodies(documents, ("objects",), name)
            fields = (body.get("name_field") for body in bodies if isinstance(body, Mapping))
        else:
            fields = _fields(documents, name, after)
        yield from (_with_was(field, before) for field in fields if field is not None)


def _objects_were(documents: AnySequence[Document], schema: Schema, renames: Renames) -> Iterator[Patch]:
    """What keeps the names of objects until now."""
    for before, after in renames.objects.items():
        yield from (_with_was(body, before) for body in _bodies(documents, ("objects",), after))


def _bodies(documents: Iterable[Document], sections: tuple[str, ...], name: str) -> Iterator[Node]:
    for document in documents:
        for definition in document.definitions:
            if definition.section in sections and definition.name.lower() == name.lower():
                yield definition.place.node


def _fields(documents: Iterable[Document], owner: str, name: str) -> Iterator[Node]:
    """The declarations of a field; one stands in the files, or none where a package has it."""
    for body in _bodies(documents, ("objects", "extend"), owner):
        fields = body.get("fields") if isinstance(body, Mapping) else None
        for entry in fields.entries if isinstance(fields, Mapping) else ():
            if entry.key.text.lower() == name.lower():
                yield entry.value


def _values(holder: Node, value: str) -> Iterator[Node]:
    listed = holder.get("values") if isinstance(holder, Mapping) else holder
    for item in listed.items if isinstance(listed, Sequence) else ():
        text = item.get("value") if isinstance(item, Mapping) else item
        if isinstance(text, Scalar) and fold_key(text.text) == fold_key(value):
            yield item


def _with_was(node: Node, name: str) -> Patch:
    """A definition or a field with one more name it had."""
    if not isinstance(node, Mapping):
        return put_value(node, {**_long(node), "was": name})
    was = node.get("was")
    return insert_key(node, "was", name) if was is None else put_first(was, name)


def _value_with_was(item: Node, name: str) -> Patch:
    return (
        _with_was(item, name) if isinstance(item, Mapping) else put_value(item, {"value": to_data(item), "was": name})
    )


def _long(node: Node) -> dict[str, Data]:
    """The keys of a short form, none of an empty definition."""
    if isinstance(node, Scalar) and node.value is None:
        return {}
    long, _ = expand_field(to_data(node), "")
    return long or {}
