"""A layer back to one YAML text: everything under its section, fields in their short forms."""

from __future__ import annotations

from objectforge.metadata.emit import emit
from objectforge.metadata.layer import Layer
from objectforge.metadata.own_data import OwnData, own_data
from objectforge.metadata.packages import folder_of, is_folder

__all__ = ["data_to_yaml", "layer_to_yaml"]


def layer_to_yaml(layer: Layer) -> str:
    """All the files of a layer as one text that says the same."""
    return data_to_yaml(layer, own_data(layer))


def data_to_yaml(layer: Layer, own: OwnData) -> str:
    """What a layer says, changed perhaps, with the packages that the layer uses."""
    data = {"package": own.package, "uses": _uses(layer), "settings": own.settings, **own.sections}
    return emit({section: content for section, content in data.items() if content})


def _uses(layer: Layer) -> list[str]:
    """The packages; folders are written whole, for the text may be read elsewhere."""
    uses = [
        folder_of(use.text, document.folder).as_posix() if is_folder(use.text) else use.text
        for document in layer.documents
        for use in document.uses
    ]
    return list(dict.fromkeys(uses))
