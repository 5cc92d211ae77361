"""What an open org knows of its metadata: one frozen value per version, swapped whole when another version is seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from objectforge.metadata.fields.base import Reading, Region
from objectforge.records.forms import Forms
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema
from objectforge.storage.history import load_metadata
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.registry import Registry
from objectforge.storage.registry_store import load_registry
from objectforge.storage.snapshot import restore
from objectforge.storage.tables import Tables, build_tables
from objectforge.values.ids import make_id
from objectforge.values.locales import Locale
from objectforge.values.periods import Calendar

__all__ = ["OrgState", "load_state"]

_SYSTEM_USER = 1


@dataclass(frozen=True)
class OrgState:
    """An org's schema and registry at one version of its metadata."""

    schema: Schema
    registry: Registry

    @property
    def version(self) -> int:
        """The version of the metadata: 1 after the first deploy."""
        return self.registry.version

    @cached_property
    def tables(self) -> Tables:
        """The tables of the schema's objects."""
        return build_tables(self.schema, self.registry.names)

    @cached_property
    def forms(self) -> Forms:
        """What writing each object's records takes."""
        return Forms(self.schema, self.tables)

    @property
    def ids(self) -> RecordIds:
        """The record ids of the schema's objects."""
        return self.registry.ids

    @cached_property
    def calendar(self) -> Calendar:
        """How the org counts time."""
        org = self.schema.metadata.settings
        return Calendar(ZoneInfo(org.timezone), org.fiscal_year.start, org.fiscal_year.named_by, org.week_start)

    @cached_property
    def locale(self) -> Locale:
        """The org's language."""
        return Locale.parse(self.schema.metadata.settings.locale)

    @cached_property
    def region(self) -> Region:
        """The org's time zone and currency."""
        return Region(self.calendar.zone, self.schema.metadata.settings.currency)

    @cached_property
    def reading(self) -> Reading:
        """How texts are read as values."""
        return Reading(self.calendar.zone)

    @cached_property
    def system_user(self) -> str:
        """The id of the User "System", for whom everything runs unless said otherwise."""
        return self.ids.format(make_id(self.ids.number("User"), _SYSTEM_USER))


def load_state(connection: sa.Connection) -> OrgState | None:
    """What is stored in the database; None where nothing was ever deployed."""
    registry = load_registry(connection)
    if registry is None:
        return None
    return OrgState(resolve(restore(load_metadata(connection, registry.version))), registry)
