"""Binds with dots, `:user.Id`: the value of an attribute of what is given as `user`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

__all__ = ["values_at_paths"]


def values_at_paths(names: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values given, and those that binds with dots find in them; what is only looked into is left out.

    Args:
        names: The binds that a query has.
        given: The values by name.
    """
    asked = {name.lower(): name for name in names}
    by_key = {name.lower(): name for name in given}
    values = dict(given)
    for key, name in asked.items():
        first, *path = name.split(".")
        own = by_key.get(first.lower())
        if not path or own is None or key in by_key:
            continue
        values[name] = _look(given[own], path)
        if first.lower() not in asked:
            values.pop(own, None)
    return values


def _look(value: Any, path: Iterable[str]) -> Any:
    for part in path:
        value = cast("Mapping[str, Any]", value)[part] if isinstance(value, Mapping) else getattr(value, part)
    return value
