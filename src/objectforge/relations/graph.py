"""The relationships of an org as a graph: objects as nodes, an edge from child to parent per lookup and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx

from objectforge.relations.schema import Object

__all__ = ["build_graph", "join_tree"]


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


def join_tree(parents: Mapping[str, str]) -> nx.DiGraph[str]:
    """The join tree of a report, from the base downwards, of each node's parent by join path."""
    tree: nx.DiGraph[str] = nx.DiGraph()
    tree.add_node("")
    tree.add_edges_from((parent, path) for path, parent in parents.items() if path)
    return tree
