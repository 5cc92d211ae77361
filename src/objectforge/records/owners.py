"""Owners handed down: a detail belongs to its master's owner, and so do the details' details."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.stored import batched
from objectforge.records.touch import touch
from objectforge.records.writing import Writing

__all__ = ["hand_down"]


def hand_down(writing: Writing, form: Form, masters: Sequence[Draft]) -> None:
    """Give the details of masters with a new owner that owner."""
    by_owner: dict[str, list[int]] = {}
    for draft in masters:
        assert draft.id is not None, "it is there already"
        by_owner.setdefault(draft.values["OwnerId"], []).append(draft.id)
    for owner, ids in by_owner.items():
        waiting: list[tuple[str, list[int]]] = [(form.object.name, ids)]
        while waiting:
            name, masters_ids = waiting.pop()
            for detail, link in _details(writing, name):
                changed = _give(writing, detail, link, masters_ids, writing.ids.number(owner))
                if changed:
                    waiting.append((detail.object.name, changed))


def _details(writing: Writing, object_name: str) -> Iterable[tuple[Form, str]]:
    for child in dict.fromkeys(each.child for each in writing.context.schema.objects[object_name].children.values()):
        master = writing.context.schema.objects[child].master
        if master is not None and master.targets[0] == object_name:
            yield writing.forms.of(child), master.field


def _give(writing: Writing, form: Form, link: str, masters: Sequence[int], owner: int) -> list[int]:
    table = form.table
    key, master, owned = (table.c[form.columns[name]] for name in ("Id", link, "OwnerId"))
    connection = writing.context.connection
    changed: list[int] = []
    for chunk in batched(masters):
        changed += connection.scalars(sa.select(key).where(master.in_(chunk), owned.is_distinct_from(owner)))
    touch(writing, form, changed, {owned.name: owner})
    return changed
