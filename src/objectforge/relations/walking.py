"""Dotted paths upwards to references: each step a lookup's path, the last name a field."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.errors.issue import suggest
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.syntax import Part
from objectforge.expressions.typed import Ref, Step
from objectforge.relations.findings import SILENT
from objectforge.relations.former import suggest_in
from objectforge.relations.schema import Field, Lookup, Object, Objects
from objectforge.values.kinds import Kind, ValueType

__all__ = ["climb", "record", "ref_path", "step_up", "unknown", "walk_up"]


def walk_up(objects: Objects, start: Object, parts: Sequence[Part], node: str, depth: int) -> Ref:
    """The field that a path leads to from a record of `start`, over at most `depth` lookups.

    Raises:
        NameProblem: a name on the way leads nowhere.
    """
    *way, last = parts
    at, steps = climb(objects, start, way, depth)
    field = at.field(last.name)
    if field is None:
        raise unknown(objects, at, last, alone=True)
    if last.as_object is not None:
        hint = f"write {last.name}:{last.as_object}.Name"
        raise NameProblem("OF243", f"':{last.as_object}' chooses an object, but no field of it is named", last.start,
                          last.end, hint)  # fmt: skip
    return Ref(node, steps, at.name, field.name, field.value_type)


def climb(objects: Objects, start: Object, way: Sequence[Part], depth: int) -> tuple[Object, tuple[Step, ...]]:
    """The object that a path of lookups leads to, and the steps.

    Raises:
        NameProblem: a name on the way is no lookup's path, or there are more than `depth` of them.
    """
    at, steps = start, list[Step]()
    for number, part in enumerate(way):
        if number == depth:
            message = f"a path goes up over at most {depth} lookups here, this one over {len(way)}"
            hint = f"stop at {'.'.join(each.name for each in way[:depth])}"
            raise NameProblem("OF242", message, part.start, way[-1].end, hint)
        lookup = at.parent(part.name)
        if lookup is None:
            raise unknown(objects, at, part, alone=False)
        at = step_up(objects, lookup, part)
        steps.append(Step(lookup.field, at.name))
    return at, tuple(steps)


def step_up(objects: Objects, lookup: Lookup, part: Part) -> Object:
    """The parent object that one name of a path leads to through a lookup.

    Raises:
        NameProblem: a polymorphic lookup needs the object beside it (`What:Account`), another must not have one.
    """
    targets = {target.lower(): target for target in lookup.targets}
    if part.as_object is None and not lookup.polymorphic:
        target = lookup.targets[0]
    elif part.as_object is None:
        message = f"'{lookup.path}' leads to records of {len(targets)} objects"
        options = ", ".join(f"{lookup.path}:{target}" for target in lookup.targets)
        raise NameProblem("OF243", message, part.start, part.end, f"say which: {options}")
    elif part.as_object.lower() in targets:
        target = targets[part.as_object.lower()]
    else:
        message = f"'{lookup.path}' does not lead to '{part.as_object}'"
        hint = suggest(part.as_object, lookup.targets, what="it leads to")
        raise NameProblem("OF243", message, part.start, part.end, hint)
    found = objects.object(target)
    if found is None:  # its own definition is wrong
        raise NameProblem(SILENT, f"'{target}' is missing", part.start, part.end)
    return found


def record(node: str, steps: tuple[Step, ...], object_name: str) -> Ref:
    """The record itself, as its Id."""
    return Ref(node, steps, object_name, "Id", ValueType(Kind.ID, objects=(object_name,)))


def ref_path(objects: Objects, start: str, ref: Ref) -> str:
    """The path of a reference in declared spelling (`What:Opportunity.Amount`); `start` is the object of its node."""
    names = [ref.node] if ref.node else []
    at = objects.objects[start]
    for step in ref.steps:
        lookup = at.lookups[step.field]
        names.append(f"{lookup.path}:{step.to}" if lookup.polymorphic else lookup.path)
        at = objects.objects[step.to]
    return ".".join((*names, ref.field))


def unknown(objects: Objects, at: Object, part: Part, *, alone: bool) -> NameProblem:
    """What to say of a name that an object does not have where a field (`alone`) or a path upwards is wanted."""
    name = part.name
    if objects.missing(at.name, name):
        return NameProblem(SILENT, f"'{name}' is missing", part.start, part.end)
    lookup, field, child = at.parent(name), at.field(name), at.child(name)
    if child is not None:
        message = f"'{child.name}' is a list of {child.child} records of '{at.name}', not one value"
        hint = "its records are reached by the joins of a report, roll-ups and related lists"
        return NameProblem("OF247", message, part.start, part.end, hint)
    if alone and lookup is not None:
        hint = f"write {lookup.field} for the record's id, or a field of it: {_example(objects, lookup)}"
        message = f"'{lookup.path}' is the path of the lookup '{lookup.field}', not a field"
        return NameProblem("OF244", message, part.start, part.end, hint)
    if field is not None:
        return NameProblem("OF244", *_no_path(objects, at, field, part))
    what = "field" if alone else "lookup"
    message = f"'{at.name}' has no {what} '{name}'"
    fields = [each.name for each in at.fields.values()]
    paths = [each.path for each in at.lookups.values()]
    known = [*fields, *paths, *at.children] if alone else paths
    hint = suggest_in(objects, at, name, known)
    return NameProblem("OF240", message, part.start, part.end, hint)


def _no_path(objects: Objects, at: Object, field: Field, part: Part) -> tuple[str, int, int, str | None]:
    own = at.lookups.get(field.name)
    if own is None:
        message = f"'{at.name}.{field.name}' is no lookup, nothing comes after its dot"
        return message, part.start, part.end, f"write {field.name} alone"
    message = f"the path of the lookup '{field.name}' is '{own.path}'"
    return message, part.start, part.end, f"write {_example(objects, own)}"


def _example(objects: Objects, lookup: Lookup) -> str:
    path = f"{lookup.path}:{lookup.targets[0]}" if lookup.polymorphic else lookup.path
    target = objects.object(lookup.targets[0])
    return f"{path}.{target.name_field if target else 'Name'}"
