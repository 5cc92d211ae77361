"""A definition with what another gives of it: what is given is added or takes the place of what is there."""

from __future__ import annotations

from collections.abc import Sequence as AnySequence
from dataclasses import dataclass

from objectforge.metadata.nodes import Entry, Mapping, Node, Scalar, Sequence

__all__ = ["Item", "matches", "overlaid", "without"]

_MEMBERS = ("fields", "override", "validations", "unique")
"""The parts of an object or an extension that hold members by name."""


@dataclass(frozen=True, slots=True)
class Item:
    """A named thing and the names it had before, newest first; names are the same in any case."""

    name: str
    was: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, node: Node) -> Item:
        """The item that a definition or a member is."""
        was = node.get("was") if isinstance(node, Mapping) else None
        texts = was.items if isinstance(was, Sequence) else (was,)
        return cls(name.lower(), tuple(text.text.lower() for text in texts if isinstance(text, Scalar)))

    @property
    def path(self) -> tuple[str, ...]:
        """Its names, newest first."""
        return (self.name, *self.was)


def matches(base: AnySequence[Item], given: AnySequence[Item]) -> dict[int, int]:
    """Which of the base's items each given one is, by their numbers; those that are new are not among them.

    A given item is the one whose whole path ends its own path, the longest first. What has more history chooses
    first; what is left goes by its name, then by those it had, newest first.
    """
    found: dict[int, int] = {}
    for number, item in sorted(enumerate(given), key=lambda each: -len(each[1].path)):
        left = [each for each in range(len(base)) if each not in found.values()]
        fits = [each for each in left if item.path[-len(base[each].path) :] == base[each].path]
        named = [each for name in item.path for each in left if base[each].name == name]
        chosen = max(fits, key=lambda each: len(base[each].path), default=next(iter(named), None))
        if chosen is not None:
            found[number] = chosen
    return found


def overlaid(base: Node, given: Node) -> Node:
    """An object or an extension with the keys that are given; where members are given, the others stay."""
    if not isinstance(base, Mapping):
        return given
    if not isinstance(given, Mapping):
        return base if isinstance(given, Scalar) and given.value is None else given
    entries = {entry.key.text: entry for entry in base.entries}
    for entry in given.entries:
        key, before = entry.key.text, entries.get(entry.key.text)
        value = _members(before.value, entry.value) if before and key in _MEMBERS else entry.value
        entries[key] = Entry(entry.key, value)
    return Mapping(tuple(entries.values()), given.source, given.start, given.end)


def without(base: Node, given: Node) -> Node:
    """An extension without what another of the same object gives."""
    if not isinstance(base, Mapping) or not isinstance(given, Mapping):
        return base
    entries: list[Entry] = []
    for entry in base.entries:
        taken = given.get(entry.key.text)
        if taken is None:
            entries.append(entry)
        elif entry.key.text in _MEMBERS and isinstance(entry.value, Mapping):
            entries.append(Entry(entry.key, _left(entry.value, taken)))
    return Mapping(tuple(entries), base.source, base.start, base.end)


def _members(base: Node, given: Node) -> Node:
    if not isinstance(base, Mapping):
        return given
    if not isinstance(given, Mapping):
        return base if isinstance(given, Scalar) and given.value is None else given
    entries = list(base.entries)
    for entry, before in _matched(base, given):
        if before is None:
            entries.append(entry)
        else:
            entries[before] = entry
    return Mapping(tuple(entries), given.source, given.start, given.end)


def _left(base: Mapping, given: Node) -> Mapping:
    taken = {before for _, before in _matched(base, given)} if isinstance(given, Mapping) else set[int | None]()
    entries = tuple(entry for number, entry in enumerate(base.entries) if number not in taken)
    return Mapping(entries, base.source, base.start, base.end)


def _matched(base: Mapping, given: Mapping) -> list[tuple[Entry, int | None]]:
    """Each given member and the number of the one it takes the place of."""
    found = matches(*([Item.of(each.key.text, each.value) for each in one.entries] for one in (base, given)))
    return [(entry, found.get(number)) for number, entry in enumerate(given.entries)]
