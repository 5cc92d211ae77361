"""`objectforge drift`: the tables against what the org made."""

from __future__ import annotations

import click

from objectforge.cli.findings_out import write_findings
from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

__all__ = ["drift"]


@click.command()
@with_org
@format_option("table", "json")
def drift(target: Target, form: str) -> int:
    """Find tables, columns, indexes and foreign keys that were changed behind the org's back.

    Nothing is changed. Exit code 1 where something is found.

    \b
    Examples:
      objectforge drift
      objectforge drift --org sqlite:///crm.db --format json
    """
    with target.open() as org:
        findings = org.drift()
    return write_findings(findings, form, clean="no drift: the tables are as the org made them")
