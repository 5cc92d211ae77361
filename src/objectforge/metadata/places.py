"""Where each part of the metadata was written: paths of the long form to spans of the files, short forms included."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass
from types import MappingProxyType

from objectforge.errors.source import Span
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence, locate

__all__ = ["NOWHERE", "Path", "Place", "Places", "walk"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A value as written and, where it has one, its key."""

    node: Node
    key: Scalar | None = None

    @property
    def span(self) -> Span:
        """The key when there is one, else the value: what to point at for the whole."""
        return self.key.span if self.key else self.node.span


class Places:
    """The places of all definitions. Paths follow the long form: ("objects", "Invoice", "fields", "Total", "type")."""

    def __init__(self, roots: AnyMapping[Path, Place] = MappingProxyType({})) -> None:
        self._roots = roots

    def span(self, *path: str | int) -> Span | None:
        """The value at a path, or the deepest part of the path that was written; None when nothing was."""
        found = self._find(path)
        return found.node.span if found else None

    def key(self, *path: str | int) -> Span | None:
        """The key at a path, where something is "first defined"; the value where there is no key."""
        found = self._find(path)
        return found.span if found else None

    def within(self, path: AnySequence[str | int], start: int, end: int) -> Span | None:
        """A stretch inside the text at a path, by its character offsets; all of the value if it is no text."""
        found = self._find(tuple(path))
        match found:
            case Place(node=Scalar() as scalar):
                return locate(scalar, start, end)
            case Place(node=node):
                return node.span
            case None:
                return None

    def written(self, *path: str | int) -> Node | None:
        """The value at exactly this path, None where nothing was written under its last key."""
        found = self._find(path)
        return found.node if found and found.key and found.key.text == path[-1] else None

    def at(self, *path: str | int) -> Place | None:
        """The deepest place along a path that was written; None when nothing of it was."""
        return self._find(path)

    def _find(self, path: Path) -> Place | None:
        for length in range(len(path), 0, -1):
            root = self._roots.get(path[:length])
            if root is not None:
                return walk(root, path[length:])
        return None


NOWHERE = Places()
"""The places of metadata that nobody wrote."""


def walk(root: Place, path: AnySequence[str | int]) -> Place:
    """The deepest place along a path of the long form.

    A step that the short form leaves out is skipped: `Status: [Draft]` has ("values", 0) at its first item.
    """
    at = root
    for number, step in enumerate(path):
        match at.node, step:
            case Mapping() as mapping, str():
                value = mapping.get(step)
                at = at if value is None else Place(value, mapping.key(step))
            case Sequence(items=items), int():
                following = path[number + 1] if number + 1 < len(path) else None
                flat = isinstance(following, int) and not (step < len(items) and isinstance(items[step], Sequence))
                at = at if flat or step >= len(items) else Place(items[step])
            case Scalar(), _:
                break
            case _:
                pass
    return at
