"""What a report computed, as data: groups within groups, cells across them, totals, the flat records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from objectforge.metadata.fields.base import Region
from objectforge.query.record import Record
from objectforge.relations.report import Report
from objectforge.values.locales import Locale

__all__ = ["AcrossColumn", "Group", "ReportData"]

Measures = Mapping[str, Any]
AcrossKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class AcrossColumn:
    """One column of a matrix: its values from the first across level, and the labels people read."""

    key: AcrossKey
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One group of a rows level.

    `level` counts from 0; `name` is the key's name, `value` and `label` its value here; `key` the values from the
    first level down to this one. `measures` are over the whole group, `across` for each prefix of column values.
    `groups` are the groups of the next level.
    """

    level: int
    name: str
    value: Any
    label: str
    key: tuple[Any, ...]
    measures: Measures
    groups: tuple[Group, ...]
    across: Mapping[AcrossKey, Measures]
    identity: tuple[Any, ...] = field(repr=False)
    """What tells the group apart from others, texts folded."""
    _details: Callable[[], tuple[Record, ...]] = field(repr=False, compare=False)

    def details(self) -> tuple[Record, ...]:
        """The detail rows of the group: read now, as of the moment the report ran."""
        return self._details()


@dataclass(frozen=True)
class ReportData:
    """What a report computed.

    `totals` are the measures over everything, `across` those for each prefix of column values, `columns` the columns
    of a matrix in order, `flat` the records of the finest level. `limited` tells whether `limit` cut groups or rows
    off the output (never off the totals). `names` are those of the records that ids in `flat` mean.
    """

    report: Report
    groups: tuple[Group, ...]
    totals: Measures
    across: Mapping[AcrossKey, Measures]
    columns: tuple[AcrossColumn, ...]
    flat: tuple[Mapping[str, Any], ...]
    limited: bool
    names: Mapping[str, str] = field(repr=False)
    locale: Locale = field(repr=False)
    region: Region = field(repr=False)
    explained: Callable[[], str] = field(repr=False, compare=False)
