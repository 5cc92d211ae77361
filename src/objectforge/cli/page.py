"""`objectforge page`: one record on its layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from objectforge.cli.completing import complete_object
from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

if TYPE_CHECKING:
    from objectforge import Org

__all__ = ["page"]

_FIRST = 20


@click.command()
@click.argument("object_name", metavar="OBJECT", shell_complete=complete_object)
@click.argument("record_id", metavar="[ID]", required=False)
@with_org
@click.option("--layout", metavar="NAME", help="Another layout than the object's main one.")
@format_option("text", "json")
def page(object_name: str, record_id: str | None, target: Target, layout: str | None, form: str) -> None:
    """Show one record as its page layout says, with its related lists; without ID the first records with theirs.

    \b
    Examples:
      objectforge page Account
      objectforge page Account 001000000000001AAA
      objectforge page Account 001000000000001AAA --layout main --format json
    """
    with target.open() as org:
        if record_id is None:
            _first(org, object_name, form)
            return
        found = org.page(object_name, record_id, layout)
    from objectforge.cli.rows_out import write_json  # not for --help

    if form == "json":
        write_json(found.to_dict())
    else:
        click.echo(found.to_text())


def _first(org: Org, object_name: str, form: str) -> None:
    from objectforge.cli.rows_out import write_json, write_table  # not for --help

    records = org[object_name]
    obj = org.schema.object(object_name)
    assert obj is not None, "its records were just asked for"
    found = records.find(limit=_FIRST)
    rows = [(record.Id, str(record[obj.name_field] or "")) for record in found]
    if form == "json":
        write_json([{"Id": record_id, obj.name_field: name} for record_id, name in rows])
        return
    write_table(("Id", obj.name_field), rows)
    total = records.count()
    click.echo(f"{len(rows)} of {total:,} records; 'objectforge page {obj.name} ID' shows one", err=True)
