"""A scope that remembers what its names led to, and so tells what each name and value of an expression stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from objectforge.expressions.parser import parse
from objectforge.expressions.scope import Scope
from objectforge.expressions.syntax import Binary, Bind, Call, Expression, In, Includes, Part, Path, Text
from objectforge.expressions.typed import RUNNING, MeasureRef, Param, Ref
from objectforge.relations.mentions import ObjectName, ValueName
from objectforge.relations.report_scopes import ReportScope
from objectforge.relations.scopes import SOURCE, ObjectScope, QueryScope, SourceScope
from objectforge.relations.spelling import Spelled, spell_joins, spell_ref
from objectforge.relations.syntax_walk import inside

__all__ = ["Listener", "results"]

_CHOSEN = frozenset({"ISPICKVAL", "INCLUDES", "EXCLUDES", "IN"})
"""The functions whose first argument is compared with all the others."""


@dataclass(slots=True)
class Listener:
    """Passes every question on to a scope."""

    scope: Scope
    fields: dict[int, tuple[Path, Ref]] = field(default_factory=dict[int, tuple[Path, Ref]])
    """The fields that were named, by where their paths begin."""
    grains: dict[int, tuple[Path, Ref]] = field(default_factory=dict[int, tuple[Path, Ref]])
    queries: list[tuple[Part, str, Listener]] = field(default_factory=list["tuple[Part, str, Listener]"])
    """The queries inside: where the object is named, which it is, and who listens there."""

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The field at the end of a path."""
        found = self.scope.resolve(path)
        if isinstance(found, Ref):
            self.fields[path.start] = path, found
        return found

    def measure(self, path: Path) -> MeasureRef:
        """The measure of that name."""
        return self.scope.measure(path)

    def bind(self, bind: Bind) -> Param:
        """The parameter of that name."""
        return self.scope.bind(bind)

    def records(self, name: Part, alias: Part | None) -> tuple[str, Scope]:
        """The names inside a query over an object's records."""
        owner, scope = self.scope.records(name, alias)
        inside = Listener(scope)
        self.queries.append((name, owner, inside))
        return owner, inside

    def aggregate_grain(self, path: Path) -> Ref:
        """The records that a path names."""
        found = self.scope.aggregate_grain(path)
        self.grains[path.start] = path, found
        return found

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """The record that fields belong to."""
        return self.scope.common_grain(refs, start, end)

    def heard(self, text: str) -> Iterator[Spelled]:
        """What the names in the expression stand for, and the values that fields are compared with."""
        for path, ref in self.fields.values():
            yield from self._spelled(path, ref, record=False)
        for path, ref in self.grains.values():
            yield from self._spelled(path, ref, record=True)
        for name, owner, listener in self.queries:
            yield Spelled(ObjectName(owner), name.start, name.end)
            yield from listener.heard(text)
        yield from self._values(text)

    def values(self, text: str) -> Iterator[Spelled]:
        """The values that picklists are compared with."""
        if any(ref.type.order for _, ref in self.fields.values()):
            yield from self._values(text)
        for _, _, listener in self.queries:
            yield from listener.values(text)

    def _values(self, text: str) -> Iterator[Spelled]:
        for node in inside(parse(text)) if self.fields else ():
            for operand, value in _compared(node):
                found = self.fields.get(operand.start)
                if found is not None:
                    _, ref = found
                    yield Spelled(ValueName(ref.object, ref.field, value.value, quoted=True), value.start, value.end)

    def _spelled(self, path: Path, ref: Ref, *, record: bool) -> Iterator[Spelled]:
        before = len(path.parts) - len(ref.steps) - (not record)
        rest = path.parts[before:]
        match self.scope:
            case SourceScope(source=source) if ref.node == SOURCE and source is not None:
                yield from spell_ref(source.name, ref, rest, record=record)
            case _ if ref.node == RUNNING:
                yield from spell_ref("User", ref, rest, record=record)
            case QueryScope(object=owner) if before:  # an alias, or the object's own name
                if path.parts[0].name.lower() == owner.name.lower():
                    yield Spelled(ObjectName(owner.name), path.parts[0].start, path.parts[0].end)
                yield from spell_ref(owner.name, ref, rest, record=record)
            case ObjectScope(object=owner):
                yield from spell_ref(owner.name, ref, rest, record=record)
            case ReportScope(nodes=nodes) if ref.node == "" and before:  # count(Account), of the base
                yield Spelled(ObjectName(nodes[""].object), path.start, path.end)
            case ReportScope(nodes=nodes):
                yield from spell_joins(nodes, ref.node, path.parts[:before])
                yield from spell_ref(nodes[ref.node].object, ref, rest, record=record)
            case _:
                pass


def results(tree: Expression) -> Iterator[Text]:
    """The texts that an expression may have for its value."""
    match tree:
        case Text():
            yield tree
        case Call(name=name, args=args):
            for branch in _branches(name.upper(), args):
                yield from results(branch)
        case _:
            pass


def _branches(name: str, args: tuple[Expression, ...]) -> tuple[Expression, ...]:
    match name:
        case "IF":
            return args[1:]
        case "CASE":
            return (*args[2:-1:2], *args[-1:])
        case "BLANKVALUE" | "NULLVALUE":
            return args
        case _:
            return ()


def _compared(node: Expression) -> Iterator[tuple[Path, Text]]:
    match node:
        case Binary(op="=" | "!=", left=left, right=right):
            yield from _pairs(left, (right,))
            yield from _pairs(right, (left,))
        case In(operand=operand, items=items) | Includes(operand=operand, items=items):
            yield from _pairs(operand, items)
        case Call(name=name, args=(first, *others)) if name.upper() in _CHOSEN:
            yield from _pairs(first, others)
        case Call(name=name, args=(first, *others)) if name.upper() == "CASE":
            yield from _pairs(first, others[: len(others) - 1 : 2])
        case _:
            pass


def _pairs(operand: Expression, values: Sequence[Expression]) -> Iterator[tuple[Path, Text]]:
    match operand:
        case Path():
            yield from ((operand, value) for value in values if isinstance(value, Text))
        case Call(name=name, args=(Path() as path,)) if name.upper() in ("PRIORVALUE", "TEXT"):
            yield from _pairs(path, values)
        case _:
            pass
