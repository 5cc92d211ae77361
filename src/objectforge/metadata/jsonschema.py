"""The models and the registry of field types to one JSON Schema (2020-12) of a metadata file."""

from __future__ import annotations

from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from objectforge.metadata.document import SECTIONS
from objectforge.metadata.fields.registry import field_types
from objectforge.metadata.key_texts import COMMON_KEYS, key_text
from objectforge.metadata.models import (
    Dashboard,
    Layout,
    ListView,
    Model,
    ObjectDef,
    ObjectExtension,
    OrgSettings,
    PackageHead,
    Report,
    ValueSet,
)  # fmt: skip
from objectforge.metadata.package_head import FORMAT_VERSION

__all__ = ["SCHEMA_ID", "schema"]

SCHEMA_ID = f"urn:objectforge:metadata:{FORMAT_VERSION}"
"""The schema's `$id`."""

_NAME = "[A-Za-z][A-Za-z0-9_]*"
_NAMES = {"pattern": f"^{_NAME}$", "maxLength": 80}
_OF_OBJECT = {"pattern": rf"^{_NAME}\.{_NAME}$"}
_NULL = {"type": "null"}
_MODELS: dict[str, type[Model]] = {
    "objects": ObjectDef, "extend": ObjectExtension, "value_sets": ValueSet, "list_views": ListView,
    "reports": Report, "dashboards": Dashboard, "layouts": Layout,
}  # fmt: skip
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_NAMED = ("fields", "validations", "unique", "params", "measures")
_MAY_BE_EMPTY = ("fields", "validations", "unique")


def schema() -> dict[str, Any]:
    """The JSON Schema that every metadata file keeps, short forms included."""
    types = field_types()
    models: list[type[BaseModel]] = [*_MODELS.values(), OrgSettings, PackageHead, *types.values()]
    keys, generated = models_json_schema([(model, "validation") for model in models])
    defs: dict[str, Any] = {name: _tidy(content) for name, content in generated["$defs"].items()}

    def ref(model: type[BaseModel]) -> dict[str, Any]:
        return {"$ref": keys[model, "validation"]["$ref"]}

    def of(model: type[BaseModel]) -> dict[str, Any]:
        return defs[ref(model)["$ref"].rsplit("/", 1)[1]]

    for cls in types.values():
        of(cls).pop("additionalProperties", None)
        of(cls)["description"] = cls.summary
    shorts = [name for name, cls in types.items() if cls.short_form]
    defs["FieldType"] = _field({name: ref(cls) for name, cls in types.items()}, shorts)
    defs["NameField"] = _name_field(defs["FieldType"], ref(types["text"]))
    for section, model in _MODELS.items():
        _as_written(section, of(model))
    objects = of(ObjectDef)["properties"]
    objects["name_field"] = {"$ref": "#/$defs/NameField"}
    for inside in ("list_views", "layouts"):
        objects[inside] = _section(ref(_MODELS[inside]), _NAMES)
    _explain(defs, {cls.__name__ for cls in types.values()})
    sections = {section: _section(_body(section, ref(model)), _names_of(section)) for section, model in _MODELS.items()}
    assert tuple(sections) == SECTIONS
    use = {"type": "string", "minLength": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "ObjectForge metadata",
        "description": "Objects, fields, relationships, list views, reports, dashboards and page layouts of an org.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "uses": {"anyOf": [use, {"type": "array", "items": use}], "description": "Packages, or folders of them."},
            "package": {"anyOf": [ref(PackageHead), _NULL]},
            "settings": _section(ref(OrgSettings), {"const": "org"}),
            **sections,
        },
        "$defs": dict(sorted(defs.items())),
    }


def _explain(defs: dict[str, Any], types: set[str]) -> None:
    """Say of every key what it means: editors show it beside the key."""
    for name, model in defs.items():
        for key, part in model.get("properties", {}).items():
            text = key_text(name, key) or (COMMON_KEYS.get(key) if name in types else None)
            if text is not None:
                part.setdefault("description", text)


def _section(body: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "propertyNames": names, "additionalProperties": body}


def _body(section: str, body: dict[str, Any]) -> dict[str, Any]:
    match section:
        case "objects" | "extend":
            return {"anyOf": [body, _NULL]}
        case "value_sets":
            return {"anyOf": [{"$ref": f"{body['$ref']}/properties/values"}, body]}
        case _:
            return body


def _names_of(section: str) -> dict[str, Any]:
    return _OF_OBJECT if section in ("list_views", "layouts") else _NAMES


def _as_written(section: str, model: dict[str, Any]) -> None:
    """Take out of a model's schema what comes from its name and place, and name the names."""
    own: dict[str, Any] = model["properties"]
    for key in _MODELS[section].placed:
        own.pop(key, None)
    required = [key for key in model.get("required", ()) if key in own and key != "name_field"]
    model["required"] = required
    for key in _NAMED:
        if key in own:
            own[key]["propertyNames"] = _NAMES
        if key in own and section in ("objects", "extend") and key in _MAY_BE_EMPTY:
            own[key]["type"] = ["object", "null"]


def _field(types: dict[str, dict[str, Any]], shorts: list[str]) -> dict[str, Any]:
    """A field: a type's name, `text(20)`, a list of picklist values, or a mapping whose keys follow from its type."""
    plain = {"enum": list(types), "description": "The type alone."}
    called = {"type": "string", "pattern": rf"^\s*(?:{'|'.join(shorts)})\s*\([^()]+\)\s*$", "description": "text(20)"}
    values = {"$ref": f"{types['picklist']['$ref']}/properties/values", "minItems": 1}
    return {"title": "Field", "anyOf": [plain, called, values, _long(types)]}


def _long(types: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(types), "description": "The field's type."}},
        "allOf": [
            {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": ref}
            for name, ref in types.items()
        ],
        "unevaluatedProperties": False,
    }


def _name_field(field: dict[str, Any], text: dict[str, Any]) -> dict[str, Any]:
    """The name field: a field that also has a name, and is a text when it does not say."""
    plain, called, values, long = field["anyOf"]
    untyped = {"if": {"not": {"required": ["type"]}}, "then": text}
    named = {
        **long,
        "required": [],
        "properties": {**long["properties"], "name": {"type": "string", **_NAMES}},
        "allOf": [*long["allOf"], untyped],
    }
    return {"title": "Name field", "anyOf": [plain, called, values, named, _NULL]}


def _tidy(part: dict[str, Any]) -> dict[str, Any]:
    """A generated schema without what says nothing to a writer of YAML: titles of properties, null, null defaults."""
    tidy: dict[str, Any] = {}
    for key, inner in part.items():
        match key:
            case "properties":
                tidy[key] = {name: _untitled(_tidy(value)) for name, value in inner.items()}
            case "items" | "additionalProperties" if isinstance(inner, dict):
                tidy[key] = _tidy(cast("dict[str, Any]", inner))
            case "anyOf":
                tidy[key] = [_tidy(option) for option in inner if option != _NULL]
            case "default" if inner in (None, [], {}):
                pass
            case _:
                tidy[_BOUNDS.get(key, key)] = inner
    if len(tidy.get("anyOf", ())) == 1:
        return {**tidy.pop("anyOf")[0], **tidy}
    return tidy


def _untitled(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "title"}
