"""A path in a query to the fields it may lead to: through a polymorphic lookup, one for each kind of parent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from objectforge.expressions.scope import NameProblem
from objectforge.expressions.syntax import Part
from objectforge.expressions.typed import Call, Const, IsNull, Not, Ref, Typed
from objectforge.relations.schema import Object, Objects
from objectforge.relations.scopes import CONDITION_DEPTH
from objectforge.relations.soql.whole_name import whole_name
from objectforge.relations.walking import climb, record, walk_up
from objectforge.values.kinds import TEXT, Kind, ValueType, number
from objectforge.values.locales import Locale
from objectforge.values.number_shape import NumberShape

__all__ = ["Way", "declared_key", "merged", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """One field that a path may lead to, and the record that is there only if it does; None where it always does."""

    value: Typed
    ref: Ref | None
    guard: Ref | None


def ways(objects: Objects, owner: Object, parts: Sequence[Part], locale: Locale) -> tuple[Way, ...]:
    """Every field that a path of lookups and a field may lead to.

    Raises:
        NameProblem: it leads nowhere.
    """
    chosen = list(_chosen(objects, owner, parts))
    kind = parts[-1].name.lower() == "type"
    if len(chosen) == 1 and tuple(chosen[0]) == tuple(parts):
        if kind and len(parts) > 1 and (way := _kind_of_parent(objects, owner, parts)) is not None:
            return (way,)
        ref = walk_up(objects, owner, parts, "", CONDITION_DEPTH)
        return (Way(whole_name(objects, ref, locale), ref, None),)
    found: list[Way] = []
    problems: list[NameProblem] = []
    for each in chosen:
        try:
            at, steps = climb(objects, owner, each[:-1], CONDITION_DEPTH)
            guard = record("", steps, at.name)
            if kind:
                found.append(Way(Const(at.name, TEXT), None, guard))
                continue
            ref = walk_up(objects, owner, each, "", CONDITION_DEPTH)
            found.append(Way(whole_name(objects, ref, locale), ref, guard))
        except NameProblem as problem:
            problems.append(problem)
    if not found:
        raise problems[0]
    return tuple(found)


def _kind_of_parent(objects: Objects, owner: Object, parts: Sequence[Part]) -> Way | None:
    """The name of the parent's object, `Owner.Type`, unless a field of the parent is called so."""
    at, steps = climb(objects, owner, parts[:-1], CONDITION_DEPTH)
    return None if at.field("Type") else Way(Const(at.name, TEXT), None, record("", steps, at.name))


def merged(found: Sequence[Way]) -> Typed:
    """The ways as one value: that of the parent which is there.

    Raises:
        ValueError: the values are of different kinds.
    """
    shape = _common([way.value.type for way in found])
    tree: Typed | None = None
    for way in reversed(found):
        if way.guard is None:
            return way.value
        tree = Call("IF", (Not(IsNull(way.guard)), way.value, tree or Const(None, shape)), shape)
    assert tree is not None, "there is a way"
    return tree


def declared_key(objects: Objects, owner: Object, parts: Sequence[Part]) -> str:
    """A path that leads somewhere in its declared spelling, without the objects that it does not name."""
    keys = (_key(objects, owner, parts, each) for each in _chosen(objects, owner, parts))
    known = [key for key in keys if key is not None]
    assert known, "the path was followed before"
    return next((key for key, has_field in known if has_field), known[0][0])


def _key(objects: Objects, owner: Object, parts: Sequence[Part], chosen: Sequence[Part]) -> tuple[str, bool] | None:
    """The declared spelling by way of the objects chosen, and whether the last has the field; None if none leads there.

    A last object without the field is a parent whose kind is asked for: `What.Type`.
    """
    names: list[str] = []
    at = owner
    for part, through in zip(parts[:-1], chosen[:-1], strict=True):
        lookup = at.parent(part.name)
        target = None if lookup is None else objects.object(through.as_object or lookup.targets[0])
        if lookup is None or target is None:
            return None
        names.append(f"{lookup.path}:{target.name}" if part.as_object and lookup.polymorphic else lookup.path)
        at = target
    field = at.field(parts[-1].name)
    return ".".join((*names, "Type" if field is None else field.name)), field is not None


def _chosen(objects: Objects, owner: Object, parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """The path with an object beside each polymorphic lookup that has none, for every object it leads to."""
    at: Object | None = owner
    for number_of, part in enumerate(parts[:-1]):
        lookup = at.parent(part.name) if at else None
        if at is None or lookup is None:
            break
        if lookup.polymorphic and part.as_object is None:
            for target in lookup.targets:
                told = (*parts[:number_of], replace(part, as_object=target), *parts[number_of + 1 :])
                yield from _chosen(objects, owner, told)
            return
        wanted = part.as_object if lookup.polymorphic else None
        at = objects.object(wanted or lookup.targets[0])
    yield parts


def _common(types: Sequence[ValueType]) -> ValueType:
    first, *others = types
    if any(each.kind is not first.kind for each in others):
        kinds = " and ".join(dict.fromkeys(str(each) for each in types))
        raise ValueError(kinds)
    if first.kind is Kind.NUMBER:
        shape = NumberShape(first.digits, first.scale)
        for each in others:
            shape = shape.union(NumberShape(each.digits, each.scale))
        return number(shape.digits, shape.scale, percent=first.percent)
    if all(each == first for each in others):
        return first
    objects = tuple(dict.fromkeys(name for each in types for name in each.objects))
    case = any(each.case_sensitive for each in types)
    return replace(first, order=(), objects=objects, case_sensitive=case, searchable=all(t.searchable for t in types))
