"""Steps to those that a database carries out, and to their DDL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import singledispatch

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import ExecutableDDLElement

from objectforge.change.steps import AddField, AddIndex, CreateObject, RemoveIndex, Step
from objectforge.storage.ddl import AddColumn, CreateIndex, CreateTable, DropIndex, Key, unbound_column
from objectforge.storage.indexes import Index
from objectforge.storage.tables import Tables

__all__ = ["carried_out", "ddl"]


def carried_out(steps: Iterable[Step], dialect: Dialect) -> tuple[Step, ...]:
    """The steps as the database takes them best; they come to the same tables.

    On SQLite a foreign key may point to a table still to come, while each column added later costs a reading of the
    whole database's schema: there a new object is made with all its fields and indexes at once.
    """
    if dialect.name != "sqlite":
        return tuple(steps)
    later: dict[str, list[Step]] = {step.object: [] for step in steps if isinstance(step, CreateObject)}
    return tuple(_gathered(_put_off(steps, later), later))


def _put_off(steps: Iterable[Step], later: dict[str, list[Step]]) -> list[Step]:
    """The steps without those that add to a new object, which `later` gets."""
    kept: list[Step] = []
    for step in steps:
        match step:
            case AddField(object=name) | AddIndex(index=Index(object=name)) if name in later:
                later[name].append(step)
            case _:
                kept.append(step)
    return kept


def _gathered(steps: Iterable[Step], later: dict[str, list[Step]]) -> Iterator[Step]:
    for step in steps:
        match step:
            case CreateObject(object=name, fields=fields, indexes=indexes):
                added = later[name]
                yield replace(
                    step,
                    fields=(*fields, *(each.field for each in added if isinstance(each, AddField))),
                    indexes=(*indexes, *(each.index for each in added if isinstance(each, AddIndex))),
                )
            case _:
                yield step


@singledispatch
def ddl(step: Step, tables: Tables) -> tuple[ExecutableDDLElement, ...]:
    """The DDL of a step; none for what only the registry knows. `tables` are those of the schema to come."""
    return ()


@ddl.register
def _(step: CreateObject, tables: Tables) -> tuple[ExecutableDDLElement, ...]:
    names = tables.names.objects[step.object]
    columns = [names.columns[field] for field in step.fields if field in names.columns]
    table = tables.table(step.object)
    create = CreateTable(table, names.number, columns, _keys(step.object, tables))
    return create, *(CreateIndex(table, index) for index in step.indexes)


@ddl.register
def _(step: AddField, tables: Tables) -> tuple[ExecutableDDLElement, ...]:
    name = tables.names.objects[step.object].columns.get(step.field)
    if name is None:
        return ()
    column = tables.table(step.object).c[name]
    if step.constant is not None:
        column = unbound_column(column, sa.literal(step.constant.value, column.type))
    return (AddColumn(tables.table(step.object), column, _keys(step.object, tables).get(name)),)


@ddl.register
def _(step: AddIndex, tables: Tables) -> tuple[ExecutableDDLElement, ...]:
    return (CreateIndex(tables.table(step.index.object), step.index),)


@ddl.register
def _(step: RemoveIndex, tables: Tables) -> tuple[ExecutableDDLElement, ...]:
    return (DropIndex(step.index.name),)


def _keys(object_name: str, tables: Tables) -> dict[str, Key]:
    return {
        reference.column: Key(reference.name, tables.table(reference.target))
        for reference in tables.references(object_name)
    }
