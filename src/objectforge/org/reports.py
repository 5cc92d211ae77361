"""A report to run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from objectforge.org.binds import declared_values
from objectforge.org.core import Core
from objectforge.query.context import Context
from objectforge.query.report.explain import explain
from objectforge.query.report.result import ReportResult
from objectforge.query.report.run import run_report
from objectforge.relations.report import Report

__all__ = ["ReportRun"]


class ReportRun:
    """A report of the org, or one given at run time."""

    def __init__(self, core: Core, report: Report, user: str | None) -> None:
        self._core, self._report, self._user = core, report, user

    def __repr__(self) -> str:
        return f"<report {self._report.name}>"

    @property
    def report(self) -> Report:
        """The report, resolved."""
        return self._report

    def run(self, **params: Any) -> ReportResult:
        """Run it, with the values of its parameters.

        Raises:
            QueryError: a parameter is unknown or of another type.
        """
        with self._core.reading(self._user) as context:
            values = self._values(context, params)
            return run_report(self._report, context, values, lambda: self._core.reading(self._user))

    def explain(self, **params: Any) -> str:
        """Its joins, the grain of every measure, and the SQL."""
        with self._core.reading(self._user) as context:
            return explain(self._report, context, self._values(context, params))

    def _values(self, context: Context, given: Mapping[str, Any]) -> dict[str, Any]:
        report = self._report
        return declared_values(report.params, report.defaults, given, f"the report {report.name}", context.moment)
