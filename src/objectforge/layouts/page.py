"""A layout and a record to a page: every value that is to be seen, labelled, formatted, with its related lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from objectforge.errors.exceptions import NotFound
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.typed import RUNNING, And, Compare, Param, Ref, Typed
from objectforge.expressions.walk import refs
from objectforge.layouts.drawn_page import Page
from objectforge.layouts.page_parts import PageField, PageList, PageSection
from objectforge.query.context import Context
from objectforge.query.ordering import id_key
from objectforge.query.record import Record
from objectforge.query.record_names import record_names
from objectforge.query.render.record_table import value_text
from objectforge.query.select import Query, rows
from objectforge.relations.layout import Layout, LayoutItem, RelatedList, Section
from objectforge.relations.schema import Field, Object
from objectforge.values.kinds import ID
from objectforge.values.locales import pick_label

__all__ = ["Page", "build_page"]

_RECORD = "record"
Values = Callable[[Ref], Any]


@dataclass(frozen=True, slots=True)
class _Fetched:
    """The records of a related list, and whether there are more than these."""

    shown: RelatedList
    rows: tuple[Record, ...]
    more: bool


def build_page(context: Context, layout: Layout, record_id: str) -> Page:
    """The page of a record: one statement for its values, one per related list, one per object named in lookups.

    Raises:
        NotFound: there is no such record, or it is in the recycle bin.
    """
    obj = context.schema.objects[layout.object]
    values = _read(context, layout, obj, record_id)
    sections = [
        section
        for section in (_visible(context, obj, each, values) for each in layout.sections)
        if any(section.columns)
    ]
    related = [_fetch(context, each, record_id) for each in layout.related]
    names = record_names(context, _linked(context, obj, sections, values, related))

    def shown(item: LayoutItem) -> PageField:
        field = obj.fields[item.field]
        value = values(_own(field))
        text = value_text(field.shown, value, names, context.locale, context.region)
        return PageField(field.name, pick_label(field.label, context.locale), value, text, _behavior(obj, field, item))

    name = obj.fields[obj.name_field]
    title = value_text(name.type, values(_own(name)), names, context.locale, context.region)
    return Page(
        title=title or record_id,
        object=obj.name,
        label=pick_label(obj.label, context.locale),
        id=values(id_key(obj.name)),
        layout=layout.name,
        sections=tuple(
            PageSection(
                pick_label(section.label, context.locale) if section.label is not None else "",
                tuple(tuple(map(shown, column)) for column in section.columns),
            )
            for section in sections
        ),
        related=tuple(
            PageList(
                each.shown.name,
                pick_label(each.shown.label, context.locale),
                each.shown.child,
                each.shown.columns,
                each.rows,
                each.more,
            )
            for each in related
        ),
        names=names,
        locale=context.locale,
        region=context.region,
    )


def _own(field: Field) -> Ref:
    return Ref("", (), field.object, field.name, field.value_type)


def _read(context: Context, layout: Layout, obj: Object, record_id: str) -> Values:
    """The values of all that the page shows and its conditions speak of."""
    wanted = {id_key(obj.name): None, _own(obj.fields[obj.name_field]): None}
    for section in layout.sections:
        items = [item for column in section.columns for item in column]
        wanted |= dict.fromkeys(_own(obj.fields[item.field]) for item in items)
        for condition in (section.show_if, *(item.show_if for item in items)):
            wanted |= dict.fromkeys(refs(condition) if condition is not None else ())
    columns = [ref for ref in wanted if ref.node != RUNNING]
    keys = {ref: f"c{number}" for number, ref in enumerate(columns)}
    query = Query(
        obj.name,
        tuple((key, ref) for ref, key in keys.items()),
        where=Compare("=", id_key(obj.name), Param(_RECORD, ID), exact=True),
        whole=True,
        limit=1,
    )
    record = next(rows(query, context, {_RECORD: record_id}), None)
    if record is None:
        raise NotFound(f"there is no {obj.name} {record_id}")
    found = {ref: record[key] for ref, key in keys.items()}
    return lambda ref: context.running(ref) if ref.node == RUNNING else found.get(ref)


def _visible(context: Context, obj: Object, section: Section, values: Values) -> Section:
    """The section with what is shown for this record, without columns where it is hidden whole."""

    def holds(condition: Typed | None) -> bool:
        return condition is None or evaluate(condition, values, moment=context.moment) is True

    def kept(items: Iterable[LayoutItem]) -> tuple[LayoutItem, ...]:
        return tuple(item for item in items if holds(item.show_if))

    return replace(section, columns=tuple(map(kept, section.columns)) if holds(section.show_if) else ())


def _behavior(obj: Object, field: Field, item: LayoutItem) -> str:
    """What may be done with the value: what the field does not allow no layout can offer, what it asks for stays so."""
    parts = [each for each in obj.fields.values() if each.part_of == field.name]
    lookup = obj.lookups.get(field.name)
    fixed = lookup is not None and lookup.master and not lookup.reparentable
    if item.behavior == "readonly" or fixed or not any(each.writable for each in (field, *parts)):
        return "readonly"
    required = any(each.type.required for each in (field, *parts)) or (lookup is not None and lookup.master)
    return "required" if required else item.behavior


def _fetch(context: Context, shown: RelatedList, record_id: str) -> _Fetched:
    child = context.schema.objects[shown.child]
    selected = {"Id": id_key(child.name)} | {column.key: column.ref for column in shown.columns}
    parent: Typed = Compare("=", _own(child.fields[shown.field]), Param(_RECORD, ID), exact=True)
    query = Query(
        shown.child,
        tuple(selected.items()),
        where=parent if shown.where is None else And((parent, shown.where)),
        sort=shown.sort,
        limit=shown.limit + 1,
    )
    found = tuple(rows(query, context, {_RECORD: record_id}))
    return _Fetched(shown, found[: shown.limit], len(found) > shown.limit)


def _linked(
    context: Context, obj: Object, sections: Iterable[Section], values: Values, related: Iterable[_Fetched]
) -> Iterable[str]:
    """The ids of the records that lookups on the page point to."""
    for section in sections:
        for item in (item for column in section.columns for item in column):
            field = obj.fields[item.field]
            if field.type.relation is not None and (found := values(_own(field))) is not None:
                yield found
    for each in related:
        keys = [column.key for column in each.shown.columns if column.type.relation is not None]
        yield from (record[key] for record in each.rows for key in keys if record[key] is not None)
