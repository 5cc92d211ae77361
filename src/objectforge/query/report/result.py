"""What a report returns: its data, and how people get at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from objectforge.query.render.csv_file import write_csv
from objectforge.query.render.report_text import report_text
from objectforge.query.render.screen import Screen
from objectforge.query.report.data import ReportData

__all__ = ["ReportResult"]


class ReportResult(ReportData):
    """The result of a report: iterate it for its records."""

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per finest group (matrix: per cell that occurs; tabular: per row), by key and measure names."""
        return [dict(record) for record in self.flat]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records())

    def __len__(self) -> int:
        return len(self.flat)

    def explain(self) -> str:
        """The joins, the grain of every measure, and the SQL."""
        return self.explained()

    def to_csv(self, path: str | Path) -> None:
        """Write the records as CSV (UTF-8 with a byte order mark, which spreadsheets want)."""
        report = self.report
        names = [key.name for key in (*report.rows, *report.across)] + list(report.measures)
        if report.format == "tabular":
            names = [column.key for column in report.columns]
        write_csv(Path(path), self.flat, names)

    def to_text(self, screen: Screen | None = None) -> str:
        """The report as people read it in a terminal: groups with subtotals, a matrix with totals, or rows."""
        return report_text(self, screen)

    def __str__(self) -> str:
        return self.to_text()
