"""`objectforge describe`: the org's objects, or one object's fields and relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from objectforge.cli.completing import complete_object
from objectforge.cli.options import format_option
from objectforge.cli.target import Target, with_org

if TYPE_CHECKING:
    from objectforge import Org
    from objectforge.org.describe import FieldDescription, ObjectDescription

__all__ = ["describe"]


@click.command()
@click.argument("object_name", metavar="[OBJECT]", required=False, shell_complete=complete_object)
@with_org
@format_option("table", "json", "csv")
def describe(object_name: str | None, target: Target, form: str) -> None:
    """Show the org's objects, or the fields and relationships of one.

    \b
    Examples:
      objectforge describe
      objectforge describe Account
      objectforge describe Account --format json
    """
    with target.open() as org:
        if object_name is None:
            _objects(org, form)
        else:
            _object(org.describe(object_name), form)


def _objects(org: Org, form: str) -> None:
    from objectforge.cli.rows_out import write_csv_rows, write_json, write_table  # not for --help

    described = [org.describe(name) for name in org.schema.objects]
    rows = [
        {
            "object": each.name,
            "label": each.label,
            "fields": len(each.fields),
            "records": org[each.name].count(),
            "package": each.package,
        }
        for each in described
    ]
    match form:
        case "json":
            write_json(rows)
        case "csv":
            write_csv_rows(("object", "label", "fields", "records", "package"), rows)
        case _:
            write_table(
                ("Object", "Label", "Fields", "Records", "Package"),
                [
                    (str(r["object"]), str(r["label"]), str(r["fields"]), f"{r['records']:,}", str(r["package"] or ""))
                    for r in rows
                ],
                right=(2, 3),
            )


def _object(found: ObjectDescription, form: str) -> None:
    from objectforge.cli.rows_out import write_csv_rows, write_json, write_table  # not for --help

    if form == "json":
        write_json(found.to_dict())
        return
    rows = [
        {"field": each.name, "label": each.label, "type": _type(each), "about": _about(each)}
        for each in found.fields.values()
    ]
    if form == "csv":
        write_csv_rows(("field", "label", "type", "about"), rows)
        return
    click.echo(f"{click.style(found.name, bold=True)} ({found.label})\n")
    write_table(("Field", "Label", "Type", ""), [tuple(row.values()) for row in rows])
    if found.children:
        click.echo("\nChild relationships\n")
        write_table(("Name", "From"), [(each.name, f"{each.object}.{each.field}") for each in found.children])


def _type(field: FieldDescription) -> str:
    return f"{field.type} ({', '.join(field.to)})" if field.to else field.type


def _about(field: FieldDescription) -> str:
    words = [
        word
        for word, said in (
            ("required", field.required),
            ("unique", field.unique),
            ("read-only", not field.writable),
        )
        if said
    ]
    if field.values:
        words.append(" | ".join(field.values))
    return ", ".join(words)
