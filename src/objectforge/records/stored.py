"""Records as they are stored: their rows by id, values canonical, ids as 18 characters; locked until the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from objectforge.query.record import Record
from objectforge.records.forms import Form
from objectforge.records.writing import Writing

__all__ = ["CHUNK", "batched", "read_stored", "to_record"]

_T = TypeVar("_T")

CHUNK = 1000
"""Values in one IN list. Engines take more, but plan short lists better."""


def batched(items: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def read_stored(
    writing: Writing, form: Form, ids: Iterable[int], *, fields: Sequence[str] | None = None, delete: bool = False
) -> dict[int, dict[str, Any]]:
    """The stored values of records by id, those in the recycle bin too; missing ones are left out.

    PostgreSQL keeps the rows from changing until the transaction ends, with `delete` from being pointed at as well.
    """
    names = tuple(form.columns if fields is None else dict.fromkeys(("Id", *fields)))
    columns = [form.table.c[form.columns[name]] for name in names]
    key = form.table.c[form.columns["Id"]]
    at = names.index("Id")
    links = [place for place, name in enumerate(names) if name in form.ids]
    text = writing.ids.text
    found: dict[int, dict[str, Any]] = {}
    for chunk in batched(sorted(set(ids))):
        statement = sa.select(*columns).where(key.in_(chunk)).order_by(key).with_for_update(key_share=not delete)
        for row in writing.context.connection.execute(statement):
            values = list(row)
            number = values[at]
            for place in links:
                if values[place] is not None:
                    values[place] = text(values[place])
            found[number] = dict(zip(names, values, strict=True))
    return found


def to_record(form: Form, values: Mapping[str, Any]) -> Record:
    """Stored values as the record that callers see, wholes as mappings of their parts."""
    shown: dict[str, Any] = {}
    for name, field in form.object.fields.items():
        parts = form.compounds.get(name)
        if parts:
            shown[name] = {key: values.get(part) for key, part in parts.items()}
        elif field.stored:
            shown[name] = values.get(name)
    return Record.of(form.object.name, shown)
