"""`objectforge doctor`: the records against what the org promises of them."""

from __future__ import annotations

import click

from objectforge.cli.findings_out import write_findings
from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

__all__ = ["doctor"]


@click.command()
@with_org
@format_option("table", "json")
def doctor(target: Target, form: str) -> int:
    """Examine the org's records: links, required and unique values, the recycle bin, counters, the registry.

    Nothing is changed. Exit code 1 where an error is found; warnings are of what may be so.

    \b
    Examples:
      objectforge doctor
      objectforge doctor --org sqlite:///crm.db --format json
    """
    with target.open() as org:
        findings = org.doctor()
    return write_findings(findings, form, clean="all is well")
