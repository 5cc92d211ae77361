"""What the expressions of a report may name: fields anywhere on its join tree, records that are counted, measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from objectforge.errors.issue import suggest
from objectforge.expressions.scope import NameProblem, Scope, no_records
from objectforge.expressions.syntax import Bind, Part, Path
from objectforge.expressions.typed import MeasureRef, Param, Ref
from objectforge.relations.findings import SILENT
from objectforge.relations.former import suggest_in
from objectforge.relations.report import Node
from objectforge.relations.schema import Object, Objects
from objectforge.relations.scopes import CONDITION_DEPTH, bound, inner_query, of_user
from objectforge.relations.tree import common_record
from objectforge.relations.walking import climb, record, ref_path, walk_up
from objectforge.values.kinds import ValueType

__all__ = ["HavingScope", "MeasureScope", "ReportScope", "join_step"]


@dataclass(frozen=True)
class ReportScope:
    """The fields of a report: the longest join path that a path begins with, then lookups upwards, then the field.

    A path without a join path is of the base. `lost` are the join paths that are wrong, by lower case.
    """

    objects: Objects
    nodes: Mapping[str, Node]
    params: Mapping[str, ValueType] = field(default_factory=dict[str, ValueType])
    lost: frozenset[str] = frozenset()

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The field at the end of a path."""
        if path.parts[0].name.startswith("$"):
            return of_user(self.objects, path, CONDITION_DEPTH)
        node, rest = self._split(path.parts, whole=False)
        start = self.objects.objects[node.object]
        self._refuse_children(start, node, rest)
        return walk_up(self.objects, start, rest, node.path, CONDITION_DEPTH)

    def measure(self, path: Path) -> MeasureRef:
        """None: this place knows fields only."""
        raise NameProblem("OF246", f"'{path}' would be a measure; here only fields are known", path.start, path.end)

    def bind(self, bind: Bind) -> Param:
        """The parameter of that name."""
        return bound(self.params, bind)

    def records(self, name: Part, alias: Part | None) -> tuple[str, Scope]:
        """The names inside a query over an object's records."""
        return inner_query(self.objects, name, alias, self)

    def aggregate_grain(self, path: Path) -> Ref:
        """The record that `count(path)` counts: of a join, of a parent, or of the base by its object's name."""
        node, rest = self._split(path.parts, whole=True)
        start = self.objects.objects[node.object]
        base = self.objects.objects[self.nodes[""].object]
        only = path.parts[0]
        if len(path.parts) == 1 and only.name.lower() == base.name.lower() and base.parent(only.name) is None and rest:
            return record("", (), base.name)
        self._refuse_children(start, node, rest, whole=True)
        last = rest[-1] if rest else None
        way = start
        for part in rest[:-1]:
            way, _ = climb(self.objects, way, (part,), CONDITION_DEPTH)
        if last is not None and way.parent(last.name) is None and (own := way.field(last.name)) is not None:
            counted = ".".join((*(part.name for part in path.parts[:-1]),)) or base.name
            hint = f"write count({counted})"
            lookup = way.lookups.get(own.name)
            if lookup is not None:
                hint = f"write count({'.'.join((*(part.name for part in path.parts[:-1]), lookup.path))})"
            message = f"'{path}' is a field; records are counted, by the path to them"
            raise NameProblem("OF249", message, path.start, path.end, hint)
        try:
            at, steps = climb(self.objects, start, rest, CONDITION_DEPTH)
        except NameProblem as problem:
            if problem.code == SILENT or len(rest) > 1:
                raise
            known = [base.name, *(each for each in self.nodes if each), *(look.path for look in start.lookups.values())]
            hint = suggest_in(self.objects, start, path.parts[-1].name, known, what="records that can be counted")
            message = f"'{path}' leads to no records of this report"
            raise NameProblem("OF249", message, problem.start, problem.end, hint) from problem
        return record(node.path, steps, at.name)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """The one record among the owners of the fields from which the others are reached upwards."""
        found = common_record(self.nodes, refs)
        if found is not None:
            return record(found.node, found.steps, found.object)
        owners = dict.fromkeys(self._shown(ref) for ref in refs)
        message = f"the fields lie on several branches ({', '.join(owners)}): which records count once?"
        hint = f"name them in a second argument, for example sum(..., {next(iter(owners))})"
        raise NameProblem("OF509", message, start, end, hint)

    def _shown(self, ref: Ref) -> str:
        base = self.nodes[ref.node].object
        path = ref_path(self.objects, base, ref).rpartition(".")[0]
        return path or base

    def _split(self, parts: Sequence[Part], *, whole: bool) -> tuple[Node, Sequence[Part]]:
        """The node of the longest join path at the front, and what is left; without `whole` at least the last name."""
        by_key = {path.lower(): node for path, node in self.nodes.items()}
        for length in range(len(parts) if whole else len(parts) - 1, 0, -1):
            key = ".".join(join_step(part) for part in parts[:length]).lower()
            at = parts[0].start, parts[length - 1].end
            if key in self.lost:
                raise NameProblem(SILENT, f"the join '{key}' is wrong", *at)
            node = by_key.get(key)
            if node is not None and node.kind == "without":
                hint = "its records are there only inside its own `where`; make the join outer to show or count them"
                raise NameProblem(
                    "OF508", f"'{node.path}' is joined `without`: nothing of it is in the rows", *at, hint
                )
            if node is not None:
                return node, parts[length:]
        return self.nodes[""], parts

    def _refuse_children(self, start: Object, node: Node, rest: Sequence[Part], *, whole: bool = False) -> None:
        """Say more of a child relationship that is not joined than that it is no lookup."""
        if not rest or (len(rest) == 1 and not whole):
            return
        first = rest[0]
        child = start.child(first.name)
        if start.parent(first.name) is not None:
            return
        if child is None:
            if not whole:
                self._refuse_short(start, first, rest)
            return
        path = f"{node.path}.{child.name}" if node.path else child.name
        message = f"'{path}' is not joined"
        raise NameProblem("OF507", message, first.start, first.end, f"add it: joins: {{{path}: outer}}")

    def _refuse_short(self, start: Object, first: Part, rest: Sequence[Part]) -> None:
        """Say the whole path of a join of which only the end is written, or its object's name."""
        name = first.name.lower()
        for node in self.nodes.values():
            if node.path and name in (node.path.rpartition(".")[2].lower(), node.object.lower()):
                hint = f"write {'.'.join((node.path, *(part.name for part in rest[1:])))}"
                message = f"'{start.name}' has no lookup '{first.name}'"
                raise NameProblem("OF240", message, first.start, first.end, hint)


@dataclass(frozen=True)
class MeasureScope(ReportScope):
    """The fields and records of a report, and its measures whose types are known."""

    measures: Mapping[str, ValueType] = field(default_factory=dict[str, ValueType])
    lost_measures: frozenset[str] = frozenset()
    """The measures that are wrong, by lower case."""

    def measure(self, path: Path) -> MeasureRef:
        """The measure of that name."""
        return _find_measure(path, self.measures, self.lost_measures, fields=self)


@dataclass(frozen=True)
class HavingScope:
    """What `having` may name: the measures of a report, and the user who asks."""

    objects: Objects
    measures: Mapping[str, ValueType]
    params: Mapping[str, ValueType]
    lost_measures: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The measure of that name."""
        if path.parts[0].name.startswith("$"):
            return of_user(self.objects, path, CONDITION_DEPTH)
        if len(path.parts) == 1 and path.parts[0].name.lower() in {key.lower() for key in self.keys}:
            message = f"'{path}' is a group key; `having` compares measures"
            raise NameProblem("OF510", message, path.start, path.end, "compare the field in `where`")
        return _find_measure(path, self.measures, self.lost_measures)

    def measure(self, path: Path) -> MeasureRef:
        """The measure of that name."""
        return _find_measure(path, self.measures, self.lost_measures)

    def bind(self, bind: Bind) -> Param:
        """The parameter of that name."""
        return bound(self.params, bind)

    def records(self, name: Part, alias: Part | None) -> tuple[str, Scope]:
        """None: groups are compared here."""
        raise no_records(name)

    def aggregate_grain(self, path: Path) -> Ref:
        """None: aggregates stand in measures."""
        raise _measures_only(path.start, path.end)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """None: aggregates stand in measures."""
        raise _measures_only(start, end)


def _find_measure(
    path: Path, measures: Mapping[str, ValueType], lost: frozenset[str], fields: ReportScope | None = None
) -> MeasureRef:
    """The measure of that name, in any case.

    Raises:
        NameProblem: there is none.
    """
    wanted = str(path).lower()
    for name, value_type in measures.items():
        if name.lower() == wanted:
            return MeasureRef(name, value_type)
    if wanted in lost:
        raise NameProblem(SILENT, f"the measure '{path}' is wrong", path.start, path.end)
    hint = suggest(str(path), measures, what="measures")
    if fields is not None:
        try:
            fields.resolve(path)
        except NameProblem:
            pass
        else:
            hint = (
                f"inside a measure a field stands in an aggregate: sum({path}), avg({path}), min({path}), max({path})"
            )
    raise NameProblem("OF510", f"there is no measure '{path}'", path.start, path.end, hint)


def join_step(part: Part) -> str:
    """One name of a join path as nodes have it: `What:Opportunity` through a polymorphic lookup."""
    return f"{part.name}:{part.as_object}" if part.as_object else part.name


def _measures_only(start: int, end: int) -> NameProblem:
    return NameProblem("OF246", "aggregates stand in `measures:`; name one and compare it here", start, end)
