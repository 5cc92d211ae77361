"""The next metadata of a living org while it is put together: a copy of the model, and what the plan must say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from living_model import LINKS, Choice, Field, Model, Object
from living_values import Chooser, Unconvertible, converted, default_of
from living_writes import clashes

__all__ = ["Draft", "declare"]


@dataclass
class Draft:
    """What is changed is changed in `model`; `before` stays as the org is."""

    before: Model
    chooser: Chooser
    model: Model = field(init=False)
    touched: set[int] = field(default_factory=set[int])
    """The fields and objects that one plan has already changed: it tells one story about each."""
    renamed: set[int] = field(default_factory=set[int])
    blocked: list[str] = field(default_factory=list[str])
    """Why the plan must be refused, whatever is allowed."""
    lossy: list[str] = field(default_factory=list[str])
    """What must be allowed."""
    told: list[str] = field(default_factory=list[str])
    """The changes in words."""

    def __post_init__(self) -> None:
        self.model = deepcopy(self.before)

    @property
    def same(self) -> bool:
        """Whether names and histories say what was meant, by the rule of the contract."""
        names = [one.name.lower() for one in self.model.seen]
        if len(names) > len(set(names)) or self._circle():
            return False
        objects = _matched(self.before.objects.values(), self.model.seen)
        if objects is None or any(objects.get(one.key) != self._known(one.key) for one in self.model.seen):
            return False
        return all(self._same_fields(one) for one in self.model.seen)

    def finish(self) -> None:
        """Judge what can only be judged once every change is made."""
        for each in clashes(self.model):
            self.blocked.append(f"{each.name} is not unique")

    def _circle(self) -> bool:
        """Whether masters are their own details."""
        above = {each.object: each.targets[0] for _, each in self.model.fields() if each.kind == "master_detail"}
        for start in above:
            at, steps = start, 0
            while at in above and steps <= len(above):
                at, steps = above[at], steps + 1
            if steps > len(above):
                return True
        return False

    def _same_fields(self, one: Object) -> bool:
        old = self.before.objects.get(one.key)
        stored = [each for each in old.fields.values() if each.kept] if old else []
        seen = [each for each in one.seen if each.kept]
        found = _matched(stored, seen)
        keys = {each.key for each in stored}
        if found is None or any(found.get(each.key) != (each.key if each.key in keys else None) for each in seen):
            return False
        names = [each.name.lower() for each in one.seen]
        return len(names) == len(set(names)) and all(
            self._same_values(old.fields[each.key] if old and each.key in keys else None, each) for each in seen
        )

    def _same_values(self, old: Field | None, new: Field) -> bool:
        names = [value.name.lower() for value in new.declared]
        known = dict(enumerate(old.values)) if old else {}
        stored = [_Named(key, value.path, value.held) for key, value in known.items()]
        seen = [_Named(key, value.path) for key, value in enumerate(new.values) if not value.held]
        found = _matched(stored, seen)
        if found is None or len(names) != len(set(names)):
            return False
        return all(found.get(one.key) == (one.key if one.key in known else None) for one in seen)

    def _known(self, key: int) -> int | None:
        return key if key in self.before.objects else None

    # -- what happens to records ----------------------------------------------------------------------------------
    def fill(self, each: Field, *, everywhere: bool) -> None:
        """Give records without a value what a new, returned or newly required field gives them."""
        default = default_of(each)
        rows = self.model.rows_of(each.object)
        if each.kind == "checkbox" or (each.on("required") and default is not None and everywhere):
            for row in rows:
                if row.cells.get(each.key) is None:
                    row.cells[each.key] = default

    def require(self, each: Field) -> None:
        """See that living records have a value, or get the default."""
        if each.kind in ("checkbox", "autonumber"):
            return
        living = self.model.rows_of(each.object, living=True)
        if default_of(each) is None:
            if any(row.cells.get(each.key) is None for row in living):
                self.blocked.append(f"{each.name} is required, and records lack it")
        else:
            self.fill(each, everywhere=True)

    def hold(self, each: Field) -> None:
        """Hold a field, with the formulas that read it; a formula is forgotten."""
        owner = self.model.objects[each.object]
        self.touched.add(each.key)
        if not each.kept:
            del owner.fields[each.key]
            return
        each.held = True
        if any(row.cells.get(each.key) is not None for row in self.model.rows_of(owner.key)):
            self.lossy.append(f"{owner.name}.{each.name} is held")
        self.unread(each)

    def unread(self, each: Field) -> None:
        """Forget the formulas that read a field."""
        for other in list(self.model.objects[each.object].fields.values()):
            if other.reads == each.key:
                self.hold(other)

    def part(self, each: Field) -> None:
        """Empty a returned lookup's links to records in the bin, as deleting them would have done."""
        for row in self.model.rows_of(each.object, living=True):
            target = self.model.rows.get(row.cells.get(each.key, ""))
            if target is not None and target.batch is not None:
                if each.kind == "master_detail" or each.on("required"):
                    self.blocked.append(f"{each.name} leads to the bin")
                else:
                    row.cells[each.key] = None
                    self.model.bin.links[row.id, each.key] = (target.batch, target.id)
            elif target is None and (each.kind == "master_detail" or each.on("required")):
                self.blocked.append(f"{each.name} lacks its record")

    def _gone(self, old: Field, each: Field) -> None:
        gone = [one.name for one, was in zip(each.values, old.values, strict=False) if one.held and not was.held]
        cells = [row.cells.get(each.key) for row in self.model.rows_of(each.object)]
        held = {part for cell in cells if isinstance(cell, str) for part in cell.split(";")}
        if held.intersection(gone) and each.options.get("restricted", True):
            self.lossy.append(f"values of {each.name} are held")

    def retype(self, each: Field, kind: str, options: dict[str, Any], values: Sequence[str] = ()) -> None:
        """Make a field one of another type, and convert its values, in the bin too."""
        old = deepcopy(each)
        each.kind, each.options = kind, options
        if kind in ("picklist", "multipicklist"):
            declare(each, values)
            self._gone(old, each)
        if kind not in LINKS:
            each.targets = ()
        if kind not in ("number", "currency", "integer"):
            self.unread(each)
        zone = self.model.settings["timezone"]
        for row in self.model.rows_of(each.object):
            try:
                row.cells[each.key] = converted(old, each, row.cells.get(each.key), zone)
            except Unconvertible:
                self.blocked.append(f"{each.name}: {row.cells.get(each.key)!r} is no {kind}")
                return
        held = any(row.cells.get(each.key) is not None for row in self.model.rows_of(each.object))
        if (old.kind, kind) == ("datetime", "date") and held:
            self.lossy.append(f"{each.name} loses its time")


def declare(each: Field, names: Sequence[str]) -> None:
    """Give a picklist these values; those that it had and does not name are held."""
    known = {value.name.lower(): value for value in each.values}
    for value in each.values:
        value.held = value.name.lower() not in {name.lower() for name in names}
    for name in names:
        if name.lower() not in known:
            each.values.append(Choice(name))


@dataclass(frozen=True)
class _Named:
    key: int
    path: tuple[str, ...]
    held: bool = False


def _matched(stored: Iterable[Any], seen: Iterable[Any]) -> dict[int, int] | None:
    """Whose identity each declared thing has, by the contract; None where it is no clear case."""
    left = {one.key: one for one in stored}
    found: dict[int, int] = {}
    by_history = sorted((one for one in seen if len(one.path) > 1), key=lambda one: -len(one.path))
    for one in by_history:
        path = tuple(name.lower() for name in one.path)
        fitting = [each for each in left.values() if path[-len(each.path) :] == tuple(map(str.lower, each.path))]
        if not fitting:
            return None
        longest = max(len(each.path) for each in fitting)
        best = [each for each in fitting if len(each.path) == longest]
        if len(best) > 1:
            return None
        found[one.key] = best[0].key
        del left[best[0].key]
    for one in seen:
        if len(one.path) == 1:
            named = [each for each in left.values() if each.path[0].lower() == one.path[0].lower()]
            if named:
                best_one = max(named, key=lambda each: (not each.held, -len(each.path)))
                found[one.key] = best_one.key
                del left[best_one.key]
    return found
