"""The documents of an org's own metadata with those that give a part of it anew: nothing else goes."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import replace

from objectforge.metadata.document import Definition, Document
from objectforge.metadata.nodes import Mapping, Node
from objectforge.metadata.overlay import Item, matches, overlaid, without
from objectforge.metadata.places import Place

__all__ = ["merge_documents"]

_MERGED = ("objects", "extend")
"""The sections whose definitions are merged; in the others what is given takes the whole place."""


def merge_documents(base: Sequence[Document], given: Sequence[Document]) -> tuple[Document, ...]:
    """All that both say. What both define stands where the base has it, as far as it is given as given.

    What is given twice stays twice, for the next stage to refuse.
    """
    known = [definition for document in base for definition in document.definitions]
    wanted = [definition for document in given for definition in document.definitions]
    found = _matched(known, wanted)
    changed = {id(known[before]): wanted[number] for number, before in found.items()}
    taken = {id(wanted[number]) for number in found}
    others = [definition for definition in wanted if id(definition) not in taken]
    return (
        *(_changed(document, changed, others, given) for document in base),
        *(
            replace(document, definitions=tuple(each for each in document.definitions if id(each) not in taken))
            for document in given
        ),
    )


def _matched(base: Sequence[Definition], given: Sequence[Definition]) -> dict[int, int]:
    """Which definition of the base each given one is, by their numbers."""
    found: dict[int, int] = {}
    for section in {definition.section for definition in given}:
        before = [number for number, each in enumerate(base) if each.section == section]
        after = [number for number, each in enumerate(given) if each.section == section]
        same = matches([_item(base[number]) for number in before], [_item(given[number]) for number in after])
        found |= {after[number]: before[place] for number, place in same.items()}
    return found


def _item(definition: Definition) -> Item:
    return Item.of(definition.name, definition.place.node)


def _changed(
    document: Document, changed: AnyMapping[int, Definition], others: Sequence[Definition], given: Sequence[Document]
) -> Document:
    definitions = tuple(_merged(each, changed.get(id(each)), others) for each in document.definitions)
    return replace(document, definitions=definitions, settings=_settings(document.settings, given))


def _merged(base: Definition, given: Definition | None, others: Sequence[Definition]) -> Definition:
    if given is None or base.section not in _MERGED:
        return given or base
    node = base.place.node
    for other in others:  # the same object extended once more
        if other.section == base.section == "extend" and other.name.lower() == base.name.lower():
            node = without(node, other.place.node)
    return Definition(base.section, given.name, Place(overlaid(node, given.place.node), given.place.key))


def _settings(base: Place | None, given: Sequence[Document]) -> Place | None:
    """The settings without those that are given."""
    org = _org(base)
    if base is None or org is None:
        return base
    taken = {entry.key.text for document in given if (new := _org(document.settings)) for entry in new.entries}
    left = tuple(entry for entry in org.entries if entry.key.text not in taken)
    return Place(_with_org(base.node, Mapping(left, org.source, org.start, org.end)), base.key)


def _org(place: Place | None) -> Mapping | None:
    found = place.node.get("org") if place and isinstance(place.node, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _with_org(settings: Node, org: Mapping) -> Node:
    assert isinstance(settings, Mapping)
    entries = tuple(replace(each, value=org) if each.key.text == "org" else each for each in settings.entries)
    return Mapping(entries, settings.source, settings.start, settings.end)
