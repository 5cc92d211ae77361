"""Findings to stdout, as text or JSON, and to an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from objectforge.storage.finding import Finding

__all__ = ["write_findings"]

_COLORS = {"error": "red", "warning": "yellow"}


def write_findings(findings: Sequence[Finding], form: str, *, clean: str) -> int:
    """Write the findings, or that there are none; 1 if one of them is an error."""
    if form == "json":
        from objectforge.cli.rows_out import write_json  # not for --help

        write_json([finding.to_dict() for finding in findings])
    else:
        for finding in findings:
            first, *rest = str(finding).splitlines()
            click.echo("\n".join([click.style(first, fg=_COLORS[finding.severity.value]), *rest]))
        click.echo(_tally(findings) if findings else clean)
    return int(any(finding.severity == "error" for finding in findings))


def _tally(findings: Sequence[Finding]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    counts = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
