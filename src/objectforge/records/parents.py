"""The records that a batch points at: whether they are there, who owns them, what rules read of them; own roll-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.typed import InList, Param, Ref
from objectforge.query.select import Query, rows
from objectforge.records.draft import Draft
from objectforge.records.forms import Reads
from objectforge.records.stored import batched
from objectforge.records.writing import Writing
from objectforge.values.ids import BadId
from objectforge.values.kinds import ID

__all__ = ["Parent", "Parents"]

_MANY = "ids"


@dataclass(slots=True)
class Parent:
    """A record that is pointed at; `values` holds what was asked for, by reference from it."""

    deleted: bool
    owner: str | None
    values: dict[Ref, Any] = field(default_factory=dict[Ref, Any])


class Parents:
    """Parents by id, read when first needed: one query per object and batch."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._found: dict[int, Parent | None] = {}

    def find(self, number: int) -> Parent | None:
        """The parent of that id, None where there is none; `load` comes first."""
        return self._found.get(number)

    def load(self, numbers: Iterable[int]) -> None:
        """Read which of these records are there; PostgreSQL keeps them from being deleted until the end."""
        context = self._writing.context
        for object_name, ids in self._by_object(number for number in numbers if number not in self._found).items():
            form = self._writing.forms.of(object_name)
            key, flag, owner = (form.table.c[form.columns[name]] for name in ("Id", "IsDeleted", "OwnerId"))
            self._found.update(dict.fromkeys(ids))
            for chunk in batched(ids):
                statement = sa.select(key, flag, owner).where(key.in_(chunk)).order_by(key)
                for number, deleted, owned in context.connection.execute(
                    statement.with_for_update(read=True, key_share=True)
                ):
                    self._found[number] = Parent(deleted, None if owned is None else self._writing.ids.text(owned))

    def read(self, reads: Reads, drafts: Iterable[Draft], *, before: bool = False) -> None:
        """Read what `reads` says of the parents behind the drafts' lookups, or `before` those they had."""
        if not reads:
            return
        asked: dict[str, tuple[set[int], set[Ref]]] = {}
        drafts = list(drafts)
        for name, wanted in reads.items():
            for object_name, ids in self._by_object(self._numbers(drafts, name, before=before)).items():
                all_ids, all_refs = asked.setdefault(object_name, (set(), set()))
                all_ids.update(ids)
                all_refs.update(ref for target, ref in wanted if target == object_name)
        for object_name, (ids, refs) in asked.items():
            self.load(ids)
            self._values(object_name, ids, refs)

    def read_own(self, rollups: Collection[Ref], drafts: Iterable[Draft]) -> None:
        """Read roll-ups of the drafts themselves, as far as these are records already."""
        ids = {draft.id for draft in drafts if draft.id is not None} if rollups else set[int]()
        for object_name, numbers in self._by_object(ids).items():
            self.load(numbers)
            self._values(object_name, numbers, set(rollups))

    def _numbers(self, drafts: Iterable[Draft], name: str, *, before: bool) -> Iterator[int]:
        for draft in drafts:
            text = (draft.before or {}).get(name) if before else draft.values.get(name)
            if text is not None and (before or name not in draft.failed):
                with suppress(BadId):
                    yield self._writing.ids.number(text)

    def _values(self, object_name: str, ids: set[int], refs: set[Ref]) -> None:
        order = sorted(refs, key=repr)
        missing = {number for number in ids if (parent := self._found[number]) and not refs <= parent.values.keys()}
        key = Ref("", (), object_name, "Id", ID)
        columns = (("Id", key), *((f"c{place}", ref) for place, ref in enumerate(order)))
        where = InList(key, (Param(_MANY, ID, many=True),))
        memo = self._writing.ids
        for chunk in batched(missing) if refs else ():
            params = {_MANY: [memo.text(number) for number in chunk]}
            query = Query(object_name, columns, where=where, exact=True, deleted=None)
            for record in rows(query, self._writing.context, params):
                number, *values = record.values()
                parent = self._found[memo.number(number)]
                assert parent is not None, "it was there a moment ago, and is locked"
                parent.values.update(zip(order, values, strict=True))

    def _by_object(self, numbers: Iterable[int]) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = {}
        for number in numbers:
            found.setdefault(self._writing.ids.object_of(number), set()).add(number)
        return found
