"""One file's tree to a document: its definitions, each with its place, its `uses`, settings and package head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from objectforge.errors.issue import Issue, suggest
from objectforge.errors.source import Source
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence
from objectforge.metadata.places import Place

__all__ = ["SECTIONS", "Definition", "Document", "document"]

SECTIONS = ("objects", "extend", "value_sets", "list_views", "reports", "dashboards", "layouts")
"""The sections that hold definitions by name."""
_OTHERS = ("uses", "package", "settings")
_MOST_USES = 500
_LONGEST_USE = 1_000
_INSIDE = ("list_views", "layouts")
"""The sections that may also stand inside their object, without its name as a prefix."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One named definition as written. `name` is whole: "Opportunity.closing_soon", wherever it stands."""

    section: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says."""

    source: Source
    folder: Path
    """What the relative paths in it start from."""
    definitions: tuple[Definition, ...] = ()
    uses: tuple[Scalar, ...] = ()
    package: Place | None = None
    settings: Place | None = None


def document(source: Source, folder: Path, root: Node | None) -> tuple[Document, tuple[Issue, ...]]:
    """The document of a file's tree (None: an empty file) and what is wrong with its sections."""
    if root is None:
        return Document(source, folder), ()
    if not isinstance(root, Mapping):
        hint = "begin with a section, for example `objects:`"
        return Document(source, folder), (Issue("OF105", "a metadata file is a mapping of sections", root.span, hint),)
    issues: list[Issue] = []
    definitions: list[Definition] = []
    for entry in root.entries:
        section, place = entry.key.text, Place(entry.value, entry.key)
        if section in SECTIONS:
            definitions += _definitions(section, place, issues)
        elif section not in _OTHERS:
            known = suggest(section, (*SECTIONS, *_OTHERS), what="sections")
            issues.append(Issue("OF101", f"unknown section '{section}'", entry.key.span, known))
    return (
        Document(
            source,
            folder,
            tuple(definitions),
            tuple(_uses(root, issues)),
            _mapping(root, "package", issues),
            _mapping(root, "settings", issues),
        ),
        tuple(issues),
    )


def _definitions(section: str, place: Place, issues: list[Issue]) -> Iterator[Definition]:
    if not _is_mapping(place, f"'{section}'", issues):
        return
    assert isinstance(place.node, Mapping)
    for entry in place.node.entries:
        found = Place(entry.value, entry.key)
        yield Definition(section, entry.key.text, found)
        if section == "objects" and isinstance(entry.value, Mapping):
            for inside in _INSIDE:
                yield from _inside(inside, entry.key.text, entry.value, issues)


def _inside(section: str, owner: str, body: Mapping, issues: list[Issue]) -> Iterator[Definition]:
    node, key = body.get(section), body.key(section)
    if node is None or not _is_mapping(Place(node, key), f"'{section}'", issues):
        return
    assert isinstance(node, Mapping)
    for entry in node.entries:
        name = entry.key.text
        if "." in name:
            short = name.rsplit(".", 1)[1]
            message = f"inside its object '{name}' is written without the object's name"
            issues.append(Issue("OF117", message, entry.key.span, f"write '{short}'"))
            continue
        yield Definition(section, f"{owner}.{name}", Place(entry.value, entry.key))


def _uses(root: Mapping, issues: list[Issue]) -> Iterator[Scalar]:
    items = _items(root.get("uses"))
    if len(items) > _MOST_USES:
        message = f"'uses' has {len(items):,} entries; {_MOST_USES:,} is the most"
        issues.append(Issue("OF121", message, items[_MOST_USES].span, "keep those whose objects are needed"))
    for item in items[:_MOST_USES]:
        if isinstance(item, Scalar) and len(item.text) <= _LONGEST_USE and item.value is not None and item.text.strip():
            if item.text.isprintable():
                yield item
            else:
                hint = "a name or a path has letters, digits and such"
                issues.append(Issue("OF601", "this is no name and no path of a package", item.span, hint))
        else:
            issues.append(Issue("OF105", "'uses' is a list of packages", item.span, "for example `uses: [sales]`"))


def _items(node: Node | None) -> tuple[Node, ...]:
    match node:
        case None:
            return ()
        case Sequence(items=items):
            return items
        case _:
            return (node,)


def _mapping(root: Mapping, section: str, issues: list[Issue]) -> Place | None:
    node = root.get(section)
    if node is None:
        return None
    place = Place(node, root.key(section))
    return place if _is_mapping(place, f"'{section}'", issues) else None


def _is_mapping(place: Place, what: str, issues: list[Issue]) -> bool:
    """Whether it is a mapping. An empty section (`reports:`) is none, and nothing is wrong with it."""
    match place.node:
        case Mapping():
            return True
        case Scalar(value=None):
            return False
        case node:
            hint = "write each name on a line of its own, then a colon"
            issues.append(Issue("OF105", f"{what} needs a mapping (`key: value`)", node.span, hint))
            return False
