"""Computed defaults to the order in which they are computed; those that wait for each other are reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from objectforge.expressions.typed import RUNNING, Const, Typed
from objectforge.expressions.walk import refs
from objectforge.metadata.models import ObjectDef
from objectforge.relations.circles import ordered
from objectforge.relations.fields import field_path
from objectforge.relations.findings import Findings
from objectforge.relations.schema import FormulaValue, Object

__all__ = ["check_defaults", "default_order"]


def check_defaults(owner: Object, definition: ObjectDef, findings: Findings) -> None:
    """Report defaults that read themselves, directly, through others or through formulas."""
    _, circles = ordered(_reads(owner))
    for circle in circles:
        shown = " -> ".join((*circle, circle[0]))
        path = (*field_path(definition, owner.fields[circle[0]].part_of or circle[0]), "default")
        hint = "one of them must not use the next" if len(circle) > 1 else "a default cannot use its own field"
        findings.add("OF235", f"defaults of '{owner.name}' in a circle: {shown}", path, hint)


def default_order(owner: Object) -> tuple[str, ...]:
    """The fields with computed defaults, each after those that its default reads and the picklists that set these."""
    hard = _reads(owner)
    setters: dict[str, list[str]] = {}
    for field in owner.fields.values():
        for name in {name for given in field.sets.values() for name in given}:
            setters.setdefault(name, []).append(field.name)
    soft = {name: [*hard.get(name, ()), *setters.get(name, ())] for name in (*hard, *setters)}
    order, _ = ordered(soft)
    # Where what a picklist sets decides its own default, the defaults' own order stands.
    rest = [name for name in ordered(hard)[0] if name not in order]
    return tuple(name for name in (*order, *rest) if name in hard)


def _reads(owner: Object) -> Mapping[str, list[str]]:
    return {
        name: list(dict.fromkeys(_names(owner, field.default)))
        for name, field in owner.fields.items()
        if field.default is not None and not isinstance(field.default, Const)
    }


def _names(owner: Object, tree: Typed) -> Iterator[str]:
    """The record's own fields that a tree reads, directly, on the way to a parent, or through formulas."""
    for ref in refs(tree):
        if ref.node == RUNNING:
            continue
        if ref.steps:
            yield ref.steps[0].field
            continue
        found = owner.fields[ref.field].computed
        if isinstance(found, FormulaValue):
            yield from _names(owner, found.value)
        else:
            yield ref.field
            yield from (each.name for each in owner.fields.values() if each.part_of == ref.field)
