"""An org's own metadata with some things renamed: every name of them in it is changed, their histories grow."""

from __future__ import annotations

from dataclasses import replace

from objectforge.metadata.document import Definition
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.nodes import Scalar, replaced
from objectforge.metadata.own_data import own_data
from objectforge.metadata.places import Place
from objectforge.metadata.to_yaml import data_to_yaml
from objectforge.relations.edits import find_edits, spliced
from objectforge.relations.histories import grow_histories
from objectforge.relations.renames import NewNames, Renames
from objectforge.relations.resolve import mentions
from objectforge.relations.schema import Schema

__all__ = ["rename_references"]


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
    edits = find_edits(metadata, found, names)
    texts = {scalar: spliced(scalar.text, changes) for scalar, changes in edits.items()}
    changed = tuple(replace(each, definition=_renamed(each.definition, schema, names, texts)) for each in layer.built)
    own = own_data(replace(layer, built=changed))
    return data_to_yaml(layer, grow_histories(own, schema, renames))


def _renamed(definition: Definition, schema: Schema, names: NewNames, texts: dict[Scalar, str]) -> Definition:
    name = definition.name
    if definition.section in ("objects", "extend", "list_views", "layouts"):
        written, dot, rest = name.partition(".")
        owner = schema.object(written)
        if owner is not None and names.object(owner.name) != owner.name:
            name = names.object(owner.name) + dot + rest
    return Definition(definition.section, name, Place(replaced(definition.place.node, texts), definition.place.key))
