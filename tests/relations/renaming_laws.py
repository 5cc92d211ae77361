"""What a rename must keep: the same schema with other names, and the way back."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.choices import Choices
from objectforge.metadata.fields.values import PicklistValue
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ObjectDef
from objectforge.metadata.own_data import own_data
from objectforge.metadata.to_yaml import data_to_yaml
from objectforge.relations.renames import NewNames, Renames
from objectforge.relations.renaming import rename_references
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema

__all__ = ["check_rename", "package_as_own"]


def package_as_own(name: str) -> Metadata:
    """A bundled package as if an org had written it."""
    layer = Metadata.parse(f"uses: [{name}]").layers[-2]
    return Metadata.parse(data_to_yaml(layer, replace(own_data(layer), package=None)))


def check_rename(metadata: Metadata, renames: Renames) -> str:
    """Rename, and see that what was used is used by its new name; then rename back. The renamed text."""
    before = resolve(metadata)
    text = rename_references(metadata, renames)
    renamed = Metadata.parse(text)
    after = resolve(renamed)
    assert _edges(before, NewNames(before, renames)) == _edges(after, NewNames(after, Renames()))
    back = _inverse(renames)
    returned = Metadata.parse(rename_references(renamed, back))
    assert _without_histories(metadata) == _without_histories(returned)
    return text


def _inverse(renames: Renames) -> Renames:
    objects = {after: before for before, after in renames.objects.items()}
    fields = {(renames.objects.get(owner, owner), after): before for (owner, before), after in renames.fields.items()}
    values = {
        (renames.objects.get(owner, owner), renames.fields.get((owner, field), field), after): before
        for (owner, field, before), after in renames.values.items()
    }
    return Renames(objects, fields, values)


def _edges(schema: Schema, names: NewNames) -> set[tuple[str, str]]:
    graph: nx.DiGraph[str] = schema.uses
    return {(_named(user, schema, names), _named(used, schema, names)) for user, used in graph.edges}


def _named(node: str, schema: Schema, names: NewNames) -> str:
    """A node of the graph of uses by its new name."""
    what, space, name = node.rpartition(" ")
    owner, dot, rest = name.partition(".")
    if what == "report" or schema.object(owner) is None:
        return node
    return f"{what}{space}{names.object(owner)}{dot}{rest if what else names.field(owner, rest)}"


def _without_histories(metadata: Metadata) -> Metadata:
    objects = {name: _forgetful(each) for name, each in metadata.objects.items()}
    sets = {
        name: each.model_copy(update={"values": _values(each.values)}) for name, each in metadata.value_sets.items()
    }
    return replace(metadata, objects=objects, value_sets=sets)


def _forgetful(declared: ObjectDef) -> ObjectDef:
    fields = {name: _field(each) for name, each in declared.fields.items()}
    return declared.model_copy(update={"was": (), "fields": fields, "name_field": _field(declared.name_field)})


def _field(field: FieldType) -> FieldType:
    values = {"values": _values(field.values)} if isinstance(field, Choices) else {}
    return type(field).model_construct(**{**field.__dict__, "was": (), **values})


def _values(values: tuple[PicklistValue, ...]) -> tuple[PicklistValue, ...]:
    return tuple(each.model_copy(update={"was": ()}) for each in values)
