"""`objectforge plan` and `objectforge apply`: metadata to changes, shown and carried out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from objectforge.cli.target import Target, metadata_paths, with_org

if TYPE_CHECKING:
    from objectforge.change.plan import Plan

__all__ = ["apply", "plan"]

_COLORS = {"+": "green", "~": "yellow", "-": "red", "!": "red"}
_PENDING = 3


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@with_org
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 3 when there are changes to apply.")
def plan(paths: tuple[str, ...], target: Target, detailed_exitcode: bool) -> int:
    """Show what would change in the org; nothing is changed.

    Without PATHS: the metadata that objectforge.yaml names. Lines begin with + for what is added, ~ for what is
    changed, - for what goes out of sight, and ! for what cannot be done.

    \b
    Examples:
      objectforge plan
      objectforge plan crm/ --org sqlite:///crm.db
      objectforge plan crm/ --org crm.db --detailed-exitcode
    """
    with target.open(missing="pretend") as org:
        made = org.plan(*metadata_paths(paths))
    _show(made)
    if made.refused:
        _explain_refusal(made)
        return 1
    return _PENDING if detailed_exitcode and not made.is_empty else 0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@with_org
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--allow",
    multiple=True,
    metavar="PATTERN",
    help="Allow a step that loses something, by name or pattern: Account.Fax, Account.*",
)
def apply(paths: tuple[str, ...], target: Target, yes: bool, allow: tuple[str, ...]) -> int:
    """Change the org to what the metadata says, all of it or nothing. Shows the plan and asks first.

    Without PATHS: the metadata that objectforge.yaml names. An org that does not exist yet is made.

    \b
    Examples:
      objectforge apply
      objectforge apply crm/ --org sqlite:///crm.db --yes
      objectforge apply crm/ --org postgresql+psycopg://me@localhost/work --name acme
    """
    chosen = metadata_paths(paths)
    with target.open(missing="pretend") as org:
        made = org.plan(*chosen)
    _show(made)
    if made.refused:
        _explain_refusal(made)
        return 1
    if made.is_empty:
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("apply asks before it changes anything; where nobody can answer, add --yes")
        if not click.confirm("Apply this plan?"):
            click.echo("nothing was changed", err=True)
            return 1
    with target.open(missing="create") as org:
        org.apply(org.plan(*chosen), allow=allow)
    click.echo("applied")
    return 0


def _show(made: Plan) -> None:
    for line in str(made).splitlines():
        color = _COLORS.get(line[:1])
        click.echo(click.style(line, fg=color) if color and line[1:2] == " " else line)


def _explain_refusal(made: Plan) -> None:
    count = len(made.refused)
    steps = "a step" if count == 1 else f"{count} steps"
    click.echo(
        f"\nthe plan has {steps} that cannot be made, marked with !; it would be refused and the org unchanged",
        err=True,
    )
