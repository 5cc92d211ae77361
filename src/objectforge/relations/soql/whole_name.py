"""The name of a record that is made of parts, a person's, as one text that queries show, compare and sort."""

from __future__ import annotations

from dataclasses import replace

from objectforge.expressions.typed import Call, Concat, Const, IsNull, Ref, Typed
from objectforge.relations.columns import field_of
from objectforge.relations.schema import Objects
from objectforge.values.kinds import TEXT, Kind
from objectforge.values.locales import Locale

__all__ = ["whole_name"]

_NOTHING, _SPACE = Const("", TEXT), Const(" ", TEXT)


def whole_name(objects: Objects, ref: Ref, locale: Locale) -> Typed:
    """The reference; one to a name made of parts, which people of the locale read with spaces between, as that text."""
    owner = objects.objects[ref.object]
    if ref.type.kind is not Kind.COMPOUND or owner.name_field != ref.field:
        return ref
    field = field_of(objects, ref)
    keys = field.type.part_keys(field.name)
    shown = field.type.compose({key: key for key in keys}, locale).split(" ")
    if not shown or any(key not in keys for key in shown):
        return ref
    types = field.type.parts(field.name)
    parts = [replace(ref, field=keys[key], type=types[keys[key]].value_type()) for key in shown]
    spaced = tuple(Call("IF", (IsNull(part), _NOTHING, Concat((part, _SPACE), TEXT)), TEXT) for part in parts)
    return Call("NULL_IF_BLANK", (Call("TRIM", (Concat(spaced, TEXT),), TEXT),), TEXT)
