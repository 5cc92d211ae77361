"""`objectforge page`: one record on its layout."""

from __future__ import annotations

import click

from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

__all__ = ["page"]


@click.command()
@click.argument("object_name", metavar="OBJECT")
@click.argument("record_id", metavar="ID")
@with_org
@click.option("--layout", metavar="NAME", help="Another layout than the object's main one.")
@format_option("text", "json")
def page(object_name: str, record_id: str, target: Target, layout: str | None, form: str) -> None:
    """Show one record as its page layout says, with its related lists.

    \b
    Examples:
      objectforge page Account 001000000000001AAA
      objectforge page Account 001000000000001AAA --layout main --format json
    """
    with target.open() as org:
        found = org.page(object_name, record_id, layout)
    from objectforge.cli.rows_out import write_json  # not for --help

    if form == "json":
        write_json(found.to_dict())
    else:
        click.echo(found.to_text())
