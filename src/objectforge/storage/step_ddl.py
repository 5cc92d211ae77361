"""Steps to the DDL that carries them out."""

from __future__ import annotations

from functools import singledispatch

import sqlalchemy as sa
from sqlalchemy.schema import ExecutableDDLElement

from objectforge.storage.ddl import AddColumn, CreateIndex, CreateTable, DropIndex, Key, unbound_column
from objectforge.storage.steps import AddField, AddIndex, CreateObject, RemoveIndex, Step
from objectforge.storage.tables import Tables

__all__ = ["ddl"]


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
