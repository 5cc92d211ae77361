"""A report to run."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Mapping
from typing import Any

from objectforge.errors.exceptions import Conflict
from objectforge.org.binds import declared_values
from objectforge.org.core import Core
from objectforge.org.placed import placed_where_defined
from objectforge.org.resolved import Resolved
from objectforge.query.context import Context
from objectforge.query.report.explain import explain
from objectforge.query.report.result import ReportResult
from objectforge.query.report.run import run_report
from objectforge.relations.report import Report

__all__ = ["ReportRun"]


class ReportRun:
    """A report of the org, or one given at run time."""

    def __init__(self, core: Core, report: Resolved[Report], user: str | None) -> None:
        self._core, self._report, self._user = core, report, user

    def __repr__(self) -> str:
        return f"<report {self.report.name}>"

    @property
    def report(self) -> Report:
        """The report, resolved."""
        return self._report.by(self._core.state.schema)

    def run(self, **params: Any) -> ReportResult:
        """Run it, with the values of its parameters.

        Raises:
            QueryError: a parameter is unknown or of another type.
        """

        def ask(context: Context) -> ReportResult:
            report = self._report.by(context.schema)
            values = self._values(report, context, params)
            return run_report(report, context, values, lambda: self._again(context.version))

        with placed_where_defined(self._core, "reports", self.report.name):
            return self._core.ask(ask, self._user)

    def explain(self, **params: Any) -> str:
        """Its joins, the grain of every measure, and the SQL."""

        def ask(context: Context) -> str:
            report = self._report.by(context.schema)
            return explain(report, context, self._values(report, context, params))

        with placed_where_defined(self._core, "reports", self.report.name):
            return self._core.ask(ask, self._user)

    @contextlib.contextmanager
    def _again(self, version: int) -> Generator[Context]:
        """A context for more of what was asked at a version."""
        with self._core.reading(self._user) as context:
            if context.version != version:
                raise Conflict("the org's metadata was changed since the report ran; run it again")
            yield context

    def _values(self, report: Report, context: Context, given: Mapping[str, Any]) -> dict[str, Any]:
        return declared_values(report.params, report.defaults, given, f"the report {report.name}", context)
