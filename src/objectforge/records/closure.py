"""Records to delete to everything that goes with them, loses its link to them, or stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa

from objectforge.records.forms import Form
from objectforge.records.stored import batched, read_stored
from objectforge.records.writing import Writing
from objectforge.relations.schema import Lookup

__all__ = ["Closure", "Tie", "find_closure"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A record that points at one that is to go."""

    lookup: Lookup
    child: int
    parent: int
    root: int
    """The record whose deletion this belongs to."""


@dataclass
class Closure:
    """What deleting some records - the roots - means."""

    gone: dict[int, int] = field(default_factory=dict[int, int])
    """Every record that goes, with the root it goes with; parents before their children."""
    emptied: list[Tie] = field(default_factory=list[Tie])
    blocking: list[Tie] = field(default_factory=list[Tie])

    def settle(self) -> None:
        """Forget the ties of records that go themselves."""
        self.emptied = [tie for tie in self.emptied if tie.child not in self.gone]
        self.blocking = [tie for tie in self.blocking if tie.child not in self.gone]


def find_closure(writing: Writing, roots: Iterable[int], *, hard: bool = False, lock: bool = True) -> Closure:
    """Follow the relationships down from the roots, level by level.

    What is in the recycle bin stays there untouched, unless the roots are deleted `hard`: then it goes or lets go, but
    never stands in the way.
    """
    closure = Closure({root: root for root in roots})
    search = _Search(writing, closure, hard=hard, lock=lock)
    level = list(closure.gone)
    while level:
        level = search.below(level)
    closure.settle()
    return closure


@dataclass
class _Search:
    writing: Writing
    closure: Closure
    hard: bool
    lock: bool

    @cached_property
    def _lookups(self) -> Mapping[str, list[Lookup]]:
        found: dict[str, list[Lookup]] = {}
        for obj in self.writing.context.schema:
            for lookup in obj.lookups.values():
                for target in lookup.targets:
                    found.setdefault(target, []).append(lookup)
        return found

    def below(self, level: list[int]) -> list[int]:
        """Take in what points at these records; return those of them that go, too."""
        by_object: dict[str, list[int]] = {}
        for number in level:
            by_object.setdefault(self.writing.ids.object_of(number), []).append(number)
        found: list[int] = []
        for object_name, ids in by_object.items():
            if self.lock:
                fields = ("IsDeleted",)
                read_stored(self.writing, self.writing.forms.of(object_name), ids, fields=fields, delete=True)
            for lookup in self._lookups.get(object_name, ()):
                found += self._through(lookup, ids)
        return found

    def _through(self, lookup: Lookup, parents: list[int]) -> Iterator[int]:
        form = self.writing.forms.of(lookup.object)
        for child, parent, deleted in self._children(form, lookup, parents):
            root = self.closure.gone[parent]
            if lookup.on_delete == "cascade" or (deleted and form.object.fields[lookup.field].type.required):
                if child not in self.closure.gone:
                    self.closure.gone[child] = root
                    yield child
            elif lookup.on_delete == "set_null" or deleted:
                self.closure.emptied.append(Tie(lookup, child, parent, root))
            else:
                self.closure.blocking.append(Tie(lookup, child, parent, root))

    def _children(self, form: Form, lookup: Lookup, parents: list[int]) -> Iterator[tuple[int, int, bool]]:
        c = form.table.c
        key, link, flag = (c[form.columns[name]] for name in ("Id", lookup.field, "IsDeleted"))
        select = sa.select(key, link, flag).order_by(key)
        if not self.hard:
            select = select.where(sa.not_(flag))
        for chunk in batched(parents):
            yield from (tuple(row) for row in self.writing.context.connection.execute(select.where(link.in_(chunk))))
