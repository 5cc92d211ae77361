"""The relationships of an org as a graph: objects as nodes, an edge from child to parent per lookup and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from objectforge.relations.schema import Lookup, Object

__all__ = ["Creation", "build_graph", "creation_order", "join_tree"]


@dataclass(frozen=True, slots=True)
class Creation:
    """In which order tables are made: parents first. `later` are the lookups that cannot wait for their parent."""

    objects: tuple[str, ...]
    later: tuple[Lookup, ...]


def build_graph(objects: Iterable[Object]) -> nx.MultiDiGraph[str]:
    """The graph; an edge is keyed by the field's name and has the `Lookup` as its attribute `lookup`."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = list(objects)
    graph.add_nodes_from(each.name for each in found)
    for each in found:
        for lookup in each.lookups.values():
            for target in lookup.targets:
                graph.add_edge(each.name, target, key=lookup.field, lookup=lookup)
    return graph


def creation_order(objects: Mapping[str, Object]) -> Creation:
    """Objects so that each comes after those it points at; a lookup to itself or back in a circle is linked later.

    Polymorphic lookups have no foreign key, so they do not decide. Objects that are free to be made come in the order
    of their definition.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(objects)
    graph.add_edges_from(
        (lookup.targets[0], name)
        for name, each in objects.items()
        for lookup in each.lookups.values()
        if not lookup.polymorphic and lookup.targets[0] != name
    )
    place = {name: number for number, name in enumerate(objects)}
    groups = {name: number for number, names in enumerate(nx.strongly_connected_components(graph)) for name in names}
    condensed: nx.DiGraph[int] = nx.DiGraph()
    condensed.add_nodes_from(groups.values())
    condensed.add_edges_from((groups[a], groups[b]) for a, b in graph.edges if groups[a] != groups[b])
    members: dict[int, list[str]] = {}
    for name in objects:
        members.setdefault(groups[name], []).append(name)
    first = {group: place[names[0]] for group, names in members.items()}
    order = [
        name
        for group in nx.lexicographical_topological_sort(condensed, key=first.__getitem__)
        for name in members[group]
    ]
    made = {name: number for number, name in enumerate(order)}
    later = tuple(
        lookup
        for name in order
        for lookup in objects[name].lookups.values()
        if not lookup.polymorphic and made[lookup.targets[0]] >= made[name]
    )
    return Creation(tuple(order), later)


def join_tree(parents: Mapping[str, str]) -> nx.DiGraph[str]:
    """The join tree of a report, from the base downwards, of each node's parent by join path."""
    tree: nx.DiGraph[str] = nx.DiGraph()
    tree.add_node("")
    tree.add_edges_from((parent, path) for path, parent in parents.items() if path)
    return tree
