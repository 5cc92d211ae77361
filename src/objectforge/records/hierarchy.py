"""Hierarchies: no record may be its own ancestor, not even by several changes of one batch."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.report import Reporter
from objectforge.records.stored import batched
from objectforge.records.writing import Writing
from objectforge.relations.schema import Lookup

__all__ = ["check_hierarchies"]


def check_hierarchies(writing: Writing, form: Form, drafts: Iterable[Draft], reporter: Reporter) -> None:
    """Report records that would become their own ancestors. New records cannot: nothing is below them."""
    moved = [draft for draft in drafts if draft.id is not None]
    for lookup in form.hierarchies if moved else ():
        _check(writing, form, lookup, moved, reporter)


def _check(writing: Writing, form: Form, lookup: Lookup, drafts: list[Draft], reporter: Reporter) -> None:
    name = lookup.field
    changed = [draft for draft in drafts if draft.changes(name) and name not in draft.failed and draft.values[name]]
    above: dict[int, int | None] = {}
    for draft in changed:
        assert draft.id is not None, "it is there already"
        above[draft.id] = writing.ids.number(draft.values[name])
    _climb(writing, form, name, above)
    looping = _looping(above)
    for draft in changed:
        if draft.id in looping:
            draft.failed.add(name)
            reporter.field(draft, form.object.fields[name], "loop")


def _climb(writing: Writing, form: Form, name: str, above: dict[int, int | None]) -> None:
    """Read the ancestors of everything in `above`, level by level, into it."""
    key, parent = form.table.c[form.columns["Id"]], form.table.c[form.columns[name]]
    ahead: set[int] = {number for number in above.values() if number is not None and number not in above}
    while ahead:
        above.update(dict.fromkeys(ahead))
        for chunk in batched(ahead):
            select = sa.select(key, parent).where(key.in_(chunk))
            for number, higher in writing.context.connection.execute(select):
                above[number] = higher
        ahead = {higher for number in ahead if (higher := above[number]) is not None and higher not in above}


def _looping(above: dict[int, int | None]) -> set[int]:
    """The records that stand in a circle."""
    done: set[int] = set()
    looping: set[int] = set()
    for start in above:
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in way and at not in done:
            way[at] = None
            at = above[at]
        if at is not None and at in way:
            steps = list(way)
            looping.update(steps[steps.index(at) :])
        done.update(way)
    return looping
