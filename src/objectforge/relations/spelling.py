"""The parts of a written path to what each of them stands for, once it is known where the path leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from objectforge.expressions.syntax import Part
from objectforge.expressions.typed import Ref
from objectforge.relations.mentions import ChildName, FieldName, Meaning, ObjectName, ParentPath
from objectforge.relations.report import Node

__all__ = ["Spelled", "spell_joins", "spell_ref"]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A stretch of a text and what it stands for."""

    meaning: Meaning
    start: int
    end: int


def spell_ref(start: str, ref: Ref, parts: Sequence[Part], *, record: bool = False) -> Iterator[Spelled]:
    """The lookups and the field of a path from the object `start`; a `record` is named without a field."""
    at = start
    for step, part in zip(ref.steps, parts, strict=False):
        yield from _upwards(ParentPath(at, step.field), step.to, part)
        at = step.to
    if not record:
        last = parts[len(ref.steps)]
        yield Spelled(FieldName(ref.object, ref.field), last.start, last.end)


def spell_joins(nodes: Mapping[str, Node], path: str, parts: Sequence[Part]) -> Iterator[Spelled]:
    """The relationships of a join path."""
    chain: list[Node] = []
    while path:
        chain.insert(0, nodes[path])
        path = nodes[path].parent
    for node, part in zip(chain, parts, strict=False):
        if node.up:
            yield from _upwards(ParentPath(nodes[node.parent].object, node.field), node.object, part)
        else:
            yield Spelled(ChildName(node.object, node.field), part.start, part.end)


def _upwards(path: ParentPath, target: str, part: Part) -> Iterator[Spelled]:
    yield Spelled(path, part.start, part.start + len(part.name))
    if part.as_object is not None:
        yield Spelled(ObjectName(target), part.end - len(part.as_object), part.end)
