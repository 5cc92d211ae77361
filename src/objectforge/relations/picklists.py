"""Picklists against other fields: what controls them, and what their values set."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.errors.issue import suggest
from objectforge.expressions.typed import Scalar
from objectforge.metadata.fields.base import Reading
from objectforge.metadata.fields.values import PicklistValue
from objectforge.metadata.places import Path
from objectforge.relations.draft import Draft
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_in
from objectforge.relations.literals import read_literal
from objectforge.relations.mentions import FieldName, ValueName
from objectforge.relations.schema import Field, Object
from objectforge.relations.value_sets import ValueSets
from objectforge.values.kinds import Kind
from objectforge.values.text import fold_key

__all__ = ["check_control", "read_sets"]


def check_control(draft: Draft, owner: Object, field: Field, path: Path, findings: Findings) -> None:
    """Check that a dependent picklist names a field that can control it, and values that both have."""
    rules = field.type.choice_rules
    if rules is None or rules.controlled_by is None:
        return
    controlling = owner.field(rules.controlled_by)
    if controlling is None:
        if not draft.missing(owner.name, rules.controlled_by):
            known = [each.name for each in owner.fields.values() if _controls(each)]
            hint = suggest_in(draft, owner, rules.controlled_by, known, what="picklists and checkboxes")
            message = f"'{owner.name}' has no field '{rules.controlled_by}' to control '{field.name}'"
            findings.add("OF229", message, (*path, "controlled_by"), hint)
        return
    if not _controls(controlling) or controlling.name == field.name:
        message = f"'{controlling.name}' cannot control '{field.name}': it is {controlling.type.type_name}"
        if controlling.name == field.name:
            message = f"'{field.name}' cannot control itself"
        findings.add("OF229", message, (*path, "controlled_by"), "another picklist or a checkbox can")
        return
    findings.mention(FieldName(owner.name, controlling.name), (*path, "controlled_by"))
    for value, allowed in rules.when.items():
        findings.mention(ValueName(owner.name, controlling.name, value), (*path, "when", value), key=True)
        for number, text in enumerate(allowed):
            findings.mention(ValueName(owner.name, field.name, text), (*path, "when", value, number))
    known = [choice.value for choice in controlling.type.choices] or ["true", "false"]
    folded = {fold_key(value) for value in known}
    for value in rules.when:
        if fold_key(value) not in folded:
            message = f"'{value}' is not one of the values of '{controlling.name}'"
            findings.add_at_key("OF230", message, (*path, "when", value), suggest(value, known, what="its values"))


def _controls(field: Field) -> bool:
    return bool(field.type.choices) or field.value_type.kind is Kind.BOOLEAN


def read_sets(
    draft: Draft, owner: Object, field: Field, path: Path, sets: ValueSets, reading: Reading, findings: Findings
) -> Mapping[str, Mapping[str, Scalar]]:
    """What the values of a picklist give to other fields, as canonical values."""
    found: dict[str, Mapping[str, Scalar]] = {}
    rules = field.type.choice_rules
    shared = rules.value_set if rules is not None else None
    start = path if shared is None else sets.path(shared)
    for number, choice in enumerate(field.type.choices):
        if choice.sets:
            given = _one(draft, owner, field, choice, (*start, "values", number, "sets"), reading, findings)
            found[choice.value] = given
    return found


def _one(
    draft: Draft, owner: Object, field: Field, choice: PicklistValue, path: Path, reading: Reading, findings: Findings
) -> Mapping[str, Scalar]:
    found: dict[str, Scalar] = {}
    for name, text in choice.sets.items():
        target = owner.field(name)
        if target is None:
            if not draft.missing(owner.name, name):
                message = f"'{choice.value}' sets '{name}', which '{owner.name}' does not have"
                findings.add_at_key("OF231", message, (*path, name), suggest_in(draft, owner, name, owner.fields))
            continue
        if not target.writable or target.name == field.name:
            message = f"'{choice.value}' cannot set '{owner.name}.{target.name}'"
            findings.add_at_key("OF231", message, (*path, name), "only other fields that can be written are set")
            continue
        try:
            found[target.name] = read_literal(text, target.type, reading)
        except ValueError as wrong:
            message = f"'{text}' is no value of '{target.name}': {wrong}"
            findings.add("OF232", message, (*path, name))
    return found
