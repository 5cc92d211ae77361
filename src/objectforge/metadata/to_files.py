"""The org's own metadata to a clean folder: a file per object, report and dashboard, its packages beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from objectforge.metadata.emit import emit
from objectforge.metadata.files import CONFIG
from objectforge.metadata.layer import Layer
from objectforge.metadata.nodes import Data
from objectforge.metadata.own_data import OwnData, own_data
from objectforge.metadata.packages import folder_of, is_folder

__all__ = ["layers_to_files"]

_PACKAGES = "packages"
_OF_OBJECT = ("list_views", "layouts")
_Content = dict[str, dict[str, Data]]
_RESERVED = frozenset({CONFIG.partition(".")[0], "con", "prn", "aux", "nul"})
"""The names that no metadata file has: that of the command line's own file, and those Windows keeps."""


def layers_to_files(layers: tuple[Layer, ...]) -> dict[str, str]:
    """The files of the last layer by their paths, and of those packages that are folders and not installed."""
    if not layers:
        return {}
    *packages, own = layers
    folders = {layer.folder: layer.package for layer in packages if layer.folder and layer.package}
    used = _used(own, {layer.folder: layer for layer in packages if layer.folder})
    files = _files(own, "settings.yaml", lambda path: f"./{_PACKAGES}/{folders[path]}")
    for layer in used:
        below = _files(layer, "package.yaml", lambda path: f"../{folders[path]}")
        files |= {f"{_PACKAGES}/{layer.package}/{path}": text for path, text in below.items()}
    return files


def _used(layer: Layer, by_folder: Mapping[Path, Layer]) -> list[Layer]:
    """The packages that a layer names by their folders, with those they name in the same way."""
    found: list[Layer] = []
    waiting = [layer]
    while waiting:
        for folder in _folders(waiting.pop()):
            below = by_folder[folder]
            if below not in found:
                found.append(below)
                waiting.append(below)
    return found


def _folders(layer: Layer) -> Iterator[Path]:
    for document in layer.documents:
        for use in document.uses:
            if is_folder(use.text):
                yield folder_of(use.text, document.folder)


def _files(layer: Layer, first: str, named: Callable[[Path], str]) -> dict[str, str]:
    """The files of one layer; `first` holds what belongs to none of the others."""
    own = own_data(layer)
    uses = [
        named(folder_of(use.text, document.folder)) if is_folder(use.text) else use.text
        for document in layer.documents
        for use in document.uses
    ]
    contents: dict[str, Mapping[str, object]] = {
        first: {"package": own.package, "uses": list(dict.fromkeys(uses)), "settings": own.settings},
        **dict(_objects(own)),
        "value_sets.yaml": {"value_sets": own.sections["value_sets"]},
    }
    for section in ("reports", "dashboards"):
        for name, data in own.sections[section].items():
            contents[f"{section}/{_file_name(name)}"] = {section: {name: data}}
    kept = {path: {section: data for section, data in each.items() if data} for path, each in contents.items()}
    return {path: emit(each) for path, each in kept.items() if each or path == first}


def _objects(own: OwnData) -> Iterator[tuple[str, _Content]]:
    """A file for each object: it, or what is added to one of a package, with its list views and layouts."""
    by_key: dict[str, str] = {}
    for section in ("objects", "extend", *_OF_OBJECT):
        for name in own.sections[section]:
            by_key.setdefault(_owner(name).lower(), _owner(name))
    for key, name in by_key.items():
        content = {
            section: {each: data for each, data in own.sections[section].items() if _owner(each).lower() == key}
            for section in ("objects", "extend", *_OF_OBJECT)
        }
        yield f"objects/{_file_name(name)}", _nested(name, content)


def _nested(name: str, content: _Content) -> _Content:
    """The list views and layouts of an object inside it, unless they spell its name in another way."""
    body = content["objects"].get(name)
    if not isinstance(body, dict):
        return content
    inside: dict[str, Data] = {}
    beside: _Content = {}
    for section in _OF_OBJECT:
        named = content[section]
        own: dict[str, Data] = {each[len(name) + 1 :]: data for each, data in named.items() if _owner(each) == name}
        inside |= {section: own} if own else {}
        beside[section] = {each: data for each, data in named.items() if _owner(each) != name}
    return {**content, **beside, "objects": {name: {**body, **inside}}}


def _owner(name: str) -> str:
    return name.partition(".")[0]


def _file_name(name: str) -> str:
    return f"{name}_.yaml" if name.lower() in _RESERVED else f"{name}.yaml"
