"""`objectforge purge`: what is held, destroyed with its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from objectforge.cli.deploy import yes_option
from objectforge.cli.plan_out import confirm, show_plan
from objectforge.cli.target import Target, with_org

if TYPE_CHECKING:
    from objectforge.change.planning.held import Held

__all__ = ["purge"]


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@with_org
@yes_option
def purge(names: tuple[str, ...], target: Target, yes: bool) -> int:
    """Destroy held objects, fields or picklist values, with their data and for good. Asks first.

    Only what is held can be purged: what is no longer in the metadata, and was applied so. Without NAME: show what is
    held.

    \b
    Examples:
      objectforge purge
      objectforge purge Account.Fax
      objectforge purge Invoice Payment.Invoice
      objectforge purge "Account.Industry.Shipping" --yes
    """
    with target.open() as org:
        if not names:
            _show_held(org.held())
            return 0
        show_plan(org.plan_purge(*names))
        if not confirm("Destroy this for good?", yes=yes):
            return 1
        org.purge(*names)
    click.echo("purged", err=True)
    return 0


def _show_held(held: Sequence[Held]) -> None:
    if not held:
        click.echo("nothing is held")
        return
    for one in held:
        click.echo(str(one))
    click.echo("to destroy some of it with its data: objectforge purge NAME", err=True)
