"""What objects declare beside their fields, typed: defaults, validations, lookup filters, unique rules, indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from objectforge.expressions.parser import parse
from objectforge.expressions.typed import Const
from objectforge.metadata.fields.base import Reading
from objectforge.metadata.models import ObjectDef
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.defaults import check_defaults
from objectforge.relations.draft import Draft
from objectforge.relations.fields import field_path
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_in
from objectforge.relations.listening import results
from objectforge.relations.literals import judge_value, read_literal
from objectforge.relations.mentions import FieldName, ValueName
from objectforge.relations.picklists import check_control, read_sets
from objectforge.relations.schema import Field, Lookup, Object, Validation
from objectforge.relations.scopes import FORMULA_DEPTH, ObjectScope, SourceScope
from objectforge.relations.value_sets import ValueSets
from objectforge.values.kinds import BOOLEAN, Kind
from objectforge.values.numbers import round_half_away

__all__ = ["apply_rules"]


def apply_rules(draft: Draft, definition: ObjectDef, sets: ValueSets, reading: Reading, findings: Findings) -> Object:
    """The object with everything it declares typed. `reading` is how its literals are read."""
    owner = draft.objects[definition.name]
    fields = {
        each.name: _field(draft, definition, owner, each, sets, reading, findings) for each in owner.fields.values()
    }
    lookups = {each.field: _filtered(draft, definition, owner, each, findings) for each in owner.lookups.values()}
    at: Path = ("objects", definition.name)
    indexes = tuple(
        _index(draft, owner, keys, (*at, "indexes", number), findings) for number, keys in enumerate(definition.indexes)
    )
    unique = {
        name: tuple(
            found.name
            for number, text in enumerate(names)
            if (found := _column(draft, owner, text, (*at, "unique", name, number), findings))
        )
        for name, names in definition.unique.items()
    }
    owner = replace(owner, fields=fields)
    check_defaults(owner, definition, findings)
    return replace(
        owner,
        lookups=lookups,
        validations=_validations(draft, definition, owner, findings),
        unique=unique,
        indexes=indexes,
    )


def _field(
    draft: Draft,
    definition: ObjectDef,
    owner: Object,
    field: Field,
    sets: ValueSets,
    reading: Reading,
    findings: Findings,
) -> Field:
    path = field_path(definition, field.part_of or field.name)
    if field.system:
        path = ()
    check_control(draft, owner, field, path, findings)
    given = read_sets(draft, owner, field, path, sets, reading, findings) if field.type.choices else field.sets
    text = field.type.initial
    if text is None:
        return replace(field, sets=given) if given else field
    if text.startswith("="):
        scope = ObjectScope(draft, owner, depth=FORMULA_DEPTH)
        tree = checking.formula(
            text[1:], scope, (*path, "default"), findings, returns=field.value_type, blanks="rule", shift=1
        )
        if tree is not None and field.type.choices and findings.mentions is not None:
            _mention_values(field, text, (*path, "default"), findings)
        if isinstance(tree, Const) and tree.value is not None:
            tree = _constant(field, text, tree, (*path, "default"), findings)
        return replace(field, default=tree, sets=given)
    findings.mention(ValueName(owner.name, field.name, text), (*path, "default"))
    try:
        value = read_literal(text, field.type, reading)
    except ValueError as wrong:
        hint = "an expression begins with =, such as =TODAY()"
        findings.add("OF233", f"the default '{text}' is no value of '{owner.name}.{field.name}': {wrong}",
                     (*path, "default"), hint)  # fmt: skip
        return field
    return replace(field, default=Const(value, field.value_type), sets=given)


def _constant(field: Field, text: str, tree: Const, path: Path, findings: Findings) -> Const:
    """An expression without names as the value that the field keeps."""
    value = tree.value
    if isinstance(value, Decimal) and field.value_type.kind is Kind.NUMBER:
        value = round_half_away(value, field.value_type.scale)
    try:
        return Const(judge_value(value, field.type), field.value_type)
    except ValueError as wrong:
        findings.add("OF233", f"the default '{text}' is no value of '{field.object}.{field.name}': {wrong}", path)
        return tree


def _mention_values(field: Field, text: str, path: Path, findings: Findings) -> None:
    """The values that a picklist's default may come to."""
    for value in results(parse(text[1:])):
        name = ValueName(field.object, field.name, value.value, quoted=True)
        findings.mention(name, path, value.start + 1, value.end + 1)


def _filtered(draft: Draft, definition: ObjectDef, owner: Object, lookup: Lookup, findings: Findings) -> Lookup:
    relation = owner.fields[lookup.field].type.relation
    if relation is None or relation.filter is None:
        return lookup
    path = (*field_path(definition, lookup.field), "filter")
    if lookup.polymorphic:
        message = f"'{owner.name}.{lookup.field}' points to several objects, so that a filter has no fields to name"
        findings.add("OF239", message, path, "take the filter out, or make it a validation")
        return lookup
    target = draft.object(lookup.targets[0])
    if target is None:
        return lookup
    scope = SourceScope(draft, target, source=owner)
    return replace(lookup, filter=checking.condition(relation.filter, scope, path, findings, asked=False))


def _validations(draft: Draft, definition: ObjectDef, owner: Object, findings: Findings) -> tuple[Validation, ...]:
    found: list[Validation] = []
    scope = ObjectScope(draft, owner, depth=FORMULA_DEPTH)
    for name, rule in definition.validations.items():
        path: Path = ("objects", definition.name, "validations", name)
        at = (*path, "error_if")
        tree = checking.formula(rule.error_if, scope, at, findings, returns=BOOLEAN, blanks="rule", saving=True)
        field = owner.field(rule.field) if rule.field is not None else None
        if field is not None:
            findings.mention(FieldName(owner.name, field.name), (*path, "field"))
        if rule.field is not None and field is None and not draft.missing(owner.name, rule.field):
            hint = suggest_in(draft, owner, rule.field, owner.fields)
            message = f"the validation '{name}' points at a field that '{owner.name}' does not have: '{rule.field}'"
            findings.add("OF238", message, (*path, "field"), hint)
        if tree is not None and rule.active:
            found.append(Validation(name, tree, rule.message, field.name if field else None))
    return tuple(found)


def _index(
    draft: Draft, owner: Object, keys: Sequence[str], path: Path, findings: Findings
) -> tuple[tuple[str, bool], ...]:
    """The columns of an index with whether each descends."""
    columns = (
        (_column(draft, owner, text, (*path, number), findings), text.startswith("-"))
        for number, text in enumerate(keys)
    )
    return tuple((field.name, descending) for field, descending in columns if field is not None)


def _column(draft: Draft, owner: Object, text: str, path: Path, findings: Findings) -> Field | None:
    """The stored field of that name, in an index perhaps with `-` before it; unique rules are made of them too."""
    name = text.removeprefix("-")
    field = owner.field(name)
    if field is not None and field.stored:
        findings.mention(FieldName(owner.name, field.name), path, len(text) - len(name), len(text))
        return field
    if field is not None:
        parts = [each.name for each in owner.fields.values() if each.part_of == field.name]
        hint = f"name its parts: {', '.join(parts)}" if parts else "name the fields it is computed from"
        findings.add("OF234", f"'{owner.name}.{field.name}' has no column of its own", path, hint)
    elif not draft.missing(owner.name, name):
        lookup = owner.parent(name)
        hint = f"write {lookup.field}" if lookup else suggest_in(draft, owner, name, owner.fields)
        findings.add("OF234", f"'{owner.name}' has no field '{name}'", path, hint)
    return None
