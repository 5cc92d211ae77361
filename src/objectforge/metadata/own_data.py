"""A layer of metadata as plain data by section: all its files as one, in the shortest forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from objectforge.metadata.document import SECTIONS
from objectforge.metadata.layer import Layer
from objectforge.metadata.nodes import Data, to_data
from objectforge.metadata.shorten import shorten

__all__ = ["OwnData", "own_data"]

_INSIDE = ("list_views", "layouts")


@dataclass(frozen=True, slots=True)
class OwnData:
    """What a layer says. `uses` is not among it: what a folder is called depends on where the text will stand."""

    package: Data | None
    settings: Mapping[str, Data]
    sections: Mapping[str, dict[str, Data]]
    """Every section, also those without definitions; each definition by its whole name."""


def own_data(layer: Layer) -> OwnData:
    """The data of a layer."""
    head = next((to_data(document.package.node) for document in layer.documents if document.package), None)
    return OwnData(head, _settings(layer), _sections(layer))


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
        section, name = built.definition.section, built.definition.name
        data = shorten(section, _alone(section, to_data(built.definition.place.node)))
        before = sections[section].get(name)
        sections[section][name] = data if before is None else _joined(before, data)
    return sections


def _alone(section: str, data: Data) -> Data:
    """An object without the definitions that stand inside it, and are definitions of their own."""
    if section != "objects" or not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if key not in _INSIDE}


def _joined(before: Data, data: Data) -> Data:
    """Two extensions of one object as one."""
    match before, data:
        case dict(), dict():
            return {**before, **{key: _joined(before[key], data[key]) if key in before else data[key] for key in data}}
        case list(), list():
            return [*before, *data]
        case _:
            return data
