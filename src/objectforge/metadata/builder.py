"""YAML events to a tree of nodes, with an issue for everything that YAML allows and metadata does not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span
from objectforge.metadata.limits import Limits
from objectforge.metadata.nodes import Entry, Mapping, Node, Scalar, Sequence
from objectforge.metadata.scalars import resolve

__all__ = ["Stop", "TreeBuilder"]

_PROPERTIES = re.compile(r"(?:(?:[&!]\S*|#[^\r\n]*)?[ \t\r\n]+)*(?:[&!]\S*\Z)?")


class Stop(Exception):
    """Reading cannot go on; the issue says why."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue)


@dataclass(slots=True)
class _OpenMapping:
    """A mapping whose end is still to come."""

    start: int
    anchor: str | None
    before: int  # nodes counted when it began
    repeated: int  # characters that aliases had repeated by then
    height: int = 1
    end: int = 0  # of what it holds so far: a block ends, for libyaml, only where the next token begins
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    expects_value: bool = False
    key: Scalar | None = None  # None while a value is expected: the key was refused, the value goes with it


@dataclass(slots=True)
class _OpenSequence:
    """A list whose end is still to come."""

    start: int
    anchor: str | None
    before: int
    repeated: int
    height: int = 1
    end: int = 0  # of what it holds so far: a block ends, for libyaml, only where the next token begins
    items: list[Node] = field(default_factory=list[Node])


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A node that aliases may repeat: how many nodes and characters it counts, and how many levels it has."""

    node: Node
    size: int
    length: int
    height: int


class TreeBuilder:
    """Takes the events of one document in order; `root` is the finished tree, `issues` what was refused on the way.

    `shift` is added to the positions of the events.
    """

    def __init__(self, source: Source, limits: Limits, shift: int) -> None:
        self.root: Node | None = None
        self.issues: list[Issue] = []
        self._source = source
        self._text = source.text
        self._limits = limits
        self._shift = shift
        self._count = 0
        self._repeated = 0
        self._documents = 0
        self._open: list[_OpenMapping | _OpenSequence] = []
        self._anchors: dict[str, _Anchored] = {}

    def take(self, event: yaml.Event) -> None:
        """Read one event.

        Raises:
            Stop: when a limit is exceeded or a second document begins.
        """
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                start = self._begin(event)
                self._open.append(_OpenMapping(start, event.anchor, self._count, self._repeated))
                self._grow(1, start)
            case yaml.SequenceStartEvent():
                start = self._begin(event)
                self._open.append(_OpenSequence(start, event.anchor, self._count, self._repeated))
                self._grow(1, start)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(self._offsets(event)[1])
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._document(event)
            case _:
                pass

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            span = self._span(event)
            raise Stop(Issue("OF014", "a second document begins here", span, "one file, one document: remove '---'"))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = self._offsets(event)
        if event.anchor is not None or event.tag is not None:
            start = self._properties(event, start, end)
        text: str = event.value
        if event.style in ("|", ">"):  # libyaml ends a block where the next token begins
            end = start + len(self._text[start:end].rstrip(" \t\r\n"))
        if len(text) > self._limits.scalar:
            text = self._shorten(text, start, end)
        value = resolve(text) if event.implicit[0] else text
        node = Scalar(text, value, self._source, start, end)
        self._grow(1, start)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(node, 1, end - start, 0)
        self._add(node, 0, end)

    def _begin(self, event: yaml.CollectionStartEvent) -> int:
        start, end = self._offsets(event)
        if event.anchor is not None or event.tag is not None:
            start = self._properties(event, start, max(end, start + 1))
        self._deepen(1, start)
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        return start

    def _end(self, end: int) -> None:
        closed = self._open.pop()
        if self._text[closed.start : closed.start + 1] not in ("{", "["):
            end = max(closed.start, closed.end)
        match closed:
            case _OpenMapping(entries=entries):
                node = Mapping(tuple(entries.values()), self._source, closed.start, end)
            case _OpenSequence(items=items):
                node = Sequence(tuple(items), self._source, closed.start, end)
        if closed.anchor is not None:
            length = end - closed.start + self._repeated - closed.repeated
            self._anchors[closed.anchor] = _Anchored(node, self._count - closed.before, length, closed.height)
        self._add(node, closed.height, end)

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = self._span(event)
        name = event.anchor
        assert name is not None, "an alias has a name"
        anchored = self._anchors.get(name)
        if anchored is None:
            inside = any(part.anchor == name for part in self._open)
            message = f"'*{name}' stands inside its own anchor" if inside else f"there is no anchor '&{name}' above"
            hint = "write the value out" if inside else f"put '&{name}' before the value to repeat, or quote the text"
            self.issues.append(Issue("OF015", message, span, hint))
            self._grow(1, span.start)
            self._add(Scalar("", "", self._source, span.start, span.end), 0, span.end)
            return
        self._deepen(anchored.height, span.start)
        self._grow(anchored.size, span.start)
        self._repeat(anchored.length, span.start)
        if self._is_key():
            self._refuse_key(span, "an alias may not be a key", "write the key out")
        else:
            self._add(anchored.node, anchored.height, span.end)

    def _add(self, node: Node, height: int, end: int) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.end = end
        if height >= parent.height:
            parent.height = height + 1
        match parent:
            case _OpenSequence(items=items):
                items.append(node)
            case _OpenMapping(expects_value=True):
                parent.expects_value = False
                if parent.key is not None:
                    parent.entries[parent.key.text] = Entry(parent.key, node)
            case _OpenMapping():
                self._key(parent, node)

    def _is_key(self) -> bool:
        match self._open[-1:]:
            case [_OpenMapping(expects_value=False)]:
                return True
            case _:
                return False

    def _key(self, mapping: _OpenMapping, node: Node) -> None:
        match node:
            case Scalar(text="<<", value=str()) if self._text.startswith("<<", node.start):
                hint = "write the keys out, or repeat a whole value with an alias"
                self._refuse_key(node.span, "merge keys ('<<') are not read", hint, "OF012")
            case Scalar(value=None):
                hint = f"quote it: '{node.text}'" if node.text else "write the key before the ':'"
                self._refuse_key(node.span, "null is not a key" if node.text else "a key is missing", hint)
            case Scalar(text=text) if len(text) > self._limits.key:
                hint = "give it a short name; what people read goes under `label:`"
                self._refuse_key(
                    node.span, f"a key of {len(text):,} characters; {self._limits.key:,} is the most", hint
                )
            case Scalar(text=text) if text in mapping.entries:
                first = mapping.entries[text].key
                related = (("first given here", first.span),)
                hint = "keep one of the two, or merge them"
                self.issues.append(
                    Issue("OF010", f"the key '{text}' stands here twice", node.span, hint, related=related)
                )
                mapping.expects_value, mapping.key = True, None
            case Scalar():
                mapping.expects_value, mapping.key = True, node
            case Mapping() | Sequence():
                raw = self._text[node.start : node.start + 1]
                hint = 'put text that holds braces in quotes: "{{ ... }}"' if raw == "{" else "a key is a name"
                self._refuse_key(node.span, "a mapping or a list may not be a key", hint)

    def _refuse_key(self, span: Span, message: str, hint: str, code: str = "OF011") -> None:
        self.issues.append(Issue(code, message, span, hint))
        mapping = self._open[-1]
        assert isinstance(mapping, _OpenMapping)
        mapping.expects_value, mapping.key = True, None

    def _properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, start: int, end: int) -> int:
        """Report a tag; the place where the value itself begins, behind its tag and anchor."""
        found = _PROPERTIES.match(self._text, start, end)
        value = found.end() if found else start
        if event.tag is not None:
            at = self._text.find("!", start, value)
            at = at if at >= 0 else start
            tag = self._text[at:value].split(maxsplit=1)[0][:40] if at < value else event.tag[:40]
            hint = "remove it; quote a text that begins with '!'"
            self.issues.append(
                Issue("OF013", f"tags such as '{tag}' are not read", Span(self._source, at, at + len(tag)), hint)
            )
        return value

    def _deepen(self, levels: int, at: int) -> None:
        if len(self._open) + levels > self._limits.depth:
            raise Stop(self._limit(f"more than {self._limits.depth} levels deep", at))

    def _grow(self, nodes: int, at: int) -> None:
        self._count += nodes
        if self._count > self._limits.nodes:
            raise Stop(self._limit(f"more than {self._limits.nodes:,} keys and values, aliases counted in full", at))

    def _repeat(self, characters: int, at: int) -> None:
        self._repeated += characters
        most = max(self._limits.repeated, len(self._text))
        if self._repeated > most:
            raise Stop(self._limit(f"aliases repeat more than {most:,} characters", at))

    def _shorten(self, text: str, start: int, end: int) -> str:
        """Report a text that is too long; what is read in its place."""
        most = self._limits.scalar
        message = f"a text of {len(text):,} characters; {most:,} is the most"
        hint = "keep long texts in records, in a field of type long_text"
        self.issues.append(Issue("OF003", message, Span(self._source, start, end), hint))
        return text[:most]

    def _limit(self, message: str, at: int) -> Issue:
        return Issue("OF003", message, Span(self._source, at, at + 1), "split the file, or write it simpler")

    def _span(self, event: yaml.Event) -> Span:
        return Span(self._source, *self._offsets(event))

    def _offsets(self, event: yaml.Event) -> tuple[int, int]:
        """Where the event begins and ends in the source."""
        start, end = event.start_mark, event.end_mark
        assert start is not None, "events of a text know their places"
        assert end is not None, "events of a text know their places"
        return start.index + self._shift, end.index + self._shift
