"""The one namespace of an object: fields, parent paths and child relationships, none of them twice in any case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from objectforge.metadata.models import ObjectDef
from objectforge.metadata.names import check_name
from objectforge.metadata.places import Path
from objectforge.relations.fields import field_path
from objectforge.relations.findings import Findings
from objectforge.relations.naming import plural
from objectforge.relations.schema import ChildRelationship, Field, Lookup

__all__ = ["check_namespace"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name and what it is: a field, or the path of the lookup `opened_by`. `path` is None for the system's."""

    name: str
    what: str
    path: Path | None
    field: str | None = None
    opened_by: str | None = None


def check_namespace(
    definition: ObjectDef,
    definitions: Mapping[str, ObjectDef],
    fields: Iterable[Field],
    lookups: Iterable[Lookup],
    children: Iterable[ChildRelationship],
    findings: Findings,
) -> dict[str, ChildRelationship]:
    """Report what clashes on one object; its child relationships by name, the first of equal ones."""
    taken: dict[str, _Entry] = {}
    own = sorted(fields, key=lambda each: not each.system)
    system = {field.name for field in own if field.system}
    reserved = {name.lower() for name in system}
    for field in own:
        if not field.system and field.part_of is None and field.name.lower() in reserved:
            continue  # said where the field's own name is judged
        path = None if field.system else field_path(definition, field.part_of or field.name)
        what = f"the field '{field.name}'" if field.part_of is None else f"'{field.name}', a part of '{field.part_of}'"
        _enter(_Entry(field.name, what, path, field=field.name), taken, definition.name, findings)
    for lookup in sorted(lookups, key=lambda each: each.field not in system):
        path = None if lookup.field in system else field_path(definition, lookup.field)
        entry = _Entry(lookup.path, f"the path of the lookup '{lookup.field}'", path, opened_by=lookup.field)
        _enter(entry, taken, definition.name, findings)
    named: dict[str, ChildRelationship] = {}
    for child in children:
        if _enter_child(child, definitions[child.child], taken, findings):
            named[child.name] = child
    return named


def _enter(new: _Entry, taken: dict[str, _Entry], object_name: str, findings: Findings) -> None:
    before = taken.setdefault(new.name.lower(), new)
    if before is new or (new.opened_by is not None and new.opened_by == before.field) or new.path is None:
        return
    message = f"{new.what} is called '{new.name}', which on '{object_name}' is {before.what} already"
    first = ("the other is here", before.path) if before.path else None
    findings.add_at_key("OF220", message, new.path, "rename one of the two", first=first)


def _enter_child(child: ChildRelationship, definition: ObjectDef, taken: dict[str, _Entry], findings: Findings) -> bool:
    path = field_path(definition, child.field)
    declared = definition.fields.get(child.field, definition.name_field).relation
    given = declared is not None and declared.children is not None
    place = (*path, "children") if given else path
    if given:
        wrong = check_name(child.name, "child relationship")
        for problem in wrong:
            findings.add(problem.code, problem.message, place, problem.hint)
        if wrong:
            return False
    what = f"the child relationship of '{child.child}.{child.field}'"
    new = _Entry(child.name, what, place)
    before = taken.setdefault(child.name.lower(), new)
    if before is new:
        return True
    message = f"'{child.parent}' would have '{child.name}' twice: it is {what}, and {before.what}"
    hint = f"write `children: {_free_name(child, taken)}` at '{child.child}.{child.field}'"
    if not given and child.child + "s" != child.name and definition.plural is None:
        hint += f", or `plural: ...` to '{child.child}'"
    findings.add_at_key("OF221", message, path, hint, first=("the other is here", before.path) if before.path else None)
    return False


def _free_name(child: ChildRelationship, taken: Mapping[str, _Entry]) -> str:
    """A name for the relationship that is not taken: `PartnerDeals` for Deal.PartnerId."""
    suffix = "__r" if child.field.endswith("__c") else ""
    stem = child.field.removesuffix("__c").removesuffix("Id").rstrip("_")
    name = f"{stem}{plural(child.child.removesuffix('__c'))}"
    number = 2
    free = name
    while f"{free}{suffix}".lower() in taken:
        free, number = f"{name}{number}", number + 1
    return f"{free}{suffix}"
