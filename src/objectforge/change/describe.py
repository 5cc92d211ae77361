"""Steps in words, one line each; `+` adds, `~` changes, `-` takes away, `!` cannot be done."""

from __future__ import annotations

from functools import singledispatch

from objectforge.change.steps import (
    AddField,
    AddIndex,
    ChangeDefinition,
    ChangeField,
    CreateObject,
    NotSupported,
    RemoveIndex,
    Step,
)

__all__ = ["describe"]

_WORDS = {
    "objects": "object", "value_sets": "value set", "list_views": "list view", "reports": "report",
    "dashboards": "dashboard", "layouts": "layout",
}  # fmt: skip
_SIGNS = {"add": "+", "change": "~", "remove": "-"}


@singledispatch
def describe(step: Step) -> str:
    """One line about a step."""
    raise TypeError(f"no words for {type(step).__name__}")


@describe.register
def _(step: CreateObject) -> str:
    indexes = f", {_count(len(step.indexes), 'index', 'indexes')}" if step.indexes else ""
    return f"+ object {step.object} ({_count(len(step.fields), 'field', 'fields')}{indexes})"


@describe.register
def _(step: AddField) -> str:
    filled = ""
    if step.constant is not None:
        filled = f", {_value(step.constant.value)} in existing records"
    elif step.computed is not None:
        filled = ", its default computed for existing records"
    elif step.lacking:
        filled = ", required: existing records stay without a value"
    return f"+ field {step.object}.{step.field}{filled}"


@describe.register
def _(step: ChangeField) -> str:
    sizes = dict(step.sizes)
    keys = [f"{key} {sizes[key]}" if key in sizes else key for key in step.keys if key != "values"]
    if step.new_values:
        keys.append("new values " + ", ".join(step.new_values))
    elif "values" in step.keys:
        keys.append("values")
    return f"~ field {step.object}.{step.field}: {', '.join(keys)}"


@describe.register
def _(step: AddIndex) -> str:
    kind = "unique" if step.index.unique else "index"
    checked = ", checked against the records" if step.risk == "checked" else ""
    return f"+ {kind} {step.index.object} ({', '.join(step.index.fields)}){checked}"


@describe.register
def _(step: RemoveIndex) -> str:
    kind = "unique" if step.index.unique else "index"
    return f"- {kind} {step.index.object} ({', '.join(step.index.fields)})"


@describe.register
def _(step: ChangeDefinition) -> str:
    what = step.section if step.name is None else f"{_WORDS.get(step.section, step.section)} {step.name}"
    keys = f": {', '.join(step.keys)}" if step.keys else ""
    return f"{_SIGNS[step.change]} {what}{keys}"


@describe.register
def _(step: NotSupported) -> str:
    return f"! {step.name}: {step.change}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value)
        case _:
            return str(value)
