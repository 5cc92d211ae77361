"""Folders of Salesforce's source format to an `App`: its objects, layouts and value sets, as XML trees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

__all__ = ["App", "Node", "SourceObject", "many", "read_app", "text"]

Node = ElementTree.Element
_XMLNS = ' xmlns="http://soap.sforce.com/2006/04/metadata"'
_TOKEN = re.compile(r"%%%NAMESPACED?_?[A-Z]*%%%|___NAMESPACE___")


@dataclass(frozen=True)
class SourceObject:
    """An object as its files say it; `head` is None for an object of Salesforce's own that only gets fields."""

    name: str
    head: Node | None
    fields: Mapping[str, Node]
    list_views: Mapping[str, Node]
    validations: Mapping[str, Node]


@dataclass(frozen=True)
class App:
    """All objects of an app by name, layouts by (object, label), value sets by name."""

    objects: Mapping[str, SourceObject]
    layouts: Mapping[tuple[str, str], Node]
    value_sets: Mapping[str, Node]


def read_app(folder: Path) -> App:
    """Read every package directory below a folder; the fields of one object may lie in several."""
    objects: dict[str, dict[str, dict[str, Node]]] = {}
    layouts: dict[tuple[str, str], Node] = {}
    value_sets: dict[str, Node] = {}
    for file in sorted(folder.rglob("*-meta.xml")):
        name, _, rest = _TOKEN.sub("", unquote(file.name)).partition(".")
        match rest.removesuffix("-meta.xml"):
            case "object":
                objects.setdefault(name, {}).setdefault("object", {})[name] = _parse(file)
            case "field" | "listView" | "validationRule" as kind:
                owner = objects.setdefault(_TOKEN.sub("", file.parent.parent.name), {})
                owner.setdefault(kind, {})[name] = _parse(file)
            case "layout":
                owner_name, _, label = name.partition("-")
                layouts[owner_name, label] = _parse(file)
            case "globalValueSet":
                value_sets[name] = _parse(file)
            case _:
                pass
    found = {
        name: SourceObject(
            name,
            parts.get("object", {}).get(name),
            parts.get("field", {}),
            parts.get("listView", {}),
            parts.get("validationRule", {}),
        )
        for name, parts in sorted(objects.items())
    }
    return App(found, layouts, value_sets)


def text(node: Node, path: str) -> str:
    """The text below a node, "" when there is none."""
    return (node.findtext(path) or "").strip()


def many(node: Node, path: str) -> list[str]:
    """All texts below a node."""
    return [(each.text or "").strip() for each in node.findall(path)]


def _parse(file: Path) -> Node:
    written = _TOKEN.sub("", file.read_text(encoding="utf-8")).replace(_XMLNS, "")
    return ElementTree.fromstring(written)  # noqa: S314 - public data that lies beside the repository
