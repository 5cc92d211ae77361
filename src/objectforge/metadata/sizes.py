"""How much a layer and a definition may hold: what has more is refused before any of it is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from objectforge.errors.issue import Issue
from objectforge.errors.source import Span
from objectforge.metadata.document import Definition
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence

__all__ = ["MOST_ITEMS", "MOST_KEYS", "MOST_OBJECTS", "crowded", "objects_beyond"]

MOST_OBJECTS = 3_000
"""The objects of an org's own files, and of each package: as many as Salesforce allows."""
MOST_KEYS = 2_000
"""The keys of a mapping; no engine has a table of more columns than that."""
MOST_ITEMS = 5_000
"""The items of a list, such as the values of a picklist."""


def objects_beyond(definitions: Iterable[Definition]) -> tuple[frozenset[Definition], tuple[Issue, ...]]:
    """The objects that are too many, with the issue that says so at the first of them."""
    objects = [definition for definition in definitions if definition.section == "objects"]
    beyond = objects[MOST_OBJECTS:]
    if not beyond:
        return frozenset(), ()
    message = f"there are {len(objects):,} objects; {MOST_OBJECTS:,} is the most"
    hint = "what differs in few fields is one object with a picklist that tells the kinds apart"
    return frozenset(beyond), (Issue("OF121", message, beyond[0].place.span, hint),)


def crowded(definition: Definition) -> tuple[Issue, ...]:
    """What is wrong with a definition of which a mapping or a list is too long."""
    return tuple(_crowded(f"'{definition.name}'", definition.place.node))


def _crowded(name: str, root: Node) -> Iterator[Issue]:
    ahead: list[tuple[str, Node]] = [(name, root)]
    while ahead:
        what, node = ahead.pop()
        match node:
            case Mapping(entries=entries) if len(entries) > MOST_KEYS:
                at = entries[MOST_KEYS].key.span
                yield _issue(what, len(entries), MOST_KEYS, "keys", at, "divide it")
            case Sequence(items=items) if len(items) > MOST_ITEMS:
                at = items[MOST_ITEMS].span
                hint = "what grows so long is an object of its own, its entries records that a lookup leads to"
                yield _issue(what, len(items), MOST_ITEMS, "entries", at, hint)
            case Mapping(entries=entries):
                ahead += [(f"'{e.key.text}'", e.value) for e in entries if not isinstance(e.value, Scalar)]
            case Sequence(items=items):
                ahead += [(what, item) for item in items if not isinstance(item, Scalar)]
            case Scalar():
                pass


def _issue(what: str, count: int, most: int, of: str, at: Span, hint: str) -> Issue:
    return Issue("OF121", f"{what} has {count:,} {of}; {most:,} is the most", at, hint)
