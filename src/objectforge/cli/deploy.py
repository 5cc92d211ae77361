"""`objectforge plan` and `objectforge apply`: metadata to changes, shown, kept for later, and carried out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from objectforge.cli.plan_out import agreed, explain_losses, explain_refusal, show_advice, show_plan, write_rejects
from objectforge.cli.progress import progress
from objectforge.cli.target import Target, metadata_paths, with_org

if TYPE_CHECKING:
    from objectforge import Org
    from objectforge.change.plan import Plan

__all__ = ["allow_option", "apply", "carry_out", "partial_option", "plan", "yes_option"]

_PENDING = 3

yes_option = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="NAME",
    help="Allow what is lost under a name or pattern: Account.Fax, 'Account.*'. May be repeated.",
)
partial_option = click.option(
    "--partial", is_flag=True, help="Add PATHS to what the org has; nothing goes because it is not in them."
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@with_org
@partial_option
@click.option("--sql", is_flag=True, help="Show the SQL of each step too.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Save the plan, to apply it later.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every record that stands in the way to a CSV file.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to print.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 3 when there are changes to apply.")
def plan(
    paths: tuple[str, ...],
    target: Target,
    partial: bool,
    sql: bool,
    out: Path | None,
    rejects: Path | None,
    form: str,
    detailed_exitcode: bool,
) -> int:
    """Show what would change in the org; nothing is changed.

    Without PATHS: the metadata that objectforge.yaml names. Lines begin with + for what is added, ~ for what is
    changed, - for what goes out of sight (its data is kept), ? for what must be answered first, and ! for what cannot
    be done.

    \b
    Examples:
      objectforge plan
      objectforge plan crm/ --org sqlite:///crm.db --sql
      objectforge plan crm/ --org crm.db -o monday.plan
      objectforge plan invoice.yaml --partial
    """
    from objectforge.change.plan_file import is_plan_file  # the engine: not for --help

    for path in paths:
        if is_plan_file(path):
            raise click.UsageError(f"{path} is a saved plan, not metadata: objectforge apply {path}")
    with target.open(missing="pretend") as org:
        made = org.plan(*metadata_paths(paths), partial=partial)
        show_advice(made)
        show_plan(made, org.engine.dialect if sql else None, form)
        if rejects is not None:
            write_rejects(org.failures(made), rejects)
    if not made.before.version:
        click.echo("there is no such org yet; 'objectforge apply' makes it", err=True)
    if made.refused:
        explain_refusal(made)
        return 1
    explain_losses(made)
    if out is not None:
        made.save(out)
        click.echo(f"saved; 'objectforge apply {out}' applies it", err=True)
    return _PENDING if detailed_exitcode and not made.is_empty else 0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@with_org
@partial_option
@yes_option
@allow_option
def apply(paths: tuple[str, ...], target: Target, partial: bool, yes: bool, allow: tuple[str, ...]) -> int:
    """Change the org to what the metadata says, all of it or nothing. Shows the plan and asks first.

    PATHS are files and folders of metadata, or one plan that 'objectforge plan -o FILE' has saved. Without PATHS: the
    metadata that objectforge.yaml names. An org that does not exist yet is made.

    \b
    Examples:
      objectforge apply
      objectforge apply crm/ --org sqlite:///crm.db --yes
      objectforge apply monday.plan --allow Account.Fax
      objectforge apply crm/ --org postgresql+psycopg://me@localhost/work --name acme
    """
    with target.open(missing="pretend") as org:
        made = _made(org, paths, partial=partial)
        show_advice(made)
        show_plan(made)
        if made.is_empty:
            return 0
        if not agreed(made, allow, yes=yes):
            return 1
        if made.before.version:
            carry_out(org, made, allow)
            return 0
    with target.open(missing="create") as org:
        carry_out(org, _made(org, paths, partial=partial), allow)
    return 0


def _made(org: Org, paths: tuple[str, ...], *, partial: bool) -> Plan:
    from objectforge.change.plan_file import is_plan_file  # the engine: not for --help

    saved = [path for path in paths if is_plan_file(path)]
    if saved and (len(paths) > 1 or partial):
        raise click.UsageError("a saved plan is applied alone: objectforge apply FILE")
    if saved:
        return org.read_plan(saved[0])
    return org.plan(*metadata_paths(paths), partial=partial)


def carry_out(org: Org, made: Plan, allow: tuple[str, ...]) -> None:
    """Apply a plan, with a bar on long steps."""
    from objectforge.cli.interrupted import told_when_interrupted  # SQLAlchemy: not for --help

    doubt = "the plan was just being saved: type `objectforge plan` to see whether it was"
    with told_when_interrupted(org, lambda _: doubt), progress() as show:
        org.apply(made, allow=allow, progress=lambda line, done, total: show(done, total, line))
    click.echo("applied", err=not sys.stdout.isatty())
