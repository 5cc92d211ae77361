"""Steps in words, one line each; `+` adds, `~` changes, `-` takes out of sight, `!` cannot be done."""

from __future__ import annotations

from functools import singledispatch

from objectforge.change.risk import Risk
from objectforge.change.steps import (
    AddField,
    AddIndex,
    ChangeDefinition,
    ChangeField,
    CreateObject,
    HoldField,
    HoldObject,
    HoldValue,
    PurgeField,
    PurgeObject,
    PurgeValue,
    Refuse,
    RemoveIndex,
    RenameField,
    RenameObject,
    RenameValue,
    RequireField,
    ReturnField,
    ReturnObject,
    ReturnValue,
    RetypeField,
    Step,
)

__all__ = ["count_of", "describe"]

_WORDS = {
    "objects": "object", "value_sets": "value set", "list_views": "list view", "reports": "report",
    "dashboards": "dashboard", "layouts": "layout", "packages": "package",
}  # fmt: skip
_SIGNS = {"add": "+", "change": "~", "remove": "-"}


@singledispatch
def describe(step: Step) -> str:
    """One line about a step."""
    raise TypeError(f"no words for {type(step).__name__}")


# -- objects ----------------------------------------------------------------------------------------------------------
@describe.register
def _(step: CreateObject) -> str:
    indexes = f", {count_of(len(step.indexes), 'index', 'indexes')}" if step.indexes else ""
    return f"+ object {step.object} ({count_of(len(step.fields), 'field', 'fields')}{indexes})"


@describe.register
def _(step: RenameObject) -> str:
    return f"~ object {step.before} is called {step.object} now"


@describe.register
def _(step: HoldObject) -> str:
    return f"- object {step.object} is held{_with(step.records, 'record', 'records')}{_risk(step)}"


@describe.register
def _(step: ReturnObject) -> str:
    return f"+ object {step.object} is back{_with(step.records, 'record', 'records')}"


# -- fields -----------------------------------------------------------------------------------------------------------
@describe.register
def _(step: AddField) -> str:
    filled = ""
    if step.constant is not None:
        filled = f", existing records get {_value(step.constant.value)}"
    elif step.computed is not None:
        filled = f", its default computed for {count_of(step.records, 'record', 'records')}"
    elif step.lacking:
        filled = f", required: {count_of(step.records, 'record', 'records')} without a value"
    return f"+ field {step.object}.{step.field}{filled}"


@describe.register
def _(step: RenameField) -> str:
    return f"~ field {step.object}.{step.before} is called {step.field} now"


@describe.register
def _(step: HoldField) -> str:
    if not step.stored:
        return f"- field {step.object}.{step.field} (computed)"
    return f"- field {step.object}.{step.field} is held{_with(step.values, 'value', 'values')}{_risk(step)}"


@describe.register
def _(step: ReturnField) -> str:
    return f"+ field {step.object}.{step.field} is back{_with(step.values, 'value', 'values')}{_risk(step)}"


@describe.register
def _(step: RetypeField) -> str:
    change = step.before if step.before == step.after else f"{step.before} -> {step.after}"
    values = count_of(step.values, "value", "values")
    return f"~ field {step.object}.{step.field}: {change}, {values}, {step.conversion.note}{_risk(step)}"


@describe.register
def _(step: RequireField) -> str:
    lacking = f"{count_of(step.records, 'record', 'records')} without a value"
    get = "gets" if step.records == 1 else "get"
    if step.constant is not None:
        return f"~ field {step.object}.{step.field}: required, {lacking} {get} {_value(step.constant.value)}"
    if step.computed is not None:
        return f"~ field {step.object}.{step.field}: required, {lacking} {get} its default"
    return f"~ field {step.object}.{step.field}: required, {lacking}{_risk(step)}"


@describe.register
def _(step: ChangeField) -> str:
    words = dict(step.words)
    keys = [words.get(key, key) for key in step.keys if key != "values"]
    if step.new_values:
        keys.append("new values " + ", ".join(step.new_values))
    elif "values" in step.keys:
        keys.append("values")
    return f"~ field {step.object}.{step.field}: {', '.join(keys)}"


# -- picklist values --------------------------------------------------------------------------------------------------
@describe.register
def _(step: RenameValue) -> str:
    return f"~ value {step.object}.{step.field} {step.before!r} is {step.value!r} now{_in(step.records)}"


@describe.register
def _(step: HoldValue) -> str:
    return f"- value {step.object}.{step.field} {step.value!r} is held{_in(step.records)}{_risk(step)}"


@describe.register
def _(step: ReturnValue) -> str:
    return f"+ value {step.object}.{step.field} {step.value!r} is back{_in(step.records)}"


# -- the rest ---------------------------------------------------------------------------------------------------------
@describe.register
def _(step: AddIndex) -> str:
    kind = "unique" if step.index.unique else "index"
    checked = ", checked against the records" if step.risk is Risk.CHECKED else ""
    sign, again = ("~", ", made again") if step.again else ("+", "")
    return f"{sign} {kind} {step.index.object} ({', '.join(step.index.fields)}){again}{checked}"


@describe.register
def _(step: RemoveIndex) -> str:
    kind = "unique" if step.index.unique else "index"
    return f"- {kind} {step.index.object} ({', '.join(step.index.fields)})"


@describe.register
def _(step: ChangeDefinition) -> str:
    what = step.section if step.name is None else f"{_WORDS.get(step.section, step.section)} {step.name}"
    told = ", ".join((*step.keys, *filter(None, (step.note,))))
    return f"{_SIGNS[step.change]} {what}{f': {told}' if told else ''}"


@describe.register
def _(step: PurgeObject) -> str:
    return f"- object {step.object} for good{_with(step.records, 'record', 'records')}{_risk(step)}"


@describe.register
def _(step: PurgeField) -> str:
    return f"- field {step.object}.{step.field} for good{_with(step.values, 'value', 'values')}{_risk(step)}"


@describe.register
def _(step: PurgeValue) -> str:
    return f"- value {step.object}.{step.field} {step.value!r} for good{_in(step.records)}{_risk(step)}"


@describe.register
def _(step: Refuse) -> str:
    return f"! {step.name}: {step.change}; {step.way}"


def count_of(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def _with(number: int, one: str, many: str) -> str:
    return f", with {count_of(number, one, many)}" if number else ", empty"


def _in(records: int) -> str:
    return f", in {count_of(records, 'record', 'records')}" if records else ""


def _risk(step: Step) -> str:
    return "" if step.risk is Risk.SAFE else f" [{step.risk}]"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value)
        case _:
            return str(value)
