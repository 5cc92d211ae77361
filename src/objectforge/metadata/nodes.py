"""A YAML text as a tree whose every key, value and item knows its place in the source."""

from __future__ import annotations

from collections import abc
from dataclasses import dataclass, field, replace

from objectforge.errors.source import Source, Span
from objectforge.metadata.positions import place
from objectforge.metadata.scalars import Value

__all__ = ["Data", "Entry", "Mapping", "Node", "Scalar", "Sequence", "find", "locate", "replaced", "to_data"]


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A single value. `text` is what was written, without quotes, escapes and folds; `value` what it means.

    An unquoted `1.10` has the text "1.10" and the value 1.1; whatever is quoted or a block has its text as value.
    `start` and `end` are character offsets into the source's text, quotes included.
    """

    text: str
    value: Value
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it is written."""
        return Span(self.source, self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys and values in the order written; no key text occurs twice."""

    entries: tuple[Entry, ...]
    source: Source
    start: int
    end: int
    _by_key: dict[str, Entry] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key.text: entry for entry in self.entries})

    @property
    def span(self) -> Span:
        """Where it is written, from its first key or brace to the end of its last value or brace."""
        return Span(self.source, self.start, self.end)

    def get(self, key: str) -> Node | None:
        """The value under a key, None when the key is not there."""
        entry = self._by_key.get(key)
        return entry.value if entry else None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        entry = self._by_key.get(key)
        return entry.key if entry else None


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it is written, from its first dash or bracket to the end of its last item or bracket."""
        return Span(self.source, self.start, self.end)


Node = Scalar | Mapping | Sequence
Data = str | Scalar | dict[str, "Data"] | list["Data"]


def to_data(node: Node) -> Data:
    """The tree as plain dicts, lists and text, for validation.

    A scalar that means something other than its text (null, a boolean, a number) stays the `Scalar` itself, so that
    a reader who wants text takes `.text` (`NO` and `1.10` as written) and one who wants a number takes it exactly.
    """
    root: list[Data] = []
    waiting: list[tuple[Data, Node]] = []

    def plain(node: Node) -> Data:
        match node:
            case Scalar(text=text, value=str()):
                return text
            case Scalar():
                return node
            case Mapping():
                data: Data = {}
            case Sequence():
                data = []
        waiting.append((data, node))
        return data

    root.append(plain(node))
    while waiting:
        match waiting.pop():
            case dict(data), Mapping(entries=entries):
                data.update((entry.key.text, plain(entry.value)) for entry in entries)
            case list(data), Sequence(items=items):
                data.extend(map(plain, items))
            case other:
                raise AssertionError(other)
    return root[0]


def find(node: Node, path: abc.Sequence[str | int]) -> Node | None:
    """The node at a path of keys and item numbers, None when there is none."""
    at: Node | None = node
    for step in path:
        at = _step(at, step) if at else None
    return at


def replaced(node: Node, texts: abc.Mapping[Scalar, str]) -> Node:
    """The tree with other texts in some of its scalars, keys included."""
    match node:
        case Scalar():
            return _with_text(node, texts)
        case Mapping(entries=entries):
            changed = tuple(Entry(_with_text(each.key, texts), replaced(each.value, texts)) for each in entries)
            return Mapping(changed, node.source, node.start, node.end)
        case Sequence(items=items):
            return Sequence(tuple(replaced(item, texts) for item in items), node.source, node.start, node.end)


def _with_text(scalar: Scalar, texts: abc.Mapping[Scalar, str]) -> Scalar:
    text = texts.get(scalar)
    return scalar if text is None else replace(scalar, text=text, value=text)


def locate(scalar: Scalar, start: int, end: int) -> Span:
    """The place in the file of a stretch of `scalar.text`, whatever its quotes, escapes, folds and indentation."""
    raw = scalar.source.text[scalar.start : scalar.end]
    found = place(raw, scalar.text, start, end)
    if found is None:
        return scalar.span
    return Span(scalar.source, scalar.start + found[0], scalar.start + found[1])


def _step(node: Node, step: str | int) -> Node | None:
    match node, step:
        case Mapping(), str():
            return node.get(step)
        case Sequence(items=items), int() if 0 <= step < len(items):
            return items[step]
        case _:
            return None
