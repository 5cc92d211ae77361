"""`objectforge list`: a page of a list view."""

from __future__ import annotations

from typing import Any

import click

from objectforge.cli.completing import complete_list_view
from objectforge.cli.options import format_option, param_option, read_params
from objectforge.cli.target import Target, with_org

__all__ = ["list_view"]


@click.command("list")
@click.argument("view", metavar="[OBJECT.VIEW]", required=False, shell_complete=complete_list_view)
@with_org
@click.option("--size", type=click.IntRange(1, 2000), default=20, show_default=True, help="Rows on the page.")
@click.option("--after", metavar="CURSOR", help="The page behind (or before) a cursor that an earlier page gave.")
@click.option("--where", metavar="CONDITION", help="One more condition.")
@click.option("--sort", multiple=True, metavar="FIELD", help="Another order; -FIELD descends. May be repeated.")
@param_option
@format_option("table", "json", "csv")
def list_view(
    view: str | None,
    target: Target,
    size: int,
    after: str | None,
    where: str | None,
    sort: tuple[str, ...],
    params: tuple[str, ...],
    form: str,
) -> None:
    """Show a page of a list view, or without OBJECT.VIEW which list views there are.

    \b
    Examples:
      objectforge list
      objectforge list Opportunity.open
      objectforge list Opportunity.due_soon --param least=5000
      objectforge list Account.all --where "Industry = 'Energy'" --sort=-AnnualRevenue --size 5
      objectforge list Account.all --format csv > accounts.csv
    """
    options: dict[str, Any] = {"where": where, "sort": list(sort) or None}
    options |= read_params(params, reserved=("size", "after", "binds", *options))
    with target.open() as org:
        if view is None:
            from objectforge.cli.definitions import write_definitions  # not for --help

            write_definitions("list view", org.schema.list_views, org.state.locale, form)
            return
        page = org.list_view(view).page(size, after, **options)
    from objectforge.cli.rows_out import write_csv_rows, write_json  # not for --help

    match form:
        case "json":
            write_json({"rows": page.rows, "next": page.next, "previous": page.previous})
        case "csv":
            write_csv_rows([column.key for column in page.columns], page.rows)
        case _:
            click.echo(page.to_text())
            for name, cursor in (("next", page.next), ("previous", page.previous)):
                if cursor:
                    click.echo(f"{name} page: --after {cursor}", err=True)
