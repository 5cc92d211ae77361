"""Parents named by a unique field (`Account.Code__c`) to their ids: one query per field and batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from pydantic_core import ValidationError

from objectforge.records.draft import Draft, LinkValue
from objectforge.records.forms import Form, UniqueKey
from objectforge.records.report import Reporter
from objectforge.records.stored import batched
from objectforge.records.writing import Writing
from objectforge.storage.living import living
from objectforge.values.kinds import Kind

__all__ = ["find_by", "resolve_links"]


def resolve_links(writing: Writing, form: Form, drafts: Iterable[Draft], reporter: Reporter) -> None:
    """Put the ids of linked parents into the drafts; what names none, or several, becomes an issue."""
    asked: dict[tuple[str, str, str], list[tuple[Draft, Any]]] = {}
    for draft in drafts:
        for name, link in draft.links.items():
            target = writing.forms.of(link.target)
            try:
                value = target.validator_of(link.field).validate_python(link.value)
            except ValidationError:
                _missing(reporter, form, draft, name, link)
                continue
            asked.setdefault((name, link.target, link.field), []).append((draft, value))
    for (name, target_name, field_name), wanted in asked.items():
        target = writing.forms.of(target_name)
        key = UniqueKey((target.object.fields[field_name],))
        found = find_by(writing, target, key, [value for _, value in wanted])
        for draft, value in wanted:
            ids = found.get(key.of({field_name: value}), ())
            link = draft.links[name]
            if len(ids) == 1:
                draft.values[name] = writing.ids.text(ids[0])
            elif ids:
                draft.failed.add(name)
                reporter.field(draft, form.object.fields[name], "upsert_several", value=_shown(link))
            else:
                _missing(reporter, form, draft, name, link)


def find_by(
    writing: Writing, form: Form, key: UniqueKey, values: Iterable[Any]
) -> Mapping[tuple[Any, ...] | None, list[int]]:
    """The living records whose field has one of these canonical values: their ids by the value's key."""
    (field,) = key.fields
    column = form.table.c[form.columns[field.name]]
    compared: sa.ColumnElement[Any] = column
    if field.value_type.kind is Kind.TEXT:
        backend = writing.context.backend
        exact = field.value_type.case_sensitive
        compared = backend.text_exact(column) if exact else backend.text_key(column)
    wanted = {found[0] for value in values if (found := key.of({field.name: value})) is not None}
    if field.name in form.ids:
        wanted = {writing.ids.number(text) for text in wanted}
    ids: dict[tuple[Any, ...] | None, list[int]] = {}
    select = sa.select(form.table.c[form.columns["Id"]], column).where(living(form.table))
    for chunk in batched(wanted):
        for number, value in writing.context.connection.execute(select.where(compared.in_(chunk))):
            if field.name in form.ids:
                value = writing.ids.text(value)  # noqa: PLW2901 - the same value in its other form
            ids.setdefault(key.of({field.name: value}), []).append(number)
    return ids


def _missing(reporter: Reporter, form: Form, draft: Draft, name: str, link: LinkValue) -> None:
    draft.failed.add(name)
    reporter.field(draft, form.object.fields[name], "no_such_record", value=_shown(link))


def _shown(link: LinkValue) -> str:
    return f"{link.target}.{link.field} = {str(link.value)[:60]!r}"
