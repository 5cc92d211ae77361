"""`objectforge purge`: what is held, destroyed with its data."""

from __future__ import annotations

import click

from objectforge.cli.deploy import yes_option
from objectforge.cli.plan_out import confirm, show_plan
from objectforge.cli.target import Target, with_org

__all__ = ["purge"]


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...", required=True)
@with_org
@yes_option
def purge(names: tuple[str, ...], target: Target, yes: bool) -> int:
    """Destroy held objects, fields or picklist values, with their data and for good. Asks first.

    Only what is held can be purged: what is no longer in the metadata, and was applied so.

    \b
    Examples:
      objectforge purge Account.Fax
      objectforge purge Invoice Payment.Invoice
      objectforge purge "Account.Industry.Shipping" --yes
    """
    with target.open() as org:
        show_plan(org.plan_purge(*names))
        if not confirm("Destroy this for good?", yes=yes):
            return 1
        org.purge(*names)
    click.echo("purged", err=True)
    return 0
