"""Two versions of a field to what changed of it: which parameters, and whether its values are concerned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from objectforge.metadata.fields.base import FieldType

__all__ = ["FieldChange", "compare_types", "short_form"]

_CHOICES = "values"
_TARGETS = "to"
_MEASURES = frozenset({"length", "precision", "scale"})
_TOLD = _MEASURES | {"on_delete", "start"}

# Parameters that mean something for what is written next, or for how a field is shown, found and sorted. What is not
# named here may mean that values change their form: parameters of third parties' types too.
_BESIDE_VALUES = frozenset({
    "label", "help", "default", "track_history", "was", "unique", "external_id", "case_sensitive", "indexed",
    "children", "on_delete", "hierarchy", "reparentable", "filter", "filter_message", "format", "start", "sorted",
    "value_set", "when", "controlled_by", "required", _CHOICES, _TARGETS,
    "formula", "returns", "blanks", "value", "where",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed of a field."""

    keys: tuple[str, ...] = ()
    shaping: bool = False
    """Whether values may have to change their form, or may no longer be allowed."""
    words: tuple[tuple[str, str], ...] = ()
    """Keys with the words that tell more of them than their name."""

    @property
    def beside_type(self) -> tuple[str, ...]:
        """The keys of which the types' short forms, side by side, say nothing."""
        return tuple(key for key in self.keys if key != "type" and key not in _MEASURES)


def compare_types(before: FieldType, after: FieldType) -> FieldChange:
    """Compare two versions of one field."""
    keys = tuple(_changed_keys(before, after))
    words = tuple((key, told) for key in keys if (told := _words(key, getattr(before, key), getattr(after, key))))
    stored = before.stored or after.stored
    if before.type_name != after.type_name:
        return FieldChange(("type", *keys), stored, words)
    return FieldChange(keys, stored and any(key not in _BESIDE_VALUES for key in keys), words)


def short_form(declared: FieldType) -> str:
    """A field's type as one writes it shortest: text(20), number(5,3), lookup(Account)."""
    values = [getattr(declared, key) for key in declared.short_form]
    if not values or not set(declared.short_form) & declared.model_fields_set:
        return declared.type_name
    return f"{declared.type_name}({','.join(_listed(value) for value in values)})"


def _changed_keys(before: FieldType, after: FieldType) -> Iterator[str]:
    same, written = before.type_name == after.type_name, before.model_fields_set | after.model_fields_set
    for key, declared in type(after).model_fields.items():
        if declared.exclude:
            continue  # it is not stored, and says nothing of values
        if key == _CHOICES:
            if before.choices != after.choices and (same or (before.choices and after.choices)):
                yield key
            continue
        told = same or (key in type(before).model_fields and key in written)  # types have defaults of their own
        if told and getattr(before, key) != getattr(after, key):
            yield key


def _words(key: str, old: Any, new: Any) -> str | None:
    match old, new:
        case (bool(), bool()):
            return f"now {key}" if new else f"no longer {key}"
        case _:
            return f"{key} {_shown(old)} -> {_shown(new)}" if key in _TOLD else None


def _listed(value: Any) -> str:
    return " | ".join(map(str, value)) if isinstance(value, tuple) else str(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _shown(value: Any) -> str:
    match value:
        case None | "" | ():
            return "nothing"
        case tuple():
            return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return str(value)
