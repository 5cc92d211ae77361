"""`objectforge validate`: metadata files to every issue in them. No org is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from objectforge.cli.failure import tally
from objectforge.cli.json_text import json_text
from objectforge.cli.options import format_option
from objectforge.cli.target import metadata_paths
from objectforge.errors.issue import SHOWN, Issue, Severity, render, sort_issues
from objectforge.errors.source import Span

if TYPE_CHECKING:
    from objectforge.metadata.metadata import Metadata

__all__ = ["validate"]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@format_option("text", "json")
def validate(paths: tuple[str, ...], form: str) -> int:
    """Check metadata files and folders and show every problem with its place. No org is needed.

    Without PATHS: the metadata that objectforge.yaml names.

    \b
    Examples:
      objectforge validate crm/
      objectforge validate crm/account.yaml crm/deal.yaml
      objectforge validate crm/ --format json
    """
    from objectforge.metadata.metadata import collect  # pydantic and networkx: not for --help
    from objectforge.relations.resolve import examine

    metadata, issues = collect(map(Path, metadata_paths(paths)))
    if metadata is not None:
        _, more = examine(metadata)
        issues = sort_issues((*issues, *more))
    wrong = any(issue.severity is Severity.ERROR for issue in issues)
    if form == "json":
        click.echo(json_text({"valid": not wrong, "issues": [_as_data(issue) for issue in issues]}))
        return int(wrong)
    for issue in issues[:SHOWN]:
        click.echo(f"{render(issue)}\n", err=True)
    if len(issues) > SHOWN:
        click.echo(f"... and {len(issues) - SHOWN:,} more; --format json has them all\n", err=True)
    if issues:
        click.echo(tally(issues), err=True)
    if metadata is not None and not wrong:
        click.echo(f"no problems: {_contents(metadata)}")
    return int(wrong)


def _contents(metadata: Metadata) -> str:
    """What there is, packages included: `16 objects, 9 reports`."""
    sections = {
        "object": metadata.objects, "list view": metadata.list_views, "report": metadata.reports,
        "dashboard": metadata.dashboards, "layout": metadata.layouts,
    }  # fmt: skip
    counted = [f"{len(of)} {name}{'' if len(of) == 1 else 's'}" for name, of in sections.items() if of]
    return ", ".join(counted)


def _as_data(issue: Issue) -> dict[str, object]:
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "message": issue.message,
        "hint": issue.hint,
        **_place(issue.span),
        "related": [{"message": text, **_place(span)} for text, span in issue.related],
    }


def _place(span: Span | None) -> dict[str, object]:
    if span is None:
        return {"file": None, "line": None, "column": None}
    return {"file": span.source.name, "line": span.line, "column": span.column}
