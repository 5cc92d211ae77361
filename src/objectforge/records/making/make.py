"""Believable records for tests: what is required is filled, required parents are made, the same calls give the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from objectforge.errors.exceptions import RecordInvalid
from objectforge.query.ordering import id_key
from objectforge.query.select import Query, count, rows
from objectforge.records.batch import raise_all
from objectforge.records.coerce import Intake
from objectforge.records.create import create
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.making.draw import Wish, draw, guesses, shared_keys
from objectforge.records.making.wishes import wished
from objectforge.records.messages import code_of
from objectforge.records.report import Reporter
from objectforge.records.stored import read_stored
from objectforge.records.writing import Writing
from objectforge.relations.schema import Lookup, Object
from objectforge.values.ids import BadId

__all__ = ["Made", "make"]

_TRIES = 20
_LUCK = frozenset({code_of("validation"), code_of("duplicate_value")})
"""What another throw of the dice may put right."""


@dataclass
class Made:
    """How many records of each object were made in an org: the number of the next one, which decides its values."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])

    def next(self, name: str) -> int:
        """The next number of an object."""
        self.numbers[name] = self.numbers.get(name, 0) + 1
        return self.numbers[name]

    def skip(self, name: str, number: int) -> None:
        """Go on behind a number."""
        self.numbers[name] = max(self.numbers.get(name, 0), number)


def make(
    writing: Writing, obj: Object, n: int, values: Mapping[str, Any], made: Made, *, seed: int = 0, full: bool = False
) -> list[str]:
    """Create `n` records with these values, everything else that they need filled in; their ids.

    A required parent that is not given is made once per call and shared, also among the parents; where a unique rule
    forbids that, each record has its own. A parent's own parents are made the same way.

    Raises:
        RecordInvalid: a given value is refused, or rules of the org refuse what was made, however often it is tried.
    """
    if n < 0:
        raise ValueError(f"n is the number of records to make, not {n}")
    return _Maker(writing, made, seed).make(obj, n, values, full=full)


@dataclass
class _Maker:
    writing: Writing
    made: Made
    seed: int
    shared: dict[str, str] = field(default_factory=dict[str, str])
    """By object the record that those who need one point at."""
    above: tuple[str, ...] = ()
    """The objects whose records are being made and wait for the one at hand."""

    def make(self, obj: Object, n: int, values: Mapping[str, Any], *, full: bool = False) -> list[str]:
        form = self.writing.forms.of(obj.name)
        draft = self._take(form, values)
        self._share(form, draft)
        given = {name: draft.values.get(name) for name in draft.given}
        wish = Wish(form, given, full, self.seed)
        made = [{**self._draw(wish), **link} for link in self._parents(wish, n)]
        return self._write(wish, values, made)

    def _take(self, form: Form, values: Mapping[str, Any]) -> Draft:
        """Judge the given values once, before anything is made for their sake."""
        draft = Draft(0, {}, set())
        Intake(form, Reporter(form.object, self.writing.context.locale)).take(draft, values)
        raise_all([draft])
        return draft

    def _draw(self, wish: Wish) -> dict[str, Any]:
        return draw(wish, self.made.next(wish.form.object.name))

    # -- writing --------------------------------------------------------------------------------------------------
    def _write(self, wish: Wish, values: Mapping[str, Any], made: list[dict[str, Any]]) -> list[str]:
        obj = wish.form.object
        for tried in range(_TRIES):
            try:
                results = create(self.writing, obj, [{**row, **values} for row in made], partial=False)
            except RecordInvalid as refused:
                if tried == _TRIES - 1 or not self._by_chance(wish, refused):
                    raise
                for place in {issue.row for issue in refused.errors}:
                    made[place] = self._again(wish, made[place])
            else:
                return [result.id for result in results if result.id is not None]
        raise AssertionError("the last try returns or raises")

    def _again(self, wish: Wish, row: Mapping[str, Any]) -> dict[str, Any]:
        """Another throw of the dice: other values, now and then of other fields, under the same required parents."""
        needed = {lookup.field for lookup in self._needed(replace(wish, full=False))}
        kept = {name: value for name, value in row.items() if name in needed}
        other = guesses(wish, self.made.numbers[wish.form.object.name])
        (links,) = self._parents(other, 1, but=needed)
        return {**self._draw(other), **links, **kept}

    def _by_chance(self, wish: Wish, refused: RecordInvalid) -> bool:
        """Whether everything that is wrong may come right with other values; unique numbers go on behind the others."""
        obj = wish.form.object
        for issue in refused.errors:
            own = {name for name in issue.fields if name not in wish.given and name not in wish.form.lookups}
            if issue.object != obj.name or issue.code not in _LUCK or (issue.fields and not own):
                return False
        if any(issue.code == code_of("duplicate_value") for issue in refused.errors):
            self.made.skip(obj.name, count(Query(obj.name, ()), self.writing.context, {}))
        return True

    # -- parents --------------------------------------------------------------------------------------------------
    def _parents(self, wish: Wish, n: int, *, but: Collection[str] = ()) -> list[dict[str, str]]:
        """The parents of each record, by lookup field."""
        links: list[dict[str, str]] = [{} for _ in range(n)]
        alone = shared_keys(wish)
        for lookup in self._needed(wish) if n else ():
            if lookup.field in but:
                continue
            one = None if lookup.field in alone else self._parent(wish, lookup)
            for link in links:
                parent = self._parent(wish, lookup, alone=True) if lookup.field in alone else one
                if parent is not None:
                    link[lookup.field] = parent
        return links

    def _needed(self, wish: Wish) -> list[Lookup]:
        form = wish.form
        required = {each.name for each in form.required}
        found = [
            lookup
            for name, lookup in form.lookups.items()
            if name not in wish.given
            and not form.object.fields[name].system
            and (wish.full or name in required or name in wish.extra)
        ]
        # What is required without a choice first, so that others may point at the same record.
        return sorted(found, key=lambda lookup: (lookup.field not in required, lookup.polymorphic))

    def _parent(self, wish: Wish, lookup: Lookup, *, alone: bool = False) -> str | None:
        obj = wish.form.object
        if obj.fields[lookup.field].default is not None:
            return None
        for target in () if alone else lookup.targets:
            if target in self.shared and self._passes(lookup, target):
                return self.shared[target]
        people = self.writing.ids.object_of(self.writing.ids.number(self.writing.context.user))
        target = next((each for each in lookup.targets if each != people), people)
        if target == people and not alone:
            return self.writing.context.user
        if target in (*self.above, obj.name):
            return self._existing(target)
        maker = _Maker(self.writing, self.made, self.seed, dict(self.shared), (*self.above, obj.name))
        (parent,) = maker.make(self.writing.context.schema.objects[target], 1, self._wished(lookup, target))
        if not alone:
            self.shared = {target: parent, **maker.shared}
        return parent

    def _wished(self, lookup: Lookup, target: str) -> dict[str, Any]:
        """What a lookup's filter wants of its parent, as far as it can be given."""
        writable = self.writing.forms.of(target).writable
        return {name: value for name, value in wished(lookup.filter).items() if name in writable}

    def _passes(self, lookup: Lookup, target: str) -> bool:
        """Whether the shared record of an object is one that the lookup's filter wants."""
        wanted = self._wished(lookup, target)
        number = self.writing.ids.number(self.shared[target])
        found = read_stored(self.writing, self.writing.forms.of(target), [number])[number] if wanted else {}
        return all(found.get(name) == value for name, value in wanted.items())

    def _existing(self, target: str) -> str | None:
        """The first record of an object that needs, at some remove, one of itself; the very first there cannot be."""
        query = Query(target, (("Id", id_key(target)),), limit=1)
        found = list(rows(query, self.writing.context, {}))
        return found[0]["Id"] if found else None

    def _share(self, form: Form, draft: Draft) -> None:
        """Let the given parents, and what they point at, be the parents of whatever else is made."""
        ids = self.writing.ids
        for name in form.lookups:
            given = draft.values.get(name)
            number = self._number(given)
            if number is None or form.object.fields[name].system:
                continue
            parent = self.writing.forms.of(ids.object_of(number))
            self.shared[parent.object.name] = ids.text(number)
            stored = read_stored(self.writing, parent, [number]).get(number, {})
            for link, lookup in parent.lookups.items():
                above = stored.get(link)
                if above is not None and not parent.object.fields[link].system and lookup.object != form.object.name:
                    self.shared.setdefault(ids.object_of(ids.number(above)), above)

    def _number(self, text: str | None) -> int | None:
        """The number of an id; None for what is none, which writing the record will say."""
        try:
            return None if text is None else self.writing.ids.number(text)
        except BadId:
            return None
