"""Renamed definitions with the names they had until now under `was:`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from objectforge.metadata.expand import expand_field
from objectforge.metadata.nodes import Data
from objectforge.metadata.own_data import OwnData
from objectforge.relations.renames import Renames
from objectforge.relations.schema import Schema
from objectforge.values.text import fold_key

__all__ = ["grow_histories"]


def grow_histories(own: OwnData, schema: Schema, renames: Renames) -> OwnData:
    """The data, in which things have their new names already, with the names until now in front of each `was`."""
    sections = {section: dict(named) for section, named in own.sections.items()}
    for (owner, before), after in renames.fields.items():
        of_name = before == schema.objects[owner].name_field
        change = partial(_name_field if of_name else _field, before, after)
        _change_object(sections, renames.objects.get(owner, owner), change)
    shared: set[tuple[str, str, str]] = set()
    for (owner, field, before), after in renames.values.items():
        rules = schema.objects[owner].fields[field].type.choice_rules
        change = partial(_values, before, after)
        if rules is not None and rules.value_set is not None:
            shared.add((rules.value_set.lower(), before, after))
        else:
            change = partial(_in_fields, renames.fields.get((owner, field), field), change)
            _change_object(sections, renames.objects.get(owner, owner), change)
    for name, before, after in sorted(shared):  # once, however many picklists take theirs from it
        _change(sections["value_sets"], name, partial(_values, before, after))
    for before, after in renames.objects.items():
        _change(sections["objects"], after, partial(_with_was, before))
    return replace(own, sections=sections)


_Change = Callable[[Data], Data]


def _change(named: dict[str, Data], name: str, change: _Change) -> None:
    """Change what has a name, in any case; nothing where nothing has."""
    for key in named:
        if key.lower() == name.lower():
            named[key] = change(named[key])


def _change_object(sections: Mapping[str, dict[str, Data]], name: str, change: _Change) -> None:
    for section in ("objects", "extend"):
        _change(sections[section], name, change)


def _field(before: str, after: str, body: Data) -> Data:
    fields = body.get("fields") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(fields, dict):
        return body
    fields = dict(fields)
    _change(fields, after, lambda field: _with_was(before, _long(field)))
    return {**body, "fields": fields}


def _name_field(before: str, after: str, body: Data) -> Data:
    """An object whose name field has another name; it is said under `name:`."""
    if not isinstance(body, dict):
        return body
    written = body.get("name_field")
    long = None if written is None else _long(written)
    rest = long if isinstance(long, dict) else {}
    named = {**rest, "name": after} if "name" in rest else {"name": after, **rest}
    return {**body, "name_field": _with_was(before, named)}


def _in_fields(name: str, change: _Change, body: Data) -> Data:
    """An object or an extension with a changed field, or with what overrides it changed."""
    if not isinstance(body, dict):
        return body
    changed = dict(body)
    for section in ("fields", "override"):
        if isinstance(members := body.get(section), dict):
            changed[section] = members = dict(members)
            _change(members, name, change)
    return changed


def _long(field: Data) -> Data:
    long, _ = expand_field(field, "")
    return field if long is None else long


def _with_was(name: str, data: Data) -> Data:
    if not isinstance(data, dict):
        return data
    match data.get("was"):
        case None:
            was: Data = name
        case list() as names:
            was = [name, *names]
        case one:
            was = [name, one]
    return {**data, "was": was}


def _values(before: str, after: str, data: Data) -> Data:
    """A picklist, a value set, what adds to one or a list of values, in which a value has its new name already."""
    match data:
        case list():
            return [_value(before, after, item) for item in data]
        case dict():
            changed = {key: _values(before, after, data[key]) for key in ("values", "add") if key in data}
            return {**data, **changed}
        case _:
            return data


def _value(before: str, after: str, item: Data) -> Data:
    long: Data = item if isinstance(item, dict) else {"value": item}
    text = long.get("value")
    named = getattr(text, "text", text)
    return _with_was(before, long) if isinstance(named, str) and fold_key(named) == fold_key(after) else item
