"""Binds with attributes and items, `:user.Id`, `:accounts[0].Id`: the value that is found there in what is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue, suggest
from objectforge.expressions.binds import given_name

__all__ = ["values_at_paths"]

_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


def values_at_paths(names: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values given, without what is only looked into, and those that binds with attributes or items find there.

    Args:
        names: The binds that a query has.
        given: The values by name.

    Raises:
        QueryError: what is given has no such attribute or item.
    """
    asked = {name.lower(): name for name in names}
    by_key = {name.lower(): name for name in given}
    values = dict(given)
    for key, name in asked.items():
        first = given_name(name)
        own = by_key.get(first.lower())
        if first == name or own is None or key in by_key:
            continue
        values[name] = _look(given[own], name, len(first))
        if first.lower() not in asked:
            values.pop(own, None)
    return values


def _look(value: Any, name: str, start: int) -> Any:
    for step in _STEP.finditer(name, start):
        before = name[: step.start()]
        value = _attribute(value, step[1], name, before) if step[1] else _item(value, int(step[2]), name, before)
    return value


def _attribute(value: Any, part: str, name: str, before: str) -> Any:
    if isinstance(value, Mapping):
        held = cast("Mapping[str, Any]", value)
        key = part if part in held else next((each for each in held if str(each).lower() == part.lower()), None)
        if key is not None:
            return held[key]
        raise _nothing(name, f"':{before}' has no '{part}'", suggest(part, map(str, held), what="it has"))
    missing = object()
    found = missing if part.startswith("_") else getattr(value, part, missing)
    if found is missing:
        kind = "null" if value is None else f"a value of the Python type {type(value).__name__}"
        raise _nothing(name, f"':{before}' is {kind}, without '{part}'", f"give a record or a dict as {before}")
    return found


def _item(value: Any, index: int, name: str, before: str) -> Any:
    if isinstance(value, str) or not isinstance(value, Sequence):
        kind = "null" if value is None else f"a value of the Python type {type(value).__name__}"
        raise _nothing(name, f"':{before}' is {kind}, no list", f"give a list as {before}")
    items = cast("Sequence[Any]", value)
    if index >= len(items):
        message = f"':{before}' has {len(items)} item{'' if len(items) == 1 else 's'}, and none at [{index}]"
        raise _nothing(name, message, "items are counted from 0")
    return items[index]


def _nothing(name: str, message: str, hint: str | None) -> QueryError:
    return QueryError(Issue("OF804", f"the bind ':{name}' finds nothing: {message}", hint=hint))
