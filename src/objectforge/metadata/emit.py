"""Plain data to YAML that reads back as the same: short mappings and lists on one line, the rest in blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from math import inf, isfinite
from typing import Any, cast

from objectforge.metadata.nodes import Scalar
from objectforge.metadata.scalars import resolve

__all__ = ["emit", "emit_inline"]

_WIDTH = 110
_DEEPEST = 200
_PLAIN = re.compile(r"-?[^\W_][\w.%()/<>=+*;@$-]*(?: [\w.%()/<>=+*;@$-]+)*")
_BLOCKS = frozenset({"fields", "override", "validations", "list_views", "layouts", "measures"})
"""The keys of definitions whose members stand on a line each, however short they are: so a change is a line."""
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def emit(data: Mapping[str, Any]) -> str:
    """The YAML of a mapping.

    Raises:
        TypeError: a key is no text, or YAML has no word for a value.
        ValueError: the data is nested without end.
    """
    return "".join(f"{line}\n" for line in _mapping(data, 0)) or "{}\n"


def emit_inline(value: Any) -> str:
    """A value on one line, however long.

    Raises:
        TypeError: a key is no text, or YAML has no word for a value.
    """
    text = _flow(value, inf)
    assert text is not None, "there is room for everything"
    return text


def _mapping(data: Mapping[str, Any], level: int) -> list[str]:
    if level > _DEEPEST:
        raise ValueError("the data is nested too deeply, or holds itself")
    lines: list[str] = []
    for key, value in data.items():
        spread = level < 2 or (level == 2 and key in _BLOCKS)
        lines += _entry(f"{_key(key)}:", value, level, spread=spread)
    return lines


def _entry(lead: str, value: Any, level: int, *, spread: bool) -> list[str]:
    """What follows a key or a dash: on the same line when it is short, else indented below."""
    indent = "  " * level
    if isinstance(value, str) and (block := _block(value)):
        return [f"{indent}{lead} {block[0]}", *(f"{indent}  {line}".rstrip() for line in block[1:])]
    flow = None if spread and isinstance(value, Mapping) and value else _flow(value, _WIDTH - len(indent) - len(lead))
    if flow is not None:
        return [f"{indent}{lead} {flow}"]
    if level > _DEEPEST:
        raise ValueError("the data is nested too deeply, or holds itself")
    named = isinstance(value, Mapping)
    below = _mapping(cast("Mapping[str, Any]", value), level + 1) if named else _items(value, level + 1)
    if lead == "-":  # the first line of an item stands beside its dash
        return [f"{indent}- {below[0].lstrip()}", *below[1:]]
    return [f"{indent}{lead}", *below]


def _items(values: Iterable[Any], level: int) -> list[str]:
    return [line for item in values for line in _entry("-", item, level, spread=False)]


def _block(text: str) -> list[str] | None:
    """The head and the lines of a text of several lines; None where a block would not show all of it."""
    lines = text.removesuffix("\n").split("\n")
    shown = lines[0][:1].strip() and lines[-1] and all(line == line.rstrip() for line in lines)
    if "\n" not in text or not shown or _CONTROL.search(text) or _UNSEEN.search(text):
        return None
    return ["|" if text.endswith("\n") else "|-", *lines]


def _flow(value: Any, width: float) -> str | None:
    """The value on one line; None for what does not fit into the width, or has texts of several lines."""
    entries: Iterable[tuple[Any, Any]]
    if isinstance(value, Mapping):
        entries = cast("Mapping[Any, Any]", value).items()
    elif isinstance(value, list | tuple):
        entries = ((None, item) for item in cast("list[Any]", value))
    else:
        return None if isinstance(value, str) and width < inf and _block(value) else _scalar(value)
    if width <= 0:
        return None
    parts: list[str] = []
    left = width - 2
    for key, item in entries:
        lead = "" if key is None else f"{_key(key)}: "
        inner = _flow(item, left - len(lead))
        if inner is None or (left := left - len(lead) - len(inner) - 2) < -2:
            return None
        parts.append(lead + inner)
    return ("{%s}" if isinstance(value, Mapping) else "[%s]") % ", ".join(parts)


def _key(key: object) -> str:
    match key:
        case str():
            return _quoted(key)
        case bool() | int():
            return _scalar(key)
        case _:
            raise TypeError(f"a key of metadata is a text, not {key!r}")


def _scalar(value: Any) -> str:
    match value:
        case Scalar():
            return value.text or "null"
        case str():
            return _quoted(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return f"{value:f}"
        case float() if isfinite(value):
            return repr(value)
        case date() | time():
            return _quoted(value.isoformat())
        case _:
            raise TypeError(f"metadata cannot hold {value!r}")


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and isinstance(resolve(text), str):
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
