"""Two versions of a field to what changed: parameters that leave every value valid, and those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from objectforge.metadata.fields.base import FieldType

__all__ = ["FieldChange", "compare_types"]

_Allowed = Callable[[Any, Any], bool]
_CHOICES = "values"
_TOLD = frozenset({"length", "precision", "scale", "required", "restricted", "on_delete", "start"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed of a field. `refused` says in words what cannot be carried out."""

    keys: tuple[str, ...] = ()
    new_values: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    sizes: tuple[tuple[str, str], ...] = ()
    """The keys that are best told with their values, each with the old and the new one."""


def compare_types(before: FieldType, after: FieldType) -> FieldChange:
    """Compare two versions of one field."""
    if before.type_name != after.type_name:
        if not before.stored and not after.stored:
            return FieldChange(("type",))
        return FieldChange(refused=(f"its type changes from {before.type_name} to {after.type_name}",))
    keys = tuple(_changed_keys(before, after))
    if not before.stored and not after.stored:
        return FieldChange(keys)
    refused = [
        f"{key} changes from {_shown(old)} to {_shown(new)}"
        for key in keys
        if key != _CHOICES and not _allowed(key, old := getattr(before, key), new := getattr(after, key))
    ]
    known = {choice.value for choice in before.choices}
    there = {choice.value for choice in after.choices}
    if gone := [choice.value for choice in before.choices if choice.value not in there]:
        refused.append(f"the values {', '.join(gone)} are no longer declared")
    new_values = tuple(choice.value for choice in after.choices if choice.value not in known)
    told = ((key, _shown(getattr(before, key)), _shown(getattr(after, key))) for key in keys if key in _TOLD)
    sizes = tuple((key, f"{old} -> {new}") for key, old, new in told)
    return FieldChange(keys, new_values, tuple(refused), sizes)


def _changed_keys(before: FieldType, after: FieldType) -> Iterator[str]:
    for key in type(after).model_fields:
        if key == _CHOICES:
            if before.choices != after.choices:
                yield key
        elif getattr(before, key) != getattr(after, key):
            yield key


def _always(old: Any, new: Any) -> bool:
    return True


def _turned_off(old: Any, new: Any) -> bool:
    return not new


def _raised(old: int, new: int) -> bool:
    return new >= old


def _widened(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> bool:
    return all(set(values) <= set(new.get(key, ())) for key, values in old.items())


def _allowed(key: str, old: Any, new: Any) -> bool:
    rule = _RULES.get(key)
    return rule is not None and rule(old, new)


# What is not named here may mean that values change their form: parameters of third parties' types too.
_RULES: Mapping[str, _Allowed] = {
    "label": _always,
    "help": _always,
    "default": _always,
    "track_history": _always,
    "was": _always,
    # Indexes are compared for themselves, and unique ones checked against the data.
    "unique": _always,
    "external_id": _always,
    "case_sensitive": _always,
    "indexed": _always,
    "children": _always,
    "on_delete": _always,
    "hierarchy": _always,
    "reparentable": _always,
    "filter_message": _always,
    "format": _always,
    "start": _always,
    "sorted": _always,
    "value_set": _always,
    "when": _widened,
    "length": _raised,
    "precision": _raised,
    "required": _turned_off,
    "restricted": _turned_off,
    "filter": _turned_off,
    "controlled_by": _turned_off,
}


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case None | "" | ():
            return "nothing"
        case tuple():
            return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return str(value)
