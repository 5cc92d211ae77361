"""Changes to YAML files where they stand: stretches of text replaced, keys put in; comments, order and style stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from objectforge.errors.source import Source
from objectforge.metadata.emit import emit_inline
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence, to_data

__all__ = ["Patch", "insert_key", "patched", "put_first", "put_value"]


@dataclass(frozen=True, slots=True)
class Patch:
    """A stretch of a file and what takes its place."""

    source: Source
    start: int
    end: int
    text: str


def patched(patches: Iterable[Patch]) -> dict[Source, str]:
    """The new texts of the files that change. The stretches lie apart."""
    texts: dict[Source, str] = {}
    for patch in sorted(set(patches), key=lambda each: (each.start, each.end), reverse=True):
        text = texts.get(patch.source, patch.source.text)
        texts[patch.source] = text[: patch.start] + patch.text + text[patch.end :]
    return texts


def put_value(node: Node, value: object) -> Patch:
    """Another value in place of one."""
    empty = node.start == node.end  # a key without a value: its place is right behind the colon
    return Patch(node.source, node.start, node.end, (" " if empty else "") + emit_inline(value))


def insert_key(mapping: Mapping, key: str, value: object) -> Patch:
    """One more key: at the end of a mapping on one line, else on a line of its own before the others."""
    entry = f"{key}: {emit_inline(value)}"
    source = mapping.source
    if not mapping.entries:
        return Patch(source, mapping.start, mapping.end, f"{{{entry}}}")
    if source.text[mapping.start] == "{":
        end = mapping.entries[-1].value.end
        return Patch(source, end, end, f", {entry}")
    first = mapping.entries[0].key.start
    return Patch(source, first, first, f"{entry}\n{_indent(source, first)}")


def put_first(node: Node, value: str) -> Patch:
    """A value before the others of a list, or before the only one, which makes it a list."""
    match node:
        case Sequence(items=items) if items and node.source.text[node.start] == "[":
            return Patch(node.source, items[0].start, items[0].start, f"{emit_inline(value)}, ")
        case Sequence(items=items):
            return put_value(node, [value, *map(to_data, items)])
        case Scalar() | Mapping():
            return put_value(node, [value, to_data(node)])


def _indent(source: Source, at: int) -> str:
    return " " * (at - source.text.rfind("\n", 0, at) - 1)
