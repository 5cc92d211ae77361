"""A step to the statements that carry it out: what is run, and what is shown to who asks for the SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from objectforge.change.applying.backfill import fill_statement
from objectforge.change.applying.carried_out import CarriedOut, CutKeys, RenameValues, keys_of
from objectforge.change.planned import Planned
from objectforge.change.steps import (
    AddField,
    AddIndex,
    ChangeField,
    CreateObject,
    PurgeField,
    PurgeObject,
    PurgeValue,
    RemoveIndex,
    RequireField,
    ReturnField,
    ReturnObject,
)
from objectforge.expressions.moment import Moment
from objectforge.relations.schema import Object
from objectforge.storage.counters import raised_counter
from objectforge.storage.ddl import (
    AddColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    DropKey,
    DropTable,
    unbound_column,
)
from objectforge.storage.living import living
from objectforge.storage.registry import SYSTEM_LINKS
from objectforge.storage.registry_tables import bin_links, bin_records
from objectforge.storage.tables import Tables
from objectforge.values.ids import id_range

__all__ = ["Scene", "statements"]


@dataclass(frozen=True)
class Scene:
    """Where a step is carried out: within which plan, on which engine, and when."""

    plan: Planned
    dialect: Dialect
    moment: Moment


@singledispatch
def statements(step: CarriedOut, scene: Scene) -> tuple[sa.Executable, ...]:
    """The statements of a step, in order; none for what only the registry knows.

    Raises:
        UnsupportedInSql: a default cannot be computed by the database.
    """
    return ()


@statements.register
def _(step: CreateObject, scene: Scene) -> tuple[sa.Executable, ...]:
    tables = scene.plan.tables
    names = tables.names.objects[step.object]
    columns = [names.columns[field] for field in step.fields if field in names.columns]
    table = tables.table(step.object)
    create = CreateTable(table, names.number, columns, keys_of(step.object, tables))
    return create, *(CreateIndex(table, index) for index in step.indexes)


@statements.register
def _(step: AddField, scene: Scene) -> tuple[sa.Executable, ...]:
    tables = scene.plan.tables
    name = tables.names.objects[step.object].columns.get(step.field)
    if name is None:
        return ()
    table = tables.table(step.object)
    column = table.c[name]
    if step.constant is not None:
        column = unbound_column(column, sa.literal(step.constant.value, column.type))
    added = AddColumn(table, column, keys_of(step.object, tables).get(name))
    if step.computed is None:
        return (added,)
    object_ = scene.plan.target.objects[step.object]
    field = object_.fields[step.field]
    ids = scene.plan.after.ids
    return added, fill_statement(object_, field, step.computed, tables, ids, scene.moment, scene.dialect)


@statements.register
def _(step: RequireField, scene: Scene) -> tuple[sa.Executable, ...]:
    tables, object_ = scene.plan.tables, scene.plan.target.objects[step.object]
    field = object_.fields[step.field]
    filling = step.constant or step.computed
    if filling is None:
        return ()
    ids = scene.plan.after.ids
    return (fill_statement(object_, field, filling, tables, ids, scene.moment, scene.dialect, only_empty=True),)


@statements.register
def _(step: ChangeField, scene: Scene) -> tuple[sa.Executable, ...]:
    numbering = scene.plan.target.objects[step.object].fields[step.field].type.numbering
    if numbering is None or "start" not in step.keys:
        return ()
    return (raised_counter(scene.plan.after.names.objects[step.object].identities[step.field], numbering.start),)


@statements.register
def _(step: AddIndex, scene: Scene) -> tuple[sa.Executable, ...]:
    return (CreateIndex(scene.plan.tables.table(step.index.object), step.index),)


@statements.register
def _(step: RemoveIndex, scene: Scene) -> tuple[sa.Executable, ...]:
    return (DropIndex(step.index.name),)


# -- values and links -------------------------------------------------------------------------------------------------
@statements.register
def _(step: RenameValues, scene: Scene) -> tuple[sa.Executable, ...]:
    column = scene.plan.tables.column(step.object, step.field)
    renamed = dict(step.renamed)
    return (_respelled(scene.plan.tables.table(step.object), column, renamed),)


def _respelled(table: sa.Table, column: sa.Column[Any], renamed: Mapping[str, str | None]) -> sa.Update:
    spelled = sa.case(renamed, value=column)
    return sa.update(table).values({column.name: spelled}).where(column.in_(list(renamed)))


@statements.register
def _(step: ReturnField, scene: Scene) -> tuple[sa.Executable, ...]:
    return _parted(scene.plan.tables, scene.plan.target.objects[step.object], step.field) if step.links else ()


@statements.register
def _(step: ReturnObject, scene: Scene) -> tuple[sa.Executable, ...]:
    object_, names = scene.plan.target.objects[step.object], scene.plan.after.names.objects[step.object]
    linked = {field.identity for field in scene.plan.before.by_object[names.number] if field.targets}
    links = [name for name in object_.lookups if name not in SYSTEM_LINKS and names.identities[name] in linked]
    return tuple(each for name in links for each in _parted(scene.plan.tables, object_, name))


def _parted(tables: Tables, object_: Object, field: str) -> tuple[sa.Executable, ...]:
    """Links to records that went to the bin meanwhile: emptied and remembered, as deleting would have done."""
    table, column = tables.table(object_.name), tables.column(object_.name, field)
    parted = sa.and_(living(table), column.in_(sa.select(bin_records.c.record)))
    remembered = (
        sa.select(table.c.id, sa.literal(column.name), bin_records.c.batch, column)
        .join(bin_records, bin_records.c.record == column)
        .where(living(table))
    )
    names = [bin_links.c.record, bin_links.c.column, bin_links.c.batch, bin_links.c.target]
    older = sa.and_(bin_links.c.column == column.name, bin_links.c.record.in_(sa.select(table.c.id).where(parted)))
    return (
        sa.delete(bin_links).where(older),
        sa.insert(bin_links).from_select(names, remembered),
        sa.update(table).values({column.name: None}).where(parted),
    )


# -- for good ---------------------------------------------------------------------------------------------------------
@statements.register
def _(step: CutKeys, scene: Scene) -> tuple[sa.Executable, ...]:
    tables = scene.plan.tables_before
    table, keys = tables.table(step.number), tuple(tables.keys(step.number))
    if scene.dialect.name == "sqlite":  # it has no word for dropping a key, and minds the records alone
        return (sa.update(table).values({key.column: None for key in keys}),) if keys else ()
    return tuple(DropKey(table, key.name) for key in keys)


@statements.register
def _(step: PurgeObject, scene: Scene) -> tuple[sa.Executable, ...]:
    table = scene.plan.tables_before.table(step.number)
    of_it = id_range(step.number)
    return (
        *_let_go(step.number, scene),
        sa.delete(bin_records).where(bin_records.c.record.between(*of_it)),
        sa.delete(bin_links).where(bin_links.c.record.between(*of_it) | bin_links.c.target.between(*of_it)),
        DropTable(table),
    )


def _let_go(number: int, scene: Scene) -> Iterator[sa.Update]:
    """Lookups to several objects, held ones, forget the records of one that goes."""
    tables = scene.plan.tables_before
    for field in scene.plan.before.fields:
        if number in field.targets and len(field.targets) > 1 and field.object in scene.plan.after.by_number:
            column = tables.column(field)
            yield sa.update(column.table).values({column.name: None}).where(column.between(*id_range(number)))


@statements.register
def _(step: PurgeField, scene: Scene) -> tuple[sa.Executable, ...]:
    field = scene.plan.before.by_identity[step.identity]
    table = scene.plan.tables_before.table(field.object)
    of_it = id_range(field.object)
    assert field.storage_name is not None, "only what is stored is held"
    return (
        sa.delete(bin_links).where(bin_links.c.record.between(*of_it), bin_links.c.column == field.storage_name),
        DropColumn(table, field.storage_name),
    )


@statements.register
def _(step: PurgeValue, scene: Scene) -> tuple[sa.Executable, ...]:
    field = scene.plan.before.by_identity[step.identity]
    table, column = scene.plan.tables_before.table(field.object), scene.plan.tables_before.column(field)
    return (sa.update(table).values({column.name: None}).where(column == step.value),)
