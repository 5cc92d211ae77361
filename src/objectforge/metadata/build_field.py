"""A field as written, short or long, to its field type; every mistake in it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from objectforge.errors.issue import suggest
from objectforge.metadata.expand import expand_field
from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.registry import field_type, field_types
from objectforge.metadata.names import check_names_before
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.problem import Problem
from objectforge.metadata.translate import describe, problems

__all__ = ["build_field", "build_long_field", "override_field"]

_ELSEWHERE = {
    "text": ("string", "str", "varchar", "char"),
    "long_text": ("longtext", "clob", "longtextarea"),
    "rich_text": ("html", "richtext"),
    "integer": ("int", "bigint", "smallint", "long"),
    "number": ("decimal", "float", "double", "numeric", "real"),
    "currency": ("money",),
    "checkbox": ("bool", "boolean", "flag"),
    "datetime": ("timestamp", "timestamptz"),
    "picklist": ("enum", "select", "choice", "dropdown"),
    "multipicklist": ("multiselect", "multiselectpicklist", "tags"),
    "lookup": ("reference", "ref", "foreignkey", "foreign_key", "relation", "link", "many2one"),
    "master_detail": ("masterdetail", "parent"),
    "autonumber": ("auto_number", "serial", "sequence", "autoincrement"),
    "rollup": ("rollup_summary", "roll_up", "summary"),
    "geolocation": ("location", "geo", "point"),
    "json": ("jsonb", "object", "map"),
}
_OBJECT = re.compile(r"[A-Z][A-Za-z0-9]*_*[A-Za-z0-9_]*")
"""How the API name of an object looks: field types have no capitals."""
_MEANT = {word: type_name for type_name, words in _ELSEWHERE.items() for word in words}


def build_field(raw: Any, name: str) -> tuple[FieldType | None, list[Problem]]:
    """The field type of a field in short or long form; None when it is wrong, with all its problems."""
    long, found = expand_field(raw, name)
    if long is None:
        return None, found
    return build_long_field(long, name)


def build_long_field(long: Mapping[str, Any], name: str) -> tuple[FieldType | None, list[Problem]]:
    """The field type of a field in its long form."""
    cls, found = _type(long, name)
    if cls is None:
        return None, found
    return _checked(cls, {key: value for key, value in long.items() if key != "type"}, name)


def override_field(base: FieldType, changes: Mapping[str, Any], name: str) -> tuple[FieldType | None, list[Problem]]:
    """The field with what an `override` changes of it."""
    found = [
        Problem("OF116", f"'{key}' of a field cannot be overridden", (key,), "it belongs to the package", at_key=True)
        for key in ("type", "to", "was")
        if key in changes
    ]
    if found:
        return None, found
    try:
        changed = base.overridden(changes)
    except ParameterError as error:
        return None, [_parameter(error)]
    except ValidationError as error:
        return None, list(problems(error, type(base), _what(base, name)))
    return changed, []


def _type(long: Mapping[str, Any], name: str) -> tuple[type[FieldType] | None, list[Problem]]:
    if "type" not in long:
        hint = "add `type: ...`, for example `type: picklist`" if "values" in long else "add `type: ...`"
        return None, [Problem("OF103", f"field '{name}' has no type", (), hint, at_key=True)]
    word = long["type"]
    word = word.text if isinstance(word, Scalar) else word
    if not isinstance(word, str):
        return None, [Problem("OF105", f"'type' needs a text, not {describe(word)}", ("type",))]
    cls = field_type(word)
    if cls is not None:
        return cls, []
    short, _ = expand_field(word, name) if "(" in word else (None, [])
    if short and field_type(str(short["type"])):
        hint = "write " + ", ".join(f"{key}: {value}" for key, value in short.items())
    else:
        meant = _MEANT.get(word.partition("(")[0].strip().lower())
        hint = f"write {meant}" if meant else suggest(word, sorted(field_types()), what="known types")
        if meant is None and _OBJECT.fullmatch(word) and not (hint or "").startswith("did you mean"):
            hint = f"a link to records of an object '{word}' is written lookup({word}); {hint}"
    return None, [Problem("OF104", f"unknown field type '{word}'", ("type",), hint)]


def _checked(cls: type[FieldType], data: dict[str, Any], name: str) -> tuple[FieldType | None, list[Problem]]:
    try:
        field = cls.model_validate(data)
        field.check()
    except ParameterError as error:
        return None, [_parameter(error)]
    except ValidationError as error:
        return None, list(problems(error, cls, f"{cls.type_name} field '{name}'"))
    return field, check_names_before(field.was, "field", name)


def _what(field: FieldType, name: str) -> str:
    return f"{field.type_name} field '{name}'"


def _parameter(error: ParameterError) -> Problem:
    return Problem("OF109", error.message, (error.key,), error.hint)
