"""Objects with what later layers add to them (`extend:`) and change of their fields (`override:`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from objectforge.errors.issue import Issue, suggest
from objectforge.errors.source import Span
from objectforge.metadata.build import Built
from objectforge.metadata.build_field import override_field
from objectforge.metadata.called_now import called_now
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.layer import Layer
from objectforge.metadata.merge import Chosen
from objectforge.metadata.models import ObjectDef, ObjectExtension
from objectforge.metadata.places import Path, Place, walk

__all__ = ["Extended", "extend_objects"]


@dataclass(slots=True)
class Extended:
    """The objects by name, where what was added to them stands, and what could not be built."""

    objects: dict[str, ObjectDef] = field(default_factory=dict[str, ObjectDef])
    places: dict[Path, Place] = field(default_factory=dict[Path, Place])
    broken: set[Path] = field(default_factory=set[Path])
    issues: list[Issue] = field(default_factory=list[Issue])


def extend_objects(chosen: Mapping[str, Chosen], layers: Sequence[Layer]) -> Extended:
    """Apply every extension to the objects that were chosen, layer after layer."""
    result = Extended()
    for one in chosen.values():
        name, definition = one.name, one.built.definition
        result.places["objects", name] = definition.place
        result.broken |= {("objects", name, *path) for path in one.built.broken}
        if isinstance(one.built.value, ObjectDef):
            result.objects[name] = one.built.value.model_copy(update={"package": one.layer.package})
        else:
            result.broken.add(("objects", name))
    for layer in layers:
        for built in layer.built:
            if built.definition.section == "extend":
                _extend(built, layer, chosen, result)
    _refuse_same_prefixes(result)
    return result


def _extend(built: Built, layer: Layer, chosen: Mapping[str, Chosen], result: Extended) -> None:
    name, place = built.definition.name, built.definition.place
    target = chosen.get(name.lower())
    if target is None:
        histories = ((one.name, getattr(one.built.value, "was", ())) for one in chosen.values())
        known = called_now(name, histories) or suggest(name, [one.name for one in chosen.values()], what="objects")
        message = f"there is no object '{name}' to extend"
        result.issues.append(Issue("OF114", message, place.span, known))
        return
    name = target.name
    result.broken |= {("objects", name, *path) for path in built.broken if path}
    base = result.objects.get(name)
    if base is None or not isinstance(built.value, ObjectExtension):
        return
    extension = _Extension(base, built.value, place, layer, result)
    fields = extension.overridden(extension.with_fields())
    name_field = fields.pop(base.name_field_name)
    result.objects[name] = base.model_copy(
        update={
            "name_field": name_field,
            "fields": fields,
            "validations": extension.members("validations"),
            "unique": extension.members("unique"),
            "indexes": extension.indexes(),
        }
    )


@dataclass(frozen=True, slots=True)
class _Extension:
    """One extension at work: `value` from `place` changes `base`."""

    base: ObjectDef
    value: ObjectExtension
    place: Place
    layer: Layer
    result: Extended

    def with_fields(self) -> dict[str, FieldType]:
        """The name field and the fields, with the new ones."""
        base, foreign = self.base, self.base.package is not None and self.base.package != self.layer.package
        fields = {base.name_field_name: base.name_field, **base.fields}
        taken = {name.lower(): name for name in fields}
        for name, new in self.value.fields.items():
            place = walk(self.place, ("fields", name))
            before = taken.get(name.lower())
            if before is not None:
                self._refuse_field(name, before, place)
                continue
            if foreign and not name.endswith("__c"):
                self._refuse_name(name, place)
            taken[name.lower()] = name
            fields[name] = new
            self.result.places["objects", base.name, "fields", name] = place
        return fields

    def overridden(self, fields: dict[str, FieldType]) -> dict[str, FieldType]:
        """The fields with the overrides."""
        known = {name.lower(): name for name in fields}
        for written, changes in self.value.override.items():
            place = walk(self.place, ("override", written))
            name = known.get(written.lower())
            if name is None:
                self._refuse_override(written, place, fields)
                continue
            path: Path = ("objects", self.base.name, *self._path_of(name))
            taken = [key for key in changes if not self._free((*path, key), walk(place, (key,)), key)]
            if taken:
                continue
            changed, found = override_field(fields[name], changes, name)
            self.result.issues += [problem.issue(place) for problem in found]
            if changed is None:
                self.result.broken.add(path)
                continue
            fields[name] = changed
            self.result.places |= {(*path, key): walk(place, (key,)) for key in changes}
        return fields

    def members(self, section: str) -> dict[str, Any]:
        """The validations or unique rules, with the new ones."""
        members: dict[str, Any] = dict(getattr(self.base, section))
        taken = {name.lower(): name for name in members}
        for name, new in getattr(self.value, section).items():
            place = walk(self.place, (section, name))
            before = taken.get(name.lower())
            replaces = getattr(new, "replaces", False)
            if before is not None and not replaces:
                hint = "add `replaces: true` to take its place" if section == "validations" else "give it another name"
                message = f"'{self.base.name}' already has '{before}' under '{section}'"
                related = self._first("objects", self.base.name, section, before)
                self.result.issues.append(Issue("OF112", message, place.span, hint, related=related))
                continue
            if before is None and replaces:
                message = f"'replaces: true', but '{self.base.name}' has no '{name}' under '{section}'"
                hint = suggest(name, members) or "take `replaces: true` out"
                self.result.issues.append(Issue("OF113", message, place.span, hint))
            members[before or name] = new
            self.result.places["objects", self.base.name, section, before or name] = place
        return members

    def indexes(self) -> tuple[Any, ...]:
        """The indexes, with the new ones."""
        count = len(self.base.indexes)
        for number in range(len(self.value.indexes)):
            place = walk(self.place, ("indexes", number))
            self.result.places["objects", self.base.name, "indexes", count + number] = place
        return (*self.base.indexes, *self.value.indexes)

    def _path_of(self, name: str) -> Path:
        return ("name_field",) if name == self.base.name_field_name else ("fields", name)

    def _free(self, path: Path, place: Place, key: str) -> bool:
        """Whether no other file of the same layer overrides the same key."""
        before = self.result.places.get(path)
        if before is None or not any(before.node.source is document.source for document in self.layer.documents):
            return True
        message = f"'{key}' of '{self.base.name}.{path[-2]}' is overridden twice"
        related = (("first overridden here", before.span),)
        self.result.issues.append(Issue("OF111", message, place.span, "keep one of the two", related=related))
        return False

    def _refuse_field(self, name: str, before: str, place: Place) -> None:
        hint = f"to change it: `override: {{{before}: {{...}}}}`; to add another, rename this one"
        related = self._first("objects", self.base.name, *self._path_of(before))
        message = f"'{self.base.name}' already has a field '{before}'"
        self.result.issues.append(Issue("OF119", message, place.span, hint, related=related))

    def _refuse_name(self, name: str, place: Place) -> None:
        stem = name.removesuffix("__C").rstrip("_") or name
        message = f"the field '{name}' is added to '{self.base.name}' of the package '{self.base.package}'"
        hint = f"name it '{stem}__c', so that no upgrade of the package can collide with it"
        self.result.issues.append(Issue("OF205", message, place.span, hint))

    def _refuse_override(self, name: str, place: Place, fields: Mapping[str, FieldType]) -> None:
        if ("objects", self.base.name, "fields", name) in self.result.broken:
            return
        hint = called_now(name, ((now, each.was) for now, each in fields.items()))
        hint = hint or suggest(name, fields, what="fields")
        message = f"'{self.base.name}' has no field '{name}' to override"
        self.result.issues.append(Issue("OF115", message, place.span, hint))

    def _first(self, *path: str | int) -> tuple[tuple[str, Span], ...]:
        for length in range(len(path), 0, -1):
            root = self.result.places.get(path[:length])
            if root is not None:
                return (("first defined here", walk(root, path[length:]).span),)
        return ()


def _refuse_same_prefixes(result: Extended) -> None:
    first: dict[str, str] = {}
    for name, prefix in _prefixes(result.objects):
        before = first.setdefault(prefix, name)
        if before != name:
            span = walk(result.places["objects", name], ("prefix",)).node.span
            related = (("first given here", walk(result.places["objects", before], ("prefix",)).node.span),)
            message = f"the prefix '{prefix}' is the one of '{before}'"
            result.issues.append(Issue("OF120", message, span, "leave it out to be given one", related=related))


def _prefixes(objects: Mapping[str, ObjectDef]) -> Iterator[tuple[str, str]]:
    for name, one in objects.items():
        if one.prefix is not None:
            yield name, one.prefix
