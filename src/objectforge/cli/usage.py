"""`objectforge usage`: what uses an object, a field or a picklist value."""

from __future__ import annotations

import click

from objectforge.cli.completing import complete_field
from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

__all__ = ["usage"]


@click.command()
@click.argument("name", shell_complete=complete_field)
@with_org
@format_option("table", "json")
def usage(name: str, target: Target, form: str) -> None:
    """Show what uses an object, a field or a picklist value, and how many records have it.

    \b
    Examples:
      objectforge usage Account
      objectforge usage Account.Industry
      objectforge usage Account.Industry.Energy --format json
    """
    with target.open() as org:
        found = org.usage(name)
    if form == "json":
        from objectforge.cli.rows_out import write_json  # not for --help

        write_json(found.to_dict())
        return
    first, *rest = str(found).splitlines()
    click.echo(click.style(first, bold=True))
    for line in rest:
        click.echo(line)
