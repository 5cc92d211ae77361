"""An org's data to what is wrong with it: links, required and unique values, the bin, counters, the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from objectforge.relations.schema import Schema
from objectforge.storage.drift import missing_tables
from objectforge.storage.finding import Finding
from objectforge.storage.introspection import read_shapes
from objectforge.storage.living import living
from objectforge.storage.registry import Registry
from objectforge.storage.registry_store import load_registry
from objectforge.storage.registry_tables import fields, objects, org
from objectforge.storage.system_user import USER, system_user_id
from objectforge.upkeep.choices import examine_choices
from objectforge.upkeep.declared import examine_registry
from objectforge.upkeep.examination import Examination
from objectforge.upkeep.json_values import examine_json
from objectforge.upkeep.links import examine_links
from objectforge.upkeep.numbers import examine_counters
from objectforge.upkeep.recycled import examine_bin
from objectforge.upkeep.rows import examine_rows
from objectforge.upkeep.uniqueness import examine_unique

__all__ = ["examine"]


def examine(connection: sa.Connection, schema: Schema, registry: Registry) -> tuple[Finding, ...]:
    """Everything that is wrong with an org's data, errors first; nothing for an org in order.

    The records are counted in the database; a table that lacks what the org needs of it is reported and left out.
    """
    shapes = read_shapes(connection)
    examination = Examination(connection, schema, registry, shapes)
    if all(map(examination.has, (org, objects, fields))):
        # What is stored, not what is remembered of it.
        examination = replace(examination, registry=load_registry(connection) or registry)
    found = [*missing_tables(shapes, examination.registry, connection.dialect)]
    for part in _PARTS:
        found += part(examination)
    return tuple(sorted(found, key=lambda finding: finding.severity))


def _system_user(examination: Examination) -> Iterator[Finding]:
    """The User "System", for whom everything runs unless said otherwise."""
    stored = examination.registry.by_name.get(USER)
    if stored is None or stored.number not in examination.readable:
        return
    table = examination.tables.table(stored.number)
    there = sa.select(table.c.id).where(table.c.id == system_user_id(examination.registry), living(table))
    if examination.connection.scalar(there) is None:
        yield Finding(
            "no_system_user", USER, "the record 'System' is gone, for whom everything runs that no one else does",
            "restore it from the recycle bin, or the org from a backup", f"table {table.name}",
            ids=examination.shown([system_user_id(examination.registry)]),
        )  # fmt: skip


_PARTS: tuple[Callable[[Examination], Iterator[Finding]], ...] = (
    examine_registry, _system_user, examine_rows, examine_json, examine_choices, examine_links, examine_unique,
    examine_bin, examine_counters,
)  # fmt: skip
