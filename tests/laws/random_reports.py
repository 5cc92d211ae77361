"""Random reports over a random org: trees of joins, keys with grains and buckets, measures, having, sort and limit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from random_conditions import Found, conditions, paths_from
from random_orgs import STAGES, TEXTS, Draw

from oracle.conditions import All, Any_, Compare, Condition, Not
from oracle.grains import DATE_GRAINS, GRAINS
from oracle.joined import Join, JoinKind, Tree
from oracle.keys import GroupBucket, Key, RangeBucket
from oracle.measures import Aggregate, Combined, Constant, Count, Expression, Measure, PercentOf, Ref, Running
from oracle.operands import Arithmetic, Literal, Path
from oracle.report import Report, Sorted
from oracle.world import NUMERIC, World

__all__ = ["reports"]

LIMITS = ((Decimal(0),), (Decimal(-1), Decimal("2.5")), (Decimal("0.01"), Decimal(3), Decimal(10)))
LABELS = ("Tiny", "Small", "Mid", "Large")


@st.composite
def reports(draw: Draw, world: World) -> Report:
    """A report of any format."""
    base = draw(st.sampled_from(sorted(world.objects)))
    joins = tuple(draw(_joins(world, base)))
    tree = Tree(world, base, joins)
    paths = _paths(tree)
    where = draw(conditions(paths)) if draw(st.integers(0, 2)) == 0 else None
    measures = draw(_measures(tree, paths))
    if draw(st.integers(0, 3)) == 0:
        return draw(_tabular(tree, paths, where, measures))
    return draw(_grouped(tree, paths, where, measures))


@st.composite
def _grouped(
    draw: Draw, tree: Tree, paths: list[Found], where: Condition | None, measures: tuple[Measure, ...]
) -> Report:
    keys = draw(st.lists(_keys(tree, paths), min_size=1, max_size=4, unique_by=lambda key: key.key))
    rows = keys[: draw(st.sampled_from([1, 1, 2, 2, 3, 0]))]
    across = keys[len(rows) :][:2]
    keys, plain = [*rows, *across], [measure.name for measure in measures]
    if draw(st.booleans()):
        measures += (Measure("part", PercentOf(measures[0].name, not across and draw(st.booleans()))),)
    if rows and draw(st.integers(0, 3)) == 0:
        measures += (Measure("so_far", Running(measures[0].name)),)
    sortable = [measure.name for measure in measures if measure.name != "so_far"] + [key.key for key in keys]
    sort = draw(st.lists(st.builds(Sorted, st.sampled_from(sortable), st.booleans()), max_size=3, unique_by=_named))
    having = draw(st.none() | _having(plain)) if rows else None
    limit = draw(st.none() | st.integers(1, 3))
    columns = tuple(draw(_columns(tree, paths))) if draw(st.integers(0, 2)) == 0 else ()
    return Report(
        tree.base, tree.joins, where, tuple(rows), tuple(across), measures, columns, having, tuple(sort), limit
    )


@st.composite
def _tabular(
    draw: Draw, tree: Tree, paths: list[Found], where: Condition | None, measures: tuple[Measure, ...]
) -> Report:
    columns = draw(_columns(tree, paths))
    sort = draw(st.lists(st.builds(Sorted, st.sampled_from(columns), st.booleans()), max_size=2, unique_by=_named))
    limit = draw(st.none() | st.integers(1, 4))
    return Report(tree.base, tree.joins, where, (), (), measures, tuple(columns), None, tuple(sort), limit)


@st.composite
def _joins(draw: Draw, world: World, base: str) -> list[Join]:
    """At most three joins below each other or beside each other, each of a kind that its place allows."""
    joins: list[Join] = []
    places: dict[str, tuple[str, JoinKind]] = {"": (base, "inner")}
    for _ in range(draw(st.integers(0, 3))):
        open_places = sorted(path for path, (_, kind) in places.items() if kind != "without")
        above = draw(st.sampled_from(open_places))
        name, outer = places[above][0], places[above][1] == "outer"
        steps = [(one.path, one.parent) for one in world.relationships if one.child == name]
        steps += [(one.children, one.child) for one in world.relationships if one.parent == name]
        if not steps:
            continue
        step, target = draw(st.sampled_from(steps))
        path = f"{above}.{step}" if above else step
        if path in places:
            continue
        kind: JoinKind = "outer" if outer else draw(st.sampled_from(["inner", "outer", "outer", "without"]))
        allowed = paths_from(world, target, depth=1)
        where = draw(conditions(allowed, deep=1)) if draw(st.integers(0, 2)) == 0 else None
        joins.append(Join(path, kind, where))
        places[path] = (target, kind)
    return joins


def _paths(tree: Tree) -> list[Found]:
    """All fields of the joined objects and of their parents; no path leads through a `without` join."""
    found: dict[str, Found] = {}
    for node in tree.nodes.values():
        if not (node.join and node.join.kind == "without"):
            for one in paths_from(tree.world, node.name, node.path, depth=1):
                found.setdefault(one.path, one)
    hidden = [join.path for join in tree.joins if join.kind == "without"]
    return [one for path, one in found.items() if not any(path.startswith(f"{away}.") for away in hidden)]


@st.composite
def _keys(draw: Draw, tree: Tree, paths: Sequence[Found]) -> Key:
    at = draw(st.sampled_from(paths))
    name = draw(st.none() | st.just(f"by_{at.path.replace('.', '_')}"))
    match at.field.kind:
        case "date":
            return Key(at.path, name, draw(st.none() | st.sampled_from(DATE_GRAINS)))
        case "datetime":
            return Key(at.path, name, draw(st.none() | st.sampled_from(GRAINS)))
        case "integer" | "number" | "currency" | "percent" if draw(st.booleans()):
            limits = draw(st.sampled_from(LIMITS))
            return Key(at.path, name, bucket=RangeBucket(limits, LABELS[: len(limits) + 1]))
        case "text" | "picklist" if draw(st.integers(0, 2)) == 0:
            first, last = (STAGES[1:3], STAGES[3:]) if at.field.kind == "picklist" else (TEXTS[2:4], TEXTS[-1:])
            groups = {"First": first, "Last": last}
            return Key(at.path, name, bucket=GroupBucket(groups, "Rest"))
        case _:
            return Key(at.path, name)


@st.composite
def _measures(draw: Draw, tree: Tree, paths: Sequence[Found]) -> tuple[Measure, ...]:
    """Aggregates with and without conditions of their own, then formulas over them."""
    aggregates = draw(st.lists(_aggregates(tree, paths), min_size=1, max_size=3))
    measures = [
        Measure(f"m{place}", expression, draw(conditions(paths, deep=1)) if draw(st.integers(0, 3)) == 0 else None)
        for place, expression in enumerate(aggregates)
    ]
    refs = st.sampled_from(measures).map(lambda one: Ref(one.name))
    numbers = st.sampled_from(["1", "2.5", "100"]).map(lambda text: Constant(Decimal(text)))
    for place in range(draw(st.integers(0, 2))):
        formula = st.builds(Combined, st.sampled_from("+-*/"), refs, refs | numbers)
        returns = draw(st.sampled_from([None, None, "number", "percent"]))
        scale = draw(st.integers(0, 4)) if returns else None
        measures.append(Measure(f"f{place}", draw(formula), None, returns, scale))
    return tuple(measures)


def _aggregates(tree: Tree, paths: Sequence[Found]) -> st.SearchStrategy[Expression]:
    nodes = [path for path, node in tree.nodes.items() if not (node.join and node.join.kind == "without")]
    owners = sorted({one.path.rpartition(".")[0] for one in paths} | set(nodes))
    choices: list[st.SearchStrategy[Any]] = [
        st.builds(Count, st.none() | st.sampled_from(owners), st.just(tree.base)),
    ]
    numeric = [one for one in paths if one.field.kind in NUMERIC]
    if numeric:
        choices += [_alone(tree, numeric, owners), _alone(tree, numeric, owners), _products(tree, numeric)]
    return st.one_of(choices)


@st.composite
def _alone(draw: Draw, tree: Tree, numeric: Sequence[Found], owners: Sequence[str]) -> Expression:
    at = draw(st.sampled_from(numeric))
    own = at.path.rpartition(".")[0]
    grains = [None, None, *(one for one in owners if one in tree.nodes and tree.reaches(one, own))]
    function = draw(st.sampled_from(["sum", "sum", "avg", "min", "max"]))
    return Aggregate(function, Path(at.path), draw(st.sampled_from(grains)), tree.base)


@st.composite
def _products(draw: Draw, tree: Tree, numeric: Sequence[Found]) -> Expression:
    at = draw(st.sampled_from(numeric))
    own = at.path.rpartition(".")[0]
    reached = [one for one in numeric if tree.reaches(own, one.path.rpartition(".")[0])]
    right = draw(st.sampled_from(reached).map(lambda one: Path(one.path)) | st.just(Literal(Decimal("1.5"))))
    of = Arithmetic(draw(st.sampled_from("+-*")), Path(at.path), right)
    return Aggregate(draw(st.sampled_from(["sum", "avg", "max"])), of, None, tree.base)


@st.composite
def _having(draw: Draw, names: Sequence[str]) -> Condition:
    plain = st.builds(
        Compare,
        st.sampled_from(names).map(Path),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5")]).map(Literal),
    )
    null = st.builds(Compare, st.sampled_from(names).map(Path), st.sampled_from(["=", "!="]), st.just(Literal(None)))
    either = plain | null
    several = st.lists(either, min_size=2, max_size=2).map(tuple)
    return draw(either | either.map(Not) | several.map(All) | several.map(Any_))


@st.composite
def _columns(draw: Draw, tree: Tree, paths: Sequence[Found]) -> list[str]:
    """Columns along one branch: those of a node's chain, with upward joins beside it."""
    end = draw(st.sampled_from(sorted({tree.split(one.path)[0] for one in paths})))
    chain = tree.chain(end)
    near = [one.path for one in paths if tree.split(one.path)[0] in chain]
    return draw(st.lists(st.sampled_from(near), min_size=1, max_size=4, unique=True))


def _named(sort: Sorted) -> str:
    return sort.name
