"""What a report returns: groups within groups, cells across them, totals, and the flat records of the finest level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from objectforge.metadata.fields.base import Region
from objectforge.query.record import Record
from objectforge.query.render.csv_file import write_csv
from objectforge.query.render.report_text import report_text
from objectforge.relations.report import Report
from objectforge.values.locales import Locale

__all__ = ["AcrossColumn", "Group", "ReportResult"]

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
class ReportResult:
    """The result of a report: iterate it for its records.

    `totals` are the measures over everything, `across` those for each prefix of column values, `columns` the columns
    of a matrix in order. `limited` tells whether `limit` cut groups or rows off the output (never off the totals).
    """

    report: Report
    groups: tuple[Group, ...]
    totals: Measures
    across: Mapping[AcrossKey, Measures]
    columns: tuple[AcrossColumn, ...]
    flat: tuple[Mapping[str, Any], ...]
    limited: bool
    locale: Locale = field(repr=False)
    region: Region = field(repr=False)
    _explain: Callable[[], str] = field(repr=False, compare=False)

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per finest group (matrix: per cell that occurs; tabular: per row), by key and measure names."""
        return [dict(record) for record in self.flat]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records())

    def __len__(self) -> int:
        return len(self.flat)

    def explain(self) -> str:
        """The joins, the grain of every measure, and the SQL."""
        return self._explain()

    def to_csv(self, path: str | Path) -> None:
        """Write the records as CSV (UTF-8 with a byte order mark, which spreadsheets want)."""
        write_csv(Path(path), self.flat)

    def to_text(self) -> str:
        """The report as people read it in a terminal: groups with subtotals, a matrix with totals, or rows."""
        return report_text(self)

    def __str__(self) -> str:
        return self.to_text()
