"""Formulas and roll-ups typed, each after those it reads; what reads itself in a circle is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from objectforge.expressions.scope import NameProblem
from objectforge.expressions.sql.functions.build import copies
from objectforge.expressions.typed import Ref
from objectforge.expressions.walk import refs
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.traits import FormulaBody, RollupBody
from objectforge.metadata.models import ObjectDef
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.circles import ordered
from objectforge.relations.draft import Draft
from objectforge.relations.fields import field_path
from objectforge.relations.findings import Findings
from objectforge.relations.former import suggest_in
from objectforge.relations.mentions import ChildName, FieldName
from objectforge.relations.schema import Field, FormulaValue, Object, RollupValue
from objectforge.relations.scopes import FORMULA_DEPTH, ObjectScope
from objectforge.relations.sizes import formula_size, too_large_formula
from objectforge.relations.sql_forms import HINT, Lacking, copies_of, lacking
from objectforge.relations.syntax_walk import names_in
from objectforge.values.kinds import Kind, ValueType

__all__ = ["type_computed"]

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Used:
    """A field that a computed one reads, and where it names it: under which key, and which stretch of the text."""

    key: _Key
    at: str
    start: int
    end: int


def type_computed(draft: Draft, definitions: Mapping[str, ObjectDef], findings: Findings) -> None:
    """Type every computed field of the draft and put it back with what it computes."""
    computed = {
        (each.object, each.name): each
        for owner in draft.objects.values()
        for each in owner.fields.values()
        if each.type.computed is not None
    }
    reads = {
        key: {used.key: used for used in _reads(draft, each) if used.key in computed} for key, each in computed.items()
    }
    order, circles = ordered({key: list(used) for key, used in reads.items()})
    for circle in circles:
        object_name, name = circle[0]
        shown = " -> ".join(".".join(key) for key in (*circle, circle[0]))
        used = reads[circle[0]][circle[1 % len(circle)]]
        at = (*field_path(definitions[object_name], name), used.at)
        message = f"computed fields in a circle: {shown}"
        findings.add_within("OF235", message, at, used.start, used.end, "one of them must not use the next")
    for object_name, name in order:
        each = computed[object_name, name]
        draft.put(_typed(draft, each, field_path(definitions[object_name], name), findings))


def _reads(draft: Draft, field: Field) -> Iterator[_Used]:
    owner = draft.objects[field.object]
    match field.type.computed:
        case FormulaBody(formula=text):
            yield from _fields_in(text, ObjectScope(draft, owner, depth=FORMULA_DEPTH), "formula")
        case RollupBody(children=name, field=summed, where=where, field_at=at):
            relationship = owner.child(name)
            if relationship is None:
                return
            child = draft.objects[relationship.child]
            found = child.field(summed) if summed else None
            if found is not None:
                yield _Used((child.name, found.name), "value", at, at + len(found.name))
            if where is not None:
                yield from _fields_in(where, ObjectScope(draft, child), "where")
        case None:
            return


def _fields_in(text: str, scope: ObjectScope, at: str) -> Iterator[_Used]:
    for path in names_in(text):
        try:
            ref = scope.resolve(path)
        except NameProblem:
            continue
        if isinstance(ref, Ref):
            yield _Used((ref.object, ref.field), at, path.start, path.end)


def _typed(draft: Draft, field: Field, path: Path, findings: Findings) -> Field:
    owner = draft.objects[field.object]
    match field.type.computed:
        case FormulaBody(formula=text, blanks=blanks):
            scope = ObjectScope(draft, owner, depth=FORMULA_DEPTH)
            at = (*path, "formula")
            tree = checking.formula(text, scope, at, findings, returns=field.value_type, blanks=blanks)
            if tree is None:
                return field
            reach = max((_reach(draft, ref) for ref in refs(tree)), default=0)
            if reach > FORMULA_DEPTH:
                _too_far(draft, text, scope, at, findings)
                return field
            found = lacking(draft, tree)
            size = formula_size(draft, tree)
            problem = too_large_formula(size, len(text), queried=found is None)
            if problem is not None:
                findings.add_problems([problem], at)
                return field
            return replace(
                field,
                computed=FormulaValue(tree, size),
                value_type=_unrounded(field.value_type, tree.type),
                only_python=None if found is None else found.name,
                reach=reach,
                copies=copies(tree, lambda ref: copies_of(draft, ref)),
            )
        case RollupBody() as body:
            rolled = _rollup(draft, owner, field.type, body, path, findings)
            return field if rolled is None else replace(field, computed=rolled, value_type=rolled.type)
        case None:
            return field


def _reach(draft: Draft, ref: Ref) -> int:
    return len(ref.steps) + draft.objects[ref.object].fields[ref.field].reach


def _too_far(draft: Draft, text: str, scope: ObjectScope, at: Path, findings: Findings) -> None:
    """Report the path that, with the formulas it leads to, goes up further than queries should."""
    for path in names_in(text):
        try:
            ref = scope.resolve(path)
        except NameProblem:  # a date word
            continue
        if isinstance(ref, Ref) and (reach := _reach(draft, ref)) > FORMULA_DEPTH:
            message = f"through formulas this goes up over {reach} lookups; {FORMULA_DEPTH} is the most"
            findings.add_within("OF242", message, at, path.start, path.end, "name a stored field nearer by")
            return


def _unrounded(declared: ValueType, given: ValueType) -> ValueType:
    """The size a formula's number has inside other expressions, where it is not rounded yet."""
    if declared.kind is not Kind.NUMBER or given.kind is not Kind.NUMBER:
        return declared
    return replace(declared, digits=given.digits, scale=given.scale)


def _rollup(
    draft: Draft, owner: Object, declared: FieldType, body: RollupBody, path: Path, findings: Findings
) -> RollupValue | None:
    relationship = owner.child(body.children)
    if relationship is None:
        if not draft.missing(owner.name, body.children):
            hint = suggest_in(draft, owner, body.children, owner.children, what="child relationships")
            message = f"'{owner.name}' has no child relationship '{body.children}'"
            findings.add("OF236", message, (*path, "value"), hint)
        return None
    child = draft.objects[relationship.child]
    at = body.children_at
    findings.mention(ChildName(child.name, relationship.field), (*path, "value"), at, at + len(body.children))
    argument: Ref | None = None
    gathered: Field | None = None
    if body.field is not None:
        gathered = child.field(body.field)
        if gathered is None:
            if not draft.missing(child.name, body.field):
                message = f"'{child.name}' has no field '{body.field}'"
                hint = suggest_in(draft, child, body.field, child.fields)
                findings.add("OF240", message, (*path, "value"), hint)
            return None
        argument = Ref("", (), child.name, gathered.name, gathered.value_type)
        at = body.field_at
        findings.mention(FieldName(child.name, gathered.name), (*path, "value"), at, at + len(body.field))
    result = body.over(argument.type if argument else None)
    if result is None:
        assert argument is not None
        message = f"{body.function} does not go with '{child.name}.{argument.field}', which is {argument.type}"
        hint = "sum and avg take numbers; min and max numbers, dates and times; count nothing but the relationship"
        findings.add("OF237", message, (*path, "value"), hint)
        return None
    where = None
    if gathered is not None and gathered.only_python is not None:
        unknown = Lacking(gathered.only_python, (child.name, gathered.name))
        findings.add_within("OF805", unknown.message, (*path, "value"), body.field_at, at + len(gathered.name), HINT)
        return None
    if body.where is not None:
        where = checking.condition(body.where, ObjectScope(draft, child), (*path, "where"), findings)
        if where is None:
            return None
    shown = declared.over(None if gathered is None else gathered.shown)
    return RollupValue(body.function, relationship, argument, where, result, shown)
