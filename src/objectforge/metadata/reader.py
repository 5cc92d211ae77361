"""A YAML text to a tree of nodes with places, or to issues: no input makes it raise, hang or exhaust memory."""

from __future__ import annotations

import yaml

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span
from objectforge.metadata.builder import Stop, TreeBuilder
from objectforge.metadata.characters import BYTE_ORDER_MARK, refuse_characters
from objectforge.metadata.limits import Limits
from objectforge.metadata.mistakes import explain
from objectforge.metadata.nodes import Node, Scalar

__all__ = ["read"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, many times slower, without libyaml
_DEFAULT = Limits()


def read(source: Source, limits: Limits = _DEFAULT) -> tuple[Node | None, tuple[Issue, ...]]:
    """The tree of a text and what is wrong with it; `(None, ())` for a text without content.

    With issues the tree may still be there, without the parts that were refused, so that later stages can report
    their own; it is None when reading stopped before its end.
    """
    refused = _too_long(source, limits) or refuse_characters(source)
    if refused:
        return None, refused
    text = source.text.removeprefix(BYTE_ORDER_MARK)
    shift = len(source.text) - len(text)
    builder = TreeBuilder(source, limits, shift)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except Stop as stop:
        return builder.root, (*builder.issues, stop.issue)
    except yaml.YAMLError as error:
        return builder.root, (*builder.issues, explain(error, source, shift))
    match builder.root:
        case Scalar(text="", value=None):
            return None, tuple(builder.issues)
        case root:
            return root, tuple(builder.issues)


def _too_long(source: Source, limits: Limits) -> tuple[Issue, ...]:
    size = len(source.text)
    if size <= limits.bytes < size * 4:
        size = len(source.text.encode("utf-8", "replace"))
    if size <= limits.bytes:
        return ()
    message = f"the file is larger than {limits.bytes:,} bytes"
    return (Issue("OF003", message, Span(source, 0, 0), "split it into several files"),)
