"""Hints for names that nothing has: what had it before, by its `was:`, else the names that are like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from objectforge.errors.issue import suggest
from objectforge.metadata.called_now import called_now
from objectforge.relations.naming import default_children, parent_path
from objectforge.relations.schema import ChildRelationship, Object, Objects

__all__ = ["suggest_in", "suggest_object"]


class _Named(Protocol):
    @property
    def was(self) -> tuple[str, ...]: ...


def suggest_in(
    objects: Objects, owner: Object, name: str, known: Iterable[str], *, what: str = "known", limit: int = 12
) -> str | None:
    """A hint for a name that an object does not have; `known` is what could stand there."""
    return called_now(name, _histories(objects, owner)) or suggest(name, known, what=what, limit=limit)


def suggest_object(objects: Mapping[str, _Named], name: str, *, limit: int = 20) -> str | None:
    """A hint for the name of an object that there is not."""
    histories = ((now, each.was) for now, each in objects.items())
    return called_now(name, histories) or suggest(name, objects, what="objects", limit=limit)


def _histories(objects: Objects, owner: Object) -> Iterator[tuple[str, Iterable[str]]]:
    """The names of an object's fields, parent paths and children, each with those it had."""
    for field in owner.fields.values():
        yield field.name, field.type.was
    for lookup in owner.lookups.values():
        yield lookup.path, map(parent_path, owner.fields[lookup.field].type.was)
    for child in owner.children.values():
        yield child.name, _former_children(objects, child)


def _former_children(objects: Objects, child: ChildRelationship) -> Iterator[str]:
    """The names that followed from those which the child object and its lookup had."""
    holder = objects.objects[child.child]
    declared = holder.fields[child.field].type
    if declared.relation is not None and declared.relation.children is None:
        for name in (holder.name, *holder.was):
            for lookup in (child.field, *declared.was):
                yield default_children(name, None, lookup)
