"""An object without a layout to a layout: its fields in two columns, what the system keeps, a list per relationship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from objectforge.expressions.typed import Ref
from objectforge.relations.layout import Layout, LayoutItem, RelatedList, Section
from objectforge.relations.schema import ChildRelationship, Field, Object, Schema
from objectforge.relations.view import Column
from objectforge.values.kinds import Kind

__all__ = ["generated_layout"]

_LABEL = {"en": "Generated", "ja": "自動生成"}
_DETAILS = {"en": "Details", "ja": "詳細"}
_TEXTS = {"en": "Description", "ja": "説明"}
_SYSTEM = {"en": "System Information", "ja": "システム情報"}
_SYSTEM_COLUMNS = (("OwnerId", "CreatedById", "CreatedDate"), ("Id", "LastModifiedById", "LastModifiedDate"))
_CHILDREN_SHOWN = 5
_TELLING = 3


def generated_layout(schema: Schema, obj: Object) -> Layout:
    """The layout of an object that declares none.

    The name comes first, then the object's own fields, compounds whole, in two columns; long texts below them over
    the whole width; the system fields last. Every child relationship has a list: name and the most telling fields.
    """
    own = [each for each in obj.fields.values() if not each.system and each.part_of is None]
    own.sort(key=lambda each: each.name != obj.name_field)
    texts = [each for each in own if _long(each)]
    short = [each for each in own if not _long(each)]
    half = (len(short) + 1) // 2
    sections = [Section(_DETAILS, _columns(short[:half], short[half:]))]
    if texts:
        sections.append(Section(_TEXTS, _columns(texts)))
    system = ([obj.fields[name] for name in names if name in obj.fields] for names in _SYSTEM_COLUMNS)
    sections.append(Section(_SYSTEM, _columns(*system)))
    related = tuple(_related(schema, child) for child in obj.children.values())
    return Layout(f"{obj.name}.generated", obj.name, _LABEL, tuple(sections), related)


def _long(field: Field) -> bool:
    return field.value_type.kind is Kind.JSON or not field.value_type.searchable


def _columns(*columns: Iterable[Field]) -> tuple[tuple[LayoutItem, ...], ...]:
    items = (tuple(LayoutItem(each.name) for each in column) for column in columns)
    return tuple(column for column in items if column)


def _related(schema: Schema, relationship: ChildRelationship) -> RelatedList:
    child = schema.objects[relationship.child]
    shown = [child.fields[child.name_field], *_telling(child, relationship.field)]
    return RelatedList(
        name=relationship.name,
        label=child.plural_label,
        child=child.name,
        field=relationship.field,
        columns=tuple(Column(each.name, each.label, _own(each), each.type) for each in shown),
        where=None,
        sort=(),
        limit=_CHILDREN_SHOWN,
    )


def _own(field: Field) -> Ref:
    return Ref("", (), field.object, field.name, field.value_type)


def _telling(child: Object, link: str) -> Sequence[Field]:
    """The fields that say most about a child in a line: where it stands, how much, when, and with whom."""
    usable = [
        each
        for each in child.fields.values()
        if each.stored
        and not each.system
        and each.part_of is None
        and each.name not in (child.name_field, link)
        and not _long(each)
    ]
    found: list[Field] = []
    for wanted in _MOST_TELLING:
        fitting = [each for each in usable if wanted(each) and each not in found]
        # Of several the required one was the more important to whoever declared them.
        fitting.sort(key=lambda each: not each.type.required)
        found += fitting[:1]
    return found[:_TELLING]


_MOST_TELLING: tuple[Callable[[Field], bool], ...] = (
    lambda field: bool(field.type.choices) and field.value_type.kind is Kind.TEXT,
    lambda field: field.value_type.kind is Kind.NUMBER,
    lambda field: field.value_type.kind in (Kind.DATE, Kind.DATETIME),
    lambda field: field.value_type.kind is Kind.ID,
    lambda field: field.value_type.kind is Kind.TEXT,
)
