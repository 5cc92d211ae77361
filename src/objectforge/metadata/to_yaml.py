"""A layer back to one YAML text: everything under its section, fields in their short forms."""

from __future__ import annotations

from objectforge.metadata.document import SECTIONS
from objectforge.metadata.emit import emit
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.layer import Layer
from objectforge.metadata.nodes import Data, Scalar, to_data
from objectforge.metadata.packages import is_folder

__all__ = ["layer_to_yaml", "shorten"]


def layer_to_yaml(layer: Layer) -> str:
    """All the files of a layer as one text that says the same."""
    data = {"package": _package(layer), "uses": _uses(layer), "settings": _settings(layer), **_sections(layer)}
    return emit({section: content for section, content in data.items() if content})


def shorten(field: Data) -> Data:
    """The shortest form of a field: `currency`, `text(20)`, `[Draft, Sent]`, or the mapping as it is."""
    word = field.get("type") if isinstance(field, dict) else None
    if not isinstance(field, dict) or not isinstance(word, str):
        return field
    rest = {key: value for key, value in field.items() if key != "type"}
    cls = field_type(word)
    if cls is None:
        return field
    if not rest:
        return word
    if word == "picklist" and set(rest) == {"values"} and isinstance(rest["values"], list):
        return rest["values"]
    keys = cls.short_form[: len(rest)]
    texts = [_plain(rest.get(key)) for key in keys]
    if len(keys) != len(rest) or None in texts:
        return field
    return f"{word}({', '.join(text for text in texts if text)})"


def _plain(value: Data | None) -> str | None:
    """A parameter as it may stand between the parentheses of a short form."""
    match value:
        case Scalar(value=int(), text=text) if text.isdecimal():
            return text
        case str() if value.isidentifier():
            return value
        case _:
            return None


def _package(layer: Layer) -> Data | None:
    return next((to_data(document.package.node) for document in layer.documents if document.package), None)


def _uses(layer: Layer) -> list[str]:
    """The packages; folders are written whole, for the text may be read elsewhere."""
    uses = [
        (document.folder / use.text).resolve().as_posix() if is_folder(use.text) else use.text
        for document in layer.documents
        for use in document.uses
    ]
    return list(dict.fromkeys(uses))


def _settings(layer: Layer) -> dict[str, Data]:
    merged: dict[str, Data] = {}
    for place in layer.settings:
        data = to_data(place.node)
        org = data.get("org") if isinstance(data, dict) else None
        merged |= org if isinstance(org, dict) else {}
    return {"org": merged} if merged else {}


def _sections(layer: Layer) -> dict[str, dict[str, Data]]:
    sections: dict[str, dict[str, Data]] = {section: {} for section in SECTIONS}
    for built in layer.built:
        definition = built.definition
        data = _short_fields(definition.section, to_data(definition.place.node))
        before = sections[definition.section].get(definition.name)
        sections[definition.section][definition.name] = data if before is None else _joined(before, data)
    return sections


def _short_fields(section: str, data: Data) -> Data:
    if section not in ("objects", "extend") or not isinstance(data, dict):
        return data
    data = {key: value for key, value in data.items() if section == "extend" or key not in ("list_views", "layouts")}
    if isinstance(fields := data.get("fields"), dict):
        data["fields"] = {name: shorten(field) for name, field in fields.items()}
    return data


def _joined(before: Data, data: Data) -> Data:
    """Two extensions of one object as one."""
    match before, data:
        case dict(), dict():
            return {**before, **{key: _joined(before[key], data[key]) if key in before else data[key] for key in data}}
        case list(), list():
            return [*before, *data]
        case _:
            return data
