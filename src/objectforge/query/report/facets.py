"""A report's aggregates to facets: sets of aggregates that one scan over the right part of the join tree can answer.

R, the joined rows of a report, is a product along its branches; summing over it counts a record once per combination.
So an aggregate never looks at R: it looks at its grain, joined with just the nodes that its keys and conditions name.
Of the other nodes an inner one only has to exist, an outer one changes nothing. What is joined beside the grain's own
ancestors may still repeat the grain's records: then the facet is `distinct` and first gathers one row per record and
group. Where each record of the grain falls into one group only, coarser groups are sums of finer ones (`additive`);
elsewhere every level asks for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from objectforge.expressions.typed import RUNNING, Aggregate, Ref, Typed
from objectforge.expressions.walk import refs, walk
from objectforge.relations.report import Measure, Node, Report
from objectforge.relations.tree import ancestors, determined

__all__ = ["Facet", "Item", "aggregates", "closure", "facets", "nodes_in"]


@dataclass(frozen=True, slots=True)
class Item:
    """One aggregate as one measure sees it: with the condition of the measure."""

    aggregate: Aggregate
    where: Typed | None


@dataclass(frozen=True, slots=True)
class Facet:
    """Aggregates over the same grain and the same joined nodes. `grain` is None for rows of R."""

    grain: Ref | None
    nodes: frozenset[str]
    distinct: bool
    additive: bool
    items: tuple[Item, ...]


def facets(report: Report) -> tuple[Facet, ...]:
    """The facets that answer all aggregates of a report; the first one sees every group.

    A facet sees every group when no measure's condition takes part in which rows it joins, which holds for all of
    them: conditions of measures only decide what an aggregate counts.
    """
    keys = frozenset(key.ref.node for key in (*report.rows, *report.across))
    always = keys | nodes_in(report.where)
    gathered: dict[tuple[Ref | None, frozenset[str]], list[Item]] = {}
    for item in dict.fromkeys(_items(report.measures.values())):
        grain = item.aggregate.grain
        if grain is None:
            nodes = frozenset(path for path, node in report.nodes.items() if node.kind != "without")
        else:
            own = always | {grain.node} | nodes_in(item.where) | nodes_in(item.aggregate.argument)
            nodes = closure(report.nodes, own)
        gathered.setdefault((grain, nodes), []).append(item)
    if not gathered:
        gathered[None, closure(report.nodes, always)] = []
    return tuple(_facet(report.nodes, grain, nodes, keys, items) for (grain, nodes), items in gathered.items())


def closure(nodes: Mapping[str, Node], wanted: Iterable[str]) -> frozenset[str]:
    """The nodes and all nodes on their way to the base."""
    return frozenset(step for path in wanted for step in ancestors(nodes, path)) | {""}


def _facet(
    nodes: Mapping[str, Node], grain: Ref | None, joined: frozenset[str], keys: frozenset[str], items: list[Item]
) -> Facet:
    if grain is None:
        return Facet(None, joined, distinct=False, additive=True, items=tuple(items))
    fixed = determined(nodes, grain.node)
    return Facet(
        grain,
        joined,
        distinct=bool(grain.steps) or not joined <= fixed,
        additive=not grain.steps and keys <= fixed,
        items=tuple(items),
    )


def nodes_in(tree: Typed | None) -> frozenset[str]:
    """The nodes of the join tree that an expression names fields of; the user who asks is none of them."""
    return frozenset(ref.node for ref in refs(tree) if ref.node != RUNNING) if tree is not None else frozenset()


def aggregates(tree: Typed) -> Iterator[Aggregate]:
    """The aggregates in a measure's formula, in order."""
    return (node for node in walk(tree) if isinstance(node, Aggregate))


def _items(measures: Iterable[Measure]) -> Iterable[Item]:
    for measure in measures:
        for aggregate in aggregates(measure.value):
            yield Item(aggregate, measure.where)
