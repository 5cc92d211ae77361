"""`objectforge history`, `rollback` and `pull`: the versions of an org's metadata."""

from __future__ import annotations

from pathlib import Path

import click

from objectforge.cli.deploy import allow_option, carry_out, yes_option
from objectforge.cli.options import format_option
from objectforge.cli.plan_out import agreed, show_plan
from objectforge.cli.target import Target, with_org

__all__ = ["history", "pull", "rollback"]


@click.command()
@click.argument("version", type=click.IntRange(min=1), required=False)
@with_org
@format_option("table", "json")
def history(version: int | None, target: Target, form: str) -> None:
    """List the versions of the org's metadata, or show the steps that led to one.

    \b
    Examples:
      objectforge history
      objectforge history 3
      objectforge pull --version 3
    """
    with target.open() as org:
        every = org.history()
        if not every:
            raise click.ClickException("there is no org there; 'objectforge apply' makes one")
    found = [each for each in every if version in (None, each.version)]
    if version is not None and not found:
        raise click.ClickException(f"the org has no version {version}; its versions are 1 to {len(every)}")
    from objectforge.cli.rows_out import write_json, write_table  # not for --help

    if form == "json":
        write_json([
            {"version": each.version, "at": each.at, "who": each.who, "steps": list(each.steps)} for each in found
        ])  # fmt: skip
    elif version is not None:
        click.echo(str(found[0]))
    else:
        rows = ((str(each.version), f"{each.at:%Y-%m-%d %H:%M}", each.who, _steps(each.steps)) for each in found)
        write_table(("Version", "At (UTC)", "By", "Steps"), rows, right=(0,))


def _steps(steps: tuple[str, ...]) -> str:
    first, more = steps[0] if steps else "", len(steps) - 1
    return f"{first}, and {more:,} more" if more > 0 else first


@click.command()
@click.argument("version", type=click.IntRange(min=1))
@with_org
@yes_option
@allow_option
def rollback(version: int, target: Target, yes: bool, allow: tuple[str, ...]) -> int:
    """Go back to an earlier version of the metadata. Records stay as they are; shows the plan and asks first.

    What was renamed since gets its old name back; what is new since is held, with its data.

    \b
    Examples:
      objectforge history
      objectforge rollback 3
      objectforge rollback 3 --allow Account.Fax --yes
    """
    with target.open() as org:
        made = org.plan_rollback(version)
        show_plan(made)
        if made.is_empty:
            return 0
        if not agreed(made, allow, yes=yes):
            return 1
        carry_out(org, made, allow)
    return 0


@click.command()
@with_org
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="A new folder to write files to.")
@click.option("--version", type=click.IntRange(min=1), help="An earlier version.")
def pull(target: Target, out: Path | None, version: int | None) -> None:
    """Write the org's own metadata as YAML: to stdout, or as files of a folder. It deploys to an identical org.

    Packages that are folders are named by their paths on stdout, and brought along with -o. Comments are not kept.

    \b
    Examples:
      objectforge pull
      objectforge pull -o crm/
      objectforge pull --version 3 > before.yaml
    """
    with target.open() as org:
        text = org.pull(out, version=version)
    if out is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"written to {out}", err=True)
